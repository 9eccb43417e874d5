using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Microsoft.AspNetCore.Http.HttpResults;
using static Aufruf.Hub.Api.CounterAction;

namespace Aufruf.Hub.Api;

/// <summary>What a clerk does at a counter.</summary>
internal static class CounterEndpoints
{
    public static void MapCounters(this IEndpointRouteBuilder clerks) =>
        clerks.MapPost("/areas/{area}/counters/{counter}/{action}", ActAsync).WithSummary("A clerk's action at a counter")
            .WithDescription("What an action needs in its wish: " + string.Join("; ", Known.Where(k => k.Value is not null).Select(k => $"{k.Key} - {k.Value}")) + ".")
            .OfActions(Known.Keys);

    internal static async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ActAsync(
        string area, string counter, CounterAction action, CounterWish wish, DeskDoor door, IQueues queues, ClaimsPrincipal user)
    {
        if (!door.Lets(user, area, wish.RequestId, wish.Queue, out var place, out var no))
        {
            return no;
        }

        if (CommandOf(action, new CounterId(counter), wish, place) is not { } command)
        {
            return Problems.Invalid($"{action.Name} needs {Known[action.Name]}.");
        }

        return command is QueueCommand.LogIn logIn
            ? await queues.ChangeSeatAsync(door, place, wish.RequestId, logIn)
            : await door.AskAsync(place, wish.RequestId, command);
    }

    private static QueueCommand? CommandOf(CounterAction action, CounterId at, CounterWish wish, DeskPlace place) => (action.Name, wish) switch
    {
        (CallNext, _) => new QueueCommand.CallNext(at, wish.Seen),
        (Call, { Ticket: { } ticket }) => new QueueCommand.CallTicket(at, ticket, wish.Seen),
        (Recall, _) => new QueueCommand.Recall(at, wish.Seen),
        (Arrived, _) => new QueueCommand.MarkArrived(at, wish.Seen),
        (Finish, _) => new QueueCommand.Finish(at, wish.Seen) { Given = wish.Given ?? [], ForPickup = wish.ForPickup },
        (Missed, _) => new QueueCommand.MarkMissed(at, wish.Seen),
        (Return, { Way: { } way }) => new QueueCommand.ReturnTicket(at, way, wish.After, wish.Until?.ToUniversalTime(), wish.Seen),
        (Park, _) => new QueueCommand.Park(at, wish.Until?.ToUniversalTime(), wish.Seen),
        (Resume, { Ticket: { } ticket }) => new QueueCommand.Resume(at, ticket, wish.Seen),
        (Transfer, { To: { } to }) => new QueueCommand.Transfer(at, to with { Area = IdOf(to.Area, place) }, wish.Seen),
        (SwitchService, { Service: { } service }) => new QueueCommand.SwitchService(at, service, wish.Seen),
        (Undo, _) => new QueueCommand.UndoStep(at, wish.Seen),
        (Open, _) => new QueueCommand.OpenCounter(at, wish.Seen),
        (Close, _) => new QueueCommand.CloseCounter(at, wish.Seen),
        (LogIn, _) => new QueueCommand.LogIn(at, place.Clerk, wish.Profile, wish.Seen),
        (CounterAction.Presence, { Presence: { } presence }) => new QueueCommand.SetPresence(at, presence, wish.Seen),
        (CounterAction.Emergency, _) => new QueueCommand.RaiseEmergency(at),
        (EmergencyAccept, { From: { } from }) => new QueueCommand.AcceptEmergency(at, from),
        (EmergencyEnd, _) => new QueueCommand.EndEmergency(at),
        _ => null,
    };

    // Screens name an area by its full key, the domain by its id.
    private static string? IdOf(string? area, DeskPlace place) =>
        area is not null && area.StartsWith(place.Office.Key + ".", StringComparison.Ordinal) ? area[(place.Office.Key.Length + 1)..] : area;
}

/// <param name="RequestId">A new UUID per press, the same when it is sent again.</param>
/// <param name="Seen">Revision of the counter on the clerk's screen; a wish made on an older one is not carried out.</param>
internal sealed record CounterWish([property: Required] Guid RequestId, long? Seen = null)
{
    /// <summary>The queue on the clerk's screen, so that a wish made before midnight does not reach the next day's queue.</summary>
    public QueueKey? Queue { get; init; }

    public TicketId? Ticket { get; init; }

    public ServiceId? Service { get; init; }

    /// <summary>What was really done in the visit; empty: the ticket's service, once.</summary>
    public IReadOnlyList<GivenService>? Given { get; init; }

    /// <summary>The citizen comes back today for the finished document.</summary>
    public bool ForPickup { get; init; }

    public ReturnWay? Way { get; init; }

    /// <summary>After how many other calls, 1 to 50.</summary>
    [Range(1, 50)]
    public int? After { get; init; }

    /// <summary>When the ticket comes back or is to be remembered, within 24 hours.</summary>
    public DateTimeOffset? Until { get; init; }

    public TransferTarget? To { get; init; }

    /// <summary>Work profile; null: the counter's own services.</summary>
    public string? Profile { get; init; }

    public Presence? Presence { get; init; }

    public CounterId? From { get; init; }
}
