using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Which day's queue a wish is for: a wish made before midnight, repeated after it, finds its first effect.</summary>
internal static class WishDay
{
    /// <param name="seen">The queue on the screen where the wish was made; null: today's.</param>
    /// <returns>The queue, or why it cannot be that one.</returns>
    public static (QueueKey Queue, ProblemHttpResult? No) QueueFor(this Office office, WaitingArea area, QueueKey? seen, DateTimeOffset now)
    {
        var today = office.QueueOf(area, now);
        return seen is not { } queue ? (today, null)
            : queue.AreaKey != today.AreaKey ? (today, Problems.Invalid("queue must be one of this waiting area."))
            : queue.Day == today.Day || queue.Day == today.Day.AddDays(-1) ? (queue, null)
            : (today, Problems.Refused(Refusal.DayIsOver));
    }
}
