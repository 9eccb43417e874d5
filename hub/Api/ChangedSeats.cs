using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>A clerk sits at one counter of the office: who takes a seat in one area leaves the one in another, but not in the middle of a visit.</summary>
internal static class ChangedSeats
{
    public static async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ChangeSeatAsync(
        this IQueues queues, DeskDoor door, DeskPlace place, Guid requestId, QueueCommand.LogIn logIn)
    {
        var others = new List<(QueueKey Queue, CounterState Seat)>();
        foreach (var area in place.Office.Areas.Where(a => a.Id != place.Area.Id))
        {
            var key = place.Queue with { Area = area.Id };
            if ((await queues.ViewAsync(key)).Queue.SeatOf(place.Clerk) is { } seat)
            {
                others.Add((key, seat));
            }
        }

        if (others.Any(other => other.Seat.Ticket is not null))
        {
            return Problems.Refused(Refusal.VisitOpen);
        }

        var answer = await door.AskAsync(place, requestId, logIn);
        if (answer.Result is Ok<CounterAnswer>)
        {
            foreach (var (queue, seat) in others)
            {
                // A visit that began there in this very moment goes on; then the clerk has two seats until it is over.
                await queues.HandleAsync(queue, IdFor(requestId, queue), new QueueCommand.CloseCounter(seat.Id));
            }
        }

        return answer;
    }

    /// <summary>The id of the wish in another queue: the same for every repeat.</summary>
    private static RequestId IdFor(Guid request, QueueKey queue) =>
        new(new Guid(SHA256.HashData([.. request.ToByteArray(), .. Encoding.UTF8.GetBytes(queue.ToString())]).AsSpan(0, 16)));
}
