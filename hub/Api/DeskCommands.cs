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

    /// <param name="place">Where, and which clerk.</param>
    /// <param name="requestId">The same for every repeat.</param>
    /// <param name="command">The clerk's command.</param>
    /// <param name="move">The clerk knows that a log-in closes the counter where he sat before.</param>
    public async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ExecuteAsync(
        DeskPlace place, Guid requestId, QueueCommand command, bool move = false)
    {
        if (command is QueueCommand.AtCounter at && IsForTheOneWhoSitsThere(at)
            && (await queues.ViewAsync(place.Queue)).Queue.At(at.Counter) is { Clerk: { } other } && other != place.Clerk)
        {
            return Problems.Refused(Refusal.CounterTaken, TakenBy(place, at.Counter, other));
        }

        if (command is QueueCommand.LogIn logIn)
        {
            return await ChangeSeatAsync(place, requestId, logIn, move);
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

    /// <summary>Everybody may call for help, come, and end the call. A log-in has rules of its own.</summary>
    private static bool IsForTheOneWhoSitsThere(QueueCommand.AtCounter command) => command is not
        (QueueCommand.LogIn or QueueCommand.RaiseEmergency or QueueCommand.AcceptEmergency or QueueCommand.EndEmergency);

    private static Texts TakenBy(DeskPlace place, CounterId counter, ClerkId clerk) => new()
    {
        ["de"] = $"An Schalter {LabelOf(place.Office, counter)} sitzt {clerk}. Dort können Sie gerade nichts auslösen.",
        ["en"] = $"{clerk} sits at counter {LabelOf(place.Office, counter)}. You cannot do anything there now.",
    };

    private static string LabelOf(Office office, CounterId counter) => office.Counter(counter)?.Counter.Label ?? counter.Value;

    /// <summary>A clerk has one seat in the office. A new seat closes the one before, but not during a visit, and not unasked.</summary>
    private async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ChangeSeatAsync(
        DeskPlace place, Guid requestId, QueueCommand.LogIn logIn, bool move)
    {
        var here = (await queues.ViewAsync(place.Queue)).Queue;
        if (here.At(logIn.Counter) is { Clerk: { } holder, Ticket: not null } && holder != place.Clerk)
        {
            return Problems.Refused(Refusal.CounterTaken, TakenBy(place, logIn.Counter, holder));
        }

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

        var seats = others.Select(other => other.Seat).Append(here.SeatOf(place.Clerk)).OfType<CounterState>()
            .Where(seat => seat.Open && seat.Id != logIn.Counter).ToList();
        if (!move && seats is [var before, ..])
        {
            var label = LabelOf(place.Office, before.Id);
            return Problems.Refused(Refusal.SeatedElsewhere, new()
            {
                ["de"] = $"Sie sind an Schalter {label} angemeldet. Hierher wechseln? Schalter {label} wird dann geschlossen.",
                ["en"] = $"You are logged in at counter {label}. Move here? Counter {label} is then closed.",
            });
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
