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
            .WithDescription("What an action needs in its request: "
                + string.Join("; ", Known.Where(k => k.Value is not null).Select(k => $"{k.Key} - {k.Value}")) + ".")
            .OfActions(Known.Keys);

    internal static async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ActAsync(
        string area, string counter, CounterAction action, CounterRequest request, DeskCommands commands, IQueues queues, ClaimsPrincipal user)
    {
        if (!commands.Lets(user, area, request.RequestId, request.Queue, out var place, out var no))
        {
            return no;
        }

        if (CommandOf(action, new CounterId(counter), request, place) is not { } command)
        {
            return Problems.Invalid($"{action.Name} needs {Known[action.Name]}.");
        }

        return command is QueueCommand.LogIn logIn
            ? await queues.ChangeSeatAsync(commands, place, request.RequestId, logIn)
            : await commands.AskAsync(place, request.RequestId, command);
    }

    private static QueueCommand? CommandOf(CounterAction action, CounterId at, CounterRequest request, DeskPlace place) =>
        (action.Name, request) switch
    {
        (CallNext, _) => new QueueCommand.CallNext(at, request.Seen),
        (Call, { Ticket: { } ticket }) => new QueueCommand.CallTicket(at, ticket, request.Seen),
        (Recall, _) => new QueueCommand.Recall(at, request.Seen),
        (Arrived, _) => new QueueCommand.MarkArrived(at, request.Seen),
        (Finish, _) => new QueueCommand.Finish(at, request.Seen) { Given = request.Given ?? [], ForPickup = request.ForPickup },
        (Missed, _) => new QueueCommand.MarkMissed(at, request.Seen),
        (Return, { Way: { } way }) => new QueueCommand.ReturnTicket(at, way, request.After, request.Until?.ToUniversalTime(), request.Seen),
        (Park, _) => new QueueCommand.Park(at, request.Until?.ToUniversalTime(), request.Seen),
        (Resume, { Ticket: { } ticket }) => new QueueCommand.Resume(at, ticket, request.Seen),
        (Transfer, { To: { } to }) => new QueueCommand.Transfer(at, to with { Area = IdOf(to.Area, place) }, request.Seen),
        (SwitchService, { Service: { } service }) => new QueueCommand.SwitchService(at, service, request.Seen),
        (Undo, _) => new QueueCommand.UndoStep(at, request.Seen),
        (Open, _) => new QueueCommand.OpenCounter(at, request.Seen),
        (Close, _) => new QueueCommand.CloseCounter(at, request.Seen),
        (LogIn, _) => new QueueCommand.LogIn(at, place.Clerk, request.Profile, request.Seen),
        (CounterAction.Presence, { Presence: { } presence }) => new QueueCommand.SetPresence(at, presence, request.Seen),
        (CounterAction.Emergency, _) => new QueueCommand.RaiseEmergency(at),
        (EmergencyAccept, { From: { } from }) => new QueueCommand.AcceptEmergency(at, from),
        (EmergencyEnd, _) => new QueueCommand.EndEmergency(at),
        _ => null,
    };

    // Screens name an area by its full key, the domain by its id.
    private static string? IdOf(string? area, DeskPlace place) =>
        area is not null && area.StartsWith(place.Office.Key + ".", StringComparison.Ordinal) ? area[(place.Office.Key.Length + 1)..]
            : area;
}

/// <param name="RequestId">A new UUID per press, the same when it is sent again.</param>
/// <param name="Seen">Revision of the counter on the clerk's screen; a request made on an older one is not carried out.</param>
internal sealed record CounterRequest([property: Required] Guid RequestId, long? Seen = null)
{
    /// <summary>The queue on the clerk's screen, so that a request made before midnight does not reach the next day's queue.</summary>
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
