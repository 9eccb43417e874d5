using System.ComponentModel.DataAnnotations;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Hub.Api;

/// <summary>A clerk's actions at a counter.</summary>
internal static class CounterEndpoints
{
    /// <summary>Every action: the part its request must have, and its command. The command is null without that part.</summary>
    internal static readonly IReadOnlyDictionary<string, (string? Needs, Func<CounterId, CounterRequest, DeskPlace, AtCounter?> Command)>
        Actions = new Dictionary<string, (string?, Func<CounterId, CounterRequest, DeskPlace, AtCounter?>)>
        {
            ["call-next"] = (null, (at, r, _) => new CallNext(at, r.Seen) { Became = r.Became, Service = r.Service }),
            ["call"] = ("ticket: the one to call",
                (at, r, _) => r.Ticket is { } ticket ? new CallTicket(at, ticket, r.Seen) { Became = r.Became } : null),
            ["recall"] = (null, (at, r, _) => new Recall(at, r.Seen)),
            ["arrived"] = (null, (at, r, _) => new MarkArrived(at, r.Seen)),
            ["finish"] = (null, (at, r, _) => new Finish(at, r.Seen)
            {
                Given = r.Given ?? [],
                ForPickup = r.ForPickup,
                Outcome = r.Outcome,
            }),
            ["missed"] = (null, (at, r, _) => new MarkMissed(at, r.Seen)),
            ["return"] = ("way: keep-place, to-end, after (with after: a number of calls) or at-time (with until: a time)",
                (at, r, _) => Placed(r) is { } way ? new ReturnTicket(at, way, r.After, r.Until?.ToUniversalTime(), r.Seen) : null),
            ["park"] = (null, (at, r, _) => new Park(at, r.Until?.ToUniversalTime(), r.Seen)),
            ["resume"] = ("ticket: the parked one", (at, r, _) => r.Ticket is { } ticket ? new Resume(at, ticket, r.Seen) : null),
            ["reopen"] = ("ticket: the finished one", (at, r, _) => r.Ticket is { } ticket ? new ReopenVisit(at, ticket, r.Seen) : null),
            ["transfer"] = ("to: an area, counter, clerk or service",
                (at, r, place) => r.To is { } to ? new Transfer(at, to with { Area = place.AreaId(to.Area) }, r.Seen) : null),
            ["switch-service"] = ("service: the one to go on with",
                (at, r, _) => r.Service is { } service ? new SwitchService(at, service, r.Seen) : null),
            ["undo"] = (null, (at, r, _) => new UndoStep(at, r.Seen)),
            ["open"] = (null, (at, r, _) => new OpenCounter(at, r.Seen)),
            ["close"] = (null, (at, r, _) => new CloseCounter(at, r.Seen)),
            ["log-in"] = (null, (at, r, place) => new LogIn(at, place.Clerk, r.Profile, r.Seen) { Move = r.Move }),
            ["presence"] = ("presence: ready, pause-after or pause",
                (at, r, _) => r.Presence is { } presence ? new SetPresence(at, presence, r.Seen) : null),
            ["emergency"] = (null, (at, _, _) => new RaiseEmergency(at)),
            ["emergency-accept"] = ("from: the counter from which a clerk comes",
                (at, r, _) => r.From is { } from ? new AcceptEmergency(at, from) : null),
            ["emergency-end"] = (null, (at, _, _) => new EndEmergency(at)),
        };

    /// <summary>The parts that an action takes besides the queue and what was seen. Others take none.</summary>
    private static readonly Dictionary<string, string[]> Takes = new()
    {
        ["call-next"] = ["became", "service"],
        ["call"] = ["ticket", "became"],
        ["finish"] = ["given", "forPickup", "outcome"],
        ["return"] = ["way", "after", "until"],
        ["park"] = ["until"],
        ["resume"] = ["ticket"],
        ["reopen"] = ["ticket"],
        ["transfer"] = ["to"],
        ["switch-service"] = ["service"],
        ["log-in"] = ["profile", "move"],
        ["presence"] = ["presence"],
        ["emergency-accept"] = ["from"],
    };

    public static void MapCounters(this IEndpointRouteBuilder clerks) =>
        clerks.MapPost("/areas/{area}/counters/{counter}/{action}", ActAsync).Needs(Permission.Call)
            .WithSummary("A clerk's action at a counter")
            .WithDescription("The part that an action needs in its request: "
                + string.Join("; ", Actions.Where(a => a.Value.Needs is not null).Select(a => $"{a.Key} - {a.Value.Needs}")) + ". "
                + "call-next takes a service: then the next ticket of that one is called. "
                + "finish takes an outcome: nothing-done or papers-missing. "
                + "A press on call-next, arrived, finish or missed within 1.5 s of a new state, with seen, is not carried out. "
                + "A call over a called citizen who was not marked as arrived needs became: served or missed.")
            .OfActions(Actions.Keys);

    internal static async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ActAsync(
        string area, string counter, string action, CounterRequest request, DeskCommands commands, Grant grant)
    {
        if (!Actions.TryGetValue(action, out var known))
        {
            return Problems.Invalid($"A counter has no such action. Its actions: {string.Join(", ", Actions.Keys)}.");
        }

        return request.Parts.Except(Takes.GetValueOrDefault(action) ?? []).FirstOrDefault() is { } superfluous
                ? Problems.Invalid($"{action} takes no '{superfluous}'.")
            : request is { ForPickup: true, Outcome: not null } ? Problems.Invalid("finish takes either forPickup or outcome.")
            : !commands.TryLocate(grant, area, request, out var place, out var problem) ? problem
            : action is "call" && !place.Allows(Permission.CallThis) ? Problems.Forbidden(Permission.CallThis)
            : known.Command(new CounterId(counter), request, place) is not { } command ? Problems.Invalid($"{action} needs {known.Needs}.")
            : await commands.ExecuteAsync(place, request.RequestId, command with { Elsewhere = request.Elsewhere });
    }

    // A way that needs a number or a time is none without it.
    private static ReturnWay? Placed(CounterRequest request) => request.Way switch
    {
        ReturnWay.After => request.After is null ? null : ReturnWay.After,
        ReturnWay.AtTime => request.Until is null ? null : ReturnWay.AtTime,
        var other => other,
    };
}

/// <param name="Seen">Revision of the counter on the clerk's screen. A command on an older one is not carried out.</param>
internal sealed record CounterRequest(Guid RequestId, long? Seen = null) : QueueRequest(RequestId)
{
    public TicketId? Ticket { get; init; }

    public ServiceId? Service { get; init; }

    /// <summary>The services given in the visit; empty: the ticket's service, once.</summary>
    public IReadOnlyList<GivenService>? Given { get; init; }

    /// <summary>The citizen comes back today for the finished document.</summary>
    public bool ForPickup { get; init; }

    /// <summary>Why a visit ends without the wished service; null: the citizen got it.</summary>
    public ServedOutcome? Outcome { get; init; }

    public ReturnWay? Way { get; init; }

    /// <summary>After how many other calls, 1 to 50.</summary>
    [Range(1, 50)]
    public int? After { get; init; }

    /// <summary>When the ticket comes back, or the desk reminds of it; within 24 hours.</summary>
    public DateTimeOffset? Until { get; init; }

    public TransferTarget? To { get; init; }

    /// <summary>Work profile; null: the counter's own services.</summary>
    public string? Profile { get; init; }

    /// <summary>The clerk has read that this log-in closes the counter where he or she sat before.</summary>
    public bool Move { get; init; }

    public Presence? Presence { get; init; }

    public CounterId? From { get; init; }

    /// <summary>The clerk knows that another one sits there, and acts in the own name. It needs the permission.</summary>
    public bool Elsewhere { get; init; }

    /// <summary>The end of a called citizen's visit when no arrival was marked: served or missed.</summary>
    public VisitOutcome? Became { get; init; }

    /// <summary>The names of the parts that were sent.</summary>
    internal IEnumerable<string> Parts => new Dictionary<string, bool>
    {
        ["ticket"] = Ticket is not null,
        ["service"] = Service is not null,
        ["given"] = Given is not null,
        ["forPickup"] = ForPickup,
        ["outcome"] = Outcome is not null,
        ["way"] = Way is not null,
        ["after"] = After is not null,
        ["until"] = Until is not null,
        ["to"] = To is not null,
        ["profile"] = Profile is not null,
        ["move"] = Move,
        ["presence"] = Presence is not null,
        ["from"] = From is not null,
        ["became"] = Became is not null,
    }.Where(part => part.Value).Select(part => part.Key);
}
