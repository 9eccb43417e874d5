using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>The body of a request that leads to a command at one queue.</summary>
/// <param name="RequestId">A new UUID per press, the same for every repeat.</param>
internal record QueueRequest([property: Required] Guid RequestId)
{
    /// <summary>The queue on the screen. A repeat after midnight, or after a step of the clock, finds its first effect there.</summary>
    public QueueKey? Queue { get; init; }

    /// <summary>The queue that the request is for, or the problem with it. Without a queue it is today's.</summary>
    internal (QueueKey Queue, ProblemHttpResult? Problem) QueueIn(Office office, WaitingArea area, DateTimeOffset now)
    {
        var today = office.QueueOf(area, now);
        return RequestId == Guid.Empty ? (today, Problems.Invalid("requestId must be a new UUID for each press."))
            : Queue is not { } queue ? (today, null)
            : queue.AreaKey != today.AreaKey ? (today, Problems.Invalid("queue must be one of this waiting area."))
            : Math.Abs(queue.Day.DayNumber - today.Day.DayNumber) <= 1 ? (queue, null)
            : (today, Problems.Refused(Refusal.DayIsOver));
    }
}
