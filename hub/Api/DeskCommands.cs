using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>The queue that a clerk's request is for, and the clerk.</summary>
internal sealed record DeskPlace(Office Office, WaitingArea Area, QueueKey Queue, ClerkId Clerk);

/// <summary>Executes the commands of clerks, each in the own office only.</summary>
internal sealed class DeskCommands(OfficeDirectory offices, IQueues queues, TimeProvider clock)
{
    /// <param name="area">"alsdorf.rathaus.erdgeschoss".</param>
    public bool TryLocate(ClaimsPrincipal user, string area, QueueRequest request, [NotNullWhen(true)] out DeskPlace? place,
        [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        if (offices.FindArea(area) is not var (office, found) || !user.MayEnter(office.Key))
        {
            (place, problem) = (null, Problems.NotFound());
            return false;
        }

        (var queue, problem) = request.QueueIn(office, found, clock.GetUtcNow());
        place = problem is null ? new(office, found, queue, user.AsClerk()) : null;
        return place is not null;
    }

    public async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ExecuteAsync(DeskPlace place, Guid requestId, QueueCommand command)
    {
        if (command is QueueCommand.LogIn)
        {
            return await ChangeSeatAsync(place, requestId, command);
        }

        var answer = await queues.HandleAsync(place.Queue, new RequestId(requestId), command);
        return answer.Refusal is { } refusal ? Problems.Refused(refusal)
            : TypedResults.Ok(new CounterAnswer(answer.Version) { StillWished = await StillWishedAsync(place, answer) });
    }

    /// <summary>The services that the citizen wished besides and did not get in the visit that has just ended.</summary>
    private async Task<IReadOnlyList<ServiceId>> StillWishedAsync(DeskPlace place, Answer<QueueEvent> answer)
    {
        if (answer.Events.FirstOrDefault(e => e is QueueEvent.TicketServed or QueueEvent.PickupPromised)
            is not ITicketEvent { Ticket: var id })
        {
            return [];
        }

        var given = answer.Events.OfType<QueueEvent.ServicesGiven>().SelectMany(e => e.Given).Select(g => g.Service);
        return [.. (await queues.ViewAsync(place.Queue, answer.Version)).Queue.Tickets[id].Also.Except(given)];
    }

    /// <summary>A clerk has one seat in the office. A new seat in one area closes the seat in another, but not during a visit.</summary>
    private async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ChangeSeatAsync(DeskPlace place, Guid requestId, QueueCommand logIn)
    {
        var others = new List<(QueueKey Queue, CounterState Seat)>();
        foreach (var area in place.Office.Areas.Where(a => a.Id != place.Area.Id))
        {
            var key = place.Queue with { Area = area.Id };
            try
            {
                if ((await queues.ViewAsync(key)).Queue.SeatOf(place.Clerk) is { } seat)
                {
                    others.Add((key, seat));
                }
            }
            catch (UnreadableStreamException)
            {
                // That area is stopped, so its seats mean nothing.
            }
        }

        if (others.Exists(other => other.Seat.Ticket is not null))
        {
            return Problems.Refused(Refusal.VisitOpen);
        }

        var answer = await queues.HandleAsync(place.Queue, new RequestId(requestId), logIn);
        if (answer.Refusal is { } refusal)
        {
            return Problems.Refused(refusal);
        }

        foreach (var (queue, seat) in others)
        {
            // A visit that began there in this moment goes on; the clerk has two seats until it ends.
            await queues.HandleAsync(queue, IdFor(requestId, queue), new QueueCommand.CloseCounter(seat.Id));
        }

        return TypedResults.Ok(new CounterAnswer(answer.Version));
    }

    /// <summary>The id of the request in another queue: the same for every repeat.</summary>
    private static RequestId IdFor(Guid request, QueueKey queue) =>
        new(new Guid(SHA256.HashData([.. request.ToByteArray(), .. Encoding.UTF8.GetBytes(queue.ToString())]).AsSpan(0, 16)));
}

/// <param name="Version">Journal version of the queue after the command.</param>
internal sealed record CounterAnswer(long Version)
{
    /// <summary>After the end of a visit: services that were wished besides and are still open.</summary>
    public IReadOnlyList<ServiceId> StillWished { get; init; } = [];
}
