using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Api;
using Aufruf.Simulation.Hub;
using Aufruf.Simulation.Screens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Simulation.People;

/// <summary>A clerk with a screen, at a counter that may have a box too. The screen may show an old state.</summary>
internal static class DeskClerk
{
    /// <summary>An action at the counter, or about one ticket.</summary>
    /// <param name="MayChangeNothing">An accepted request may change nothing, because all is as requested.</param>
    private sealed record Intent(string Action, Func<CounterRequest, CounterRequest> With, TicketId? About = null,
        bool MayChangeNothing = false, string? Reason = null);

    private static readonly string[] Simple =
        ["call-next", "recall", "arrived", "finish", "missed", "open", "close", "park", "undo"];

    public static async Task WorkAsync(World world, DeskModel desk)
    {
        var name = $"clerk-{desk.Counter}";
        var user = Principal.Of(world.Office.Authority.Id, new(name, name) { Grants = [new(Role.InCharge.Id, world.Office.Key)] },
            Domain.Identity.People.Empty);
        var isSecondThought = false;
        while (true)
        {
            await world.Scheduler.PauseAsync(isSecondThought ? world.Pause(0.5, 9) : world.Pause(5, 90));
            if (world.IsClosed)
            {
                return;
            }

            // Mostly in time, sometimes when a colleague has gone on with the ticket already.
            var intent = isSecondThought ? At("undo") : world.Chance.Hits(0.1) ? At(world.Chance.Of(Simple))
                : Choose(world, desk);
            isSecondThought = !isSecondThought && world.Chance.Hits(0.12);
            var id = world.Witness.Requested($"desk {desk.Counter} {intent.Action}");
            var request = intent.With(new CounterRequest(id, world.Chance.Hits(0.95) ? desk.Mine?.Revision : null) { Queue = desk.Queue });
            var isAccepted = await Browser.AskAsync(world, async hub => (await AskAsync(hub, desk, intent, request, user))
                is { Result: Ok<CounterAnswer> });
            world.Witness.Answered(id, isAccepted, intent.MayChangeNothing || intent.Action is "open" or "close");
        }
    }

    private static Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> AskAsync(HubProcess hub, DeskModel desk, Intent intent,
        CounterRequest request, Principal user) =>
        intent.About is { } ticket
            ? TicketEndpoints.ActAsync(desk.Area, ticket.Value, intent.Action,
                new TicketRequest(request.RequestId) { Queue = request.Queue, Reason = intent.Reason }, hub.Commands, hub.Tools.Vault,
                new(user, Permission.Tickets))
            : CounterEndpoints.ActAsync(desk.Area, desk.Counter.Value, intent.Action, request, hub.Commands, new(user, Permission.Call));

    private static Intent Choose(World world, DeskModel desk) => (desk.Visit, world.Chance.Below(30)) switch
    {
        (TicketState.Called, < 15) => At("arrived"),
        (TicketState.Called, < 20) => At("missed"),
        (TicketState.Serving, < 10) => At("finish"),
        (TicketState.Serving, < 12) => new("finish", request => request with { ForPickup = true }),
        (not null, < 23) => At("park"),
        (not null, 23 or 24) =>
            new("return", request => request with { Way = world.Chance.Of([ReturnWay.KeepPlace, ReturnWay.ToEnd]) }),
        (not null, 25) => new("return", request => request with { Way = ReturnWay.After, After = 2 }),
        (not null, 26) => new("return", request => request with { Way = ReturnWay.AtTime, Until = world.Clock.Now.AddMinutes(4) }),
        (not null, 27 or 28) when Target(world, desk) is { } to => new("transfer", request => request with { To = to }),
        (null, < 5) when Some(world, desk, TicketState.Parked) is { } parked =>
            new("resume", request => request with { Ticket = parked }),
        (null, < 7) when Some(world, desk, TicketState.Pickup) is { } pickup =>
            new("call", request => request with { Ticket = pickup }),
        (null, 7) when Some(world, desk, TicketState.Waiting) is { } waiting =>
            new("call", request => request with { Ticket = waiting }),
        (null, 14 or 15) when desk.Further.Count > 0 =>
            new("call", request => request with { Ticket = world.Chance.Of([.. desk.Further]).Id }),
        (null, 16) when desk.Further.Count > 0 =>
            new("call-next", request => request with { Service = world.Chance.Of([.. desk.Further]).Service }),
        (_, 8) when Some(world, desk, TicketState.Waiting) is { } waiting =>
            new("prioritise", request => request, waiting, MayChangeNothing: true, Reason: world.Chance.Hits(0.8) ? "frail" : null),
        (_, 9) when Some(world, desk, TicketState.Waiting) is { } waiting =>
            new("cancel", request => request, waiting, MayChangeNothing: true),
        (_, 10) when Some(world, desk, TicketState.Missed) is { } missed => new("reactivate", request => request, missed),
        (null, 12 or 13) when world.Office.Counter(desk.Counter)?.Area.Profile($"beide-{desk.Counter}") is { } both =>
            new("log-in", request => request with { Profile = both.Id, Move = true }, MayChangeNothing: true),
        (_, 11) => new("presence", request => request with { Presence = world.Chance.Of(Enum.GetValues<Presence>()) },
            MayChangeNothing: true),
        // A clerk says what became of a citizen who is called over, or forgets it and is refused.
        _ => new("call-next", request => request with
        {
            Became = desk.Visit is TicketState.Called ? world.Chance.Of<VisitOutcome?>([VisitOutcome.Served, VisitOutcome.Missed, null])
                : null,
        }),
    };

    private static Intent At(string action) => new(action, request => request);

    private static TicketId? Some(World world, DeskModel desk, TicketState state) => desk.Those(state).ToArray() is { Length: > 0 } those
        ? world.Chance.Of(those) : null;

    /// <summary>To a service or counter of this area, to a clerk of the other one, or upstairs or downstairs.</summary>
    private static TransferTarget? Target(World world, DeskModel desk)
    {
        var here = world.Office.Areas.First(a => $"{world.Office.Key}.{a.Id}" == desk.Area);
        var other = world.Office.Areas.First(a => a != here);
        return world.Chance.Below(4) switch
        {
            3 when desk.Seats.Count > 0 => new(Clerk: world.Chance.Of([.. desk.Seats]).Clerk),
            0 => new(Service: world.Chance.Of([.. here.Services]).Id),
            1 => here.Counters.Where(c => c.Id != desk.Counter).ToArray() is { Length: > 0 } counters
                ? new(Counter: world.Chance.Of(counters).Id) : null,
            _ => new(other.Id, Service: world.Chance.Of([.. other.Services]).Id),
        };
    }
}
