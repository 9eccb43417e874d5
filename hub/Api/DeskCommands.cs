using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>The queue that a clerk's request is for, and the clerk.</summary>
internal sealed record DeskPlace(Office Office, WaitingArea Area, QueueKey Queue, Principal Principal)
{
    public ClerkId Clerk => new(Principal.Who);

    /// <summary>Whether the clerk has the permission in this area.</summary>
    public bool Allows(Permission permission) => Principal.May(permission, $"{Office.Key}.{Area.Id}");

    // Screens name an area by its full key, the domain by its id.
    public string? AreaId(string? area) =>
        area?.StartsWith(Office.Key + ".", StringComparison.Ordinal) is true ? area[(Office.Key.Length + 1)..] : area;
}

/// <summary>Executes the commands of clerks, each in the own office only.</summary>
internal sealed class DeskCommands(OfficeDirectory offices, IQueues queues, TransferPost transfers, ITurns turns, TimeProvider clock)
{
    /// <param name="grant">Good in the own office or area only: any other is answered like one that does not exist.</param>
    /// <param name="area">"alsdorf.rathaus.erdgeschoss".</param>
    public bool TryLocate(Grant grant, string area, QueueRequest request, [NotNullWhen(true)] out DeskPlace? place,
        [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        if (offices.FindArea(area) is not var (office, found) || !grant.IsGoodIn(area))
        {
            (place, problem) = (null, Problems.NotFound());
            return false;
        }

        (var queue, problem) = request.QueueIn(office, found, clock.GetUtcNow());
        place = problem is null ? new(office, found, queue, grant.Principal) : null;
        return place is not null;
    }

    /// <summary>The day of the queue is over: no remark can be kept for it.</summary>
    public bool IsPast(DeskPlace place) => place.Office.EndOf(place.Queue.Day) <= clock.GetUtcNow();

    /// <param name="place">Where, and which clerk.</param>
    /// <param name="requestId">The same for every repeat.</param>
    /// <param name="command">The clerk's command.</param>
    public async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ExecuteAsync(DeskPlace place, Guid requestId, QueueCommand command)
    {
        if (command is not QueueCommand.AtCounter at)
        {
            return await CarryOutAsync(place, requestId, command);
        }

        at = at with { By = place.Clerk };
        if (at is not QueueCommand.LogIn && !TakesSeat(await DecideAsync(place, at)))
        {
            return await SeatedAsync(place, at) is { } seated ? await CarryOutAsync(place, requestId, seated)
                : Problems.Refused(Refusal.NotYourCounter);
        }

        await using var turn = await turns.TakeAsync(place.Office.Key);
        return await LeaveOtherAreasAsync(place, requestId, at) ?? await CarryOutAsync(place, requestId, at);
    }

    /// <summary>A clerk acts where they sit. Elsewhere they act in the own name and need the permission; a call for help needs none.
    /// </summary>
    /// <returns>The command that says so; null: the clerk may not act there.</returns>
    private async Task<QueueCommand.AtCounter?> SeatedAsync(DeskPlace place, QueueCommand.AtCounter command)
    {
        if (command is QueueCommand.RaiseEmergency or QueueCommand.AcceptEmergency or QueueCommand.EndEmergency
            or QueueCommand.OpenCounter)
        {
            return command with { Elsewhere = false };
        }

        var sitting = (await queues.ViewAsync(place.Queue)).Queue.At(command.Counter).Clerk;
        return sitting == place.Clerk ? command with { Elsewhere = false }
            : sitting is not null && !command.Elsewhere ? command // The queue's refusal says who sits there.
            : place.Allows(Permission.ActElsewhere) ? command with { Elsewhere = true } : null;
    }

    /// <summary>The decision of the queue as it is now. It decides anew when it carries the command out.</summary>
    private async Task<Decision<QueueEvent>> DecideAsync(DeskPlace place, QueueCommand command) =>
        (await queues.ViewAsync(place.Queue)).Queue.Decide(command, new(place.Office, place.Area), clock.GetUtcNow());

    /// <summary>A clerk who calls at a closed counter takes the seat there, as by a log-in.</summary>
    private static bool TakesSeat(Decision<QueueEvent> decision) => decision.Events.OfType<QueueEvent.ClerkLoggedIn>().Any();

    private async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> CarryOutAsync(DeskPlace place, Guid requestId, QueueCommand command)
    {
        var answer = await queues.HandleAsync(place.Queue, new RequestId(requestId), command);
        return answer.Refusal is { } refusal ? await RefusedAsync(place, command, refusal)
            : answer.Events.OfType<QueueEvent.TransferWithdrawn>().FirstOrDefault() is { Ticket: var ticket }
                && await transfers.WithdrawAsync(place.Queue, ticket, answer.Version) is { } stays ? Problems.Refused(stays)
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

    /// <summary>The refusal of a seat names the clerk who sits there, or the counter where this clerk sits.</summary>
    private async Task<ProblemHttpResult> RefusedAsync(DeskPlace place, QueueCommand command, Refusal refusal)
    {
        if (command is not QueueCommand.AtCounter { Counter: var counter }
            || (refusal != Refusal.CounterTaken && refusal != Refusal.SeatedElsewhere))
        {
            return Problems.Refused(refusal);
        }

        var queue = (await queues.ViewAsync(place.Queue)).Queue;
        return refusal == Refusal.CounterTaken && queue.At(counter).Clerk is { } sitting ? TakenBy(place, counter, sitting)
            : refusal == Refusal.SeatedElsewhere && queue.SeatOf(place.Clerk) is { } seat ? MoveHere(place, seat)
            : Problems.Refused(refusal); // The seat was left in this moment.
    }

    private static ProblemHttpResult TakenBy(DeskPlace place, CounterId counter, ClerkId clerk) => Problems.Refused(Refusal.CounterTaken,
        new()
        {
            ["de"] = $"An Schalter {LabelOf(place.Office, counter)} sitzt {clerk}. Dort können Sie gerade nichts auslösen.",
            ["en"] = $"{clerk} sits at counter {LabelOf(place.Office, counter)}. You cannot do anything there now.",
        });

    private static ProblemHttpResult MoveHere(DeskPlace place, CounterState seat)
    {
        var label = LabelOf(place.Office, seat.Id);
        return Problems.Refused(Refusal.SeatedElsewhere, new()
        {
            ["de"] = $"Sie sind an Schalter {label} angemeldet. Hierher wechseln? Schalter {label} wird dann geschlossen.",
            ["en"] = $"You are logged in at counter {label}. Move here? Counter {label} is then closed.",
        });
    }

    private static string LabelOf(Office office, CounterId counter) => office.Counter(counter)?.Counter.Label ?? counter.Value;

    /// <summary>A clerk has one seat in the office. A log-in closes those in other areas; not in a visit, and not unasked.</summary>
    /// <returns>Why the clerk stays there; null: the queue of the new seat decides. A command that it refuses closes nothing.</returns>
    private async Task<ProblemHttpResult?> LeaveOtherAreasAsync(DeskPlace place, Guid requestId, QueueCommand.AtCounter command)
    {
        var seats = new List<(QueueKey Queue, CounterState Seat)>();
        foreach (var area in place.Office.Areas.Where(a => a.Id != place.Area.Id))
        {
            var key = place.Queue with { Area = area.Id };
            try
            {
                if ((await queues.ViewAsync(key)).Queue.SeatOf(place.Clerk) is { } seat)
                {
                    seats.Add((key, seat));
                }
            }
            catch (UnreadableStreamException)
            {
                // That area is stopped, so its seats mean nothing.
            }
        }

        if (seats.Count == 0)
        {
            return null;
        }

        if ((await DecideAsync(place, command)).Refusal is { } refusal)
        {
            return await RefusedAsync(place, command, refusal);
        }

        if (seats.Exists(other => other.Seat.Ticket is not null))
        {
            return Problems.Refused(Refusal.VisitOpen);
        }

        if (command is not QueueCommand.LogIn { Move: true })
        {
            return MoveHere(place, seats[0].Seat);
        }

        foreach (var (queue, seat) in seats)
        {
            var left = await queues.HandleAsync(queue, IdFor(requestId, queue), new QueueCommand.CloseCounter(seat.Id));
            if (left.Refusal is { } begun)
            {
                return Problems.Refused(begun); // A visit that began there in this moment goes on.
            }
        }

        return null;
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
