using System.Security.Claims;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Api;
using Aufruf.Hub.Identity;
using Aufruf.Simulation.Hub;
using Aufruf.Simulation.Screens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Simulation.People;

/// <summary>A clerk with a screen, at a counter that may have a box too: what the screen shows may be long past.</summary>
internal static class DeskClerk
{
    /// <summary>What is wished for: at the counter, or about one ticket.</summary>
    /// <param name="MayChangeNothing">A yes may find everything as it was wished.</param>
    private sealed record Intent(string Action, Func<CounterWish, CounterWish> With, TicketId? About = null, bool MayChangeNothing = false, string? Reason = null);

    private static readonly string[] Simple =
        [CounterAction.CallNext, CounterAction.Recall, CounterAction.Arrived, CounterAction.Finish, CounterAction.Missed, CounterAction.Open, CounterAction.Close, CounterAction.Park, CounterAction.Undo];

    public static async Task WorkAsync(World world, DeskModel desk)
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(TokenAuthentication.OfficeClaim, world.Office.Key), new Claim(ClaimTypes.Name, $"clerk-{desk.Counter}")], "Simulated"));
        var isSecondThought = false;
        while (true)
        {
            await world.Scheduler.PauseAsync(isSecondThought ? world.Pause(0.5, 9) : world.Pause(5, 90));
            if (world.IsClosed)
            {
                return;
            }

            // Mostly in time, sometimes when a colleague has gone on with the ticket already.
            var intent = isSecondThought ? At(CounterAction.Undo) : world.Chance.Hits(0.1) ? At(world.Chance.Of(Simple)) : Choose(world, desk);
            isSecondThought = !isSecondThought && world.Chance.Hits(0.12);
            var id = world.Witness.Wishing($"desk {desk.Counter} {intent.Action}");
            var wish = intent.With(new CounterWish(id, world.Chance.Hits(0.95) ? desk.Mine?.Revision : null) { Queue = desk.Queue });
            var isAccepted = await Wishing.AskAsync(world, async hub => (await AskAsync(hub, desk, intent, wish, user)) is { Result: Ok<CounterAnswer> });
            world.Witness.Answered(id, isAccepted, intent.MayChangeNothing || intent.Action is CounterAction.Open or CounterAction.Close);
        }
    }

    private static Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> AskAsync(HubProcess hub, DeskModel desk, Intent intent, CounterWish wish, ClaimsPrincipal user) =>
        intent.About is { } ticket
            ? TicketEndpoints.ActAsync(desk.Area, ticket.Value, intent.Action, new TicketWish(wish.RequestId) { Queue = wish.Queue, Reason = intent.Reason }, hub.Door, hub.Tools.Seals, user)
            : CounterEndpoints.ActAsync(desk.Area, desk.Counter.Value, new CounterAction(intent.Action), wish, hub.Door, hub.Queues, user);

    private static Intent Choose(World world, DeskModel desk) => (desk.Visit, world.Chance.Below(30)) switch
    {
        (TicketState.Called, < 15) => At(CounterAction.Arrived),
        (TicketState.Called, < 20) => At(CounterAction.Missed),
        (TicketState.Serving, < 10) => At(CounterAction.Finish),
        (TicketState.Serving, < 12) => new(CounterAction.Finish, wish => wish with { ForPickup = true }),
        (not null, < 23) => At(CounterAction.Park),
        (not null, 23 or 24) => new(CounterAction.Return, wish => wish with { Way = world.Chance.Of([ReturnWay.KeepPlace, ReturnWay.ToEnd]) }),
        (not null, 25) => new(CounterAction.Return, wish => wish with { Way = ReturnWay.After, After = 2 }),
        (not null, 26) => new(CounterAction.Return, wish => wish with { Way = ReturnWay.AtTime, Until = world.Clock.Now.AddMinutes(4) }),
        (not null, 27 or 28) when Target(world, desk) is { } to => new(CounterAction.Transfer, wish => wish with { To = to }),
        (null, < 5) when Some(world, desk, TicketState.Parked) is { } parked => new(CounterAction.Resume, wish => wish with { Ticket = parked }),
        (null, < 7) when Some(world, desk, TicketState.Pickup) is { } pickup => new(CounterAction.Call, wish => wish with { Ticket = pickup }),
        (null, 7) when Some(world, desk, TicketState.Waiting) is { } waiting => new(CounterAction.Call, wish => wish with { Ticket = waiting }),
        (_, 8) when Some(world, desk, TicketState.Waiting) is { } waiting => new("prioritise", wish => wish, waiting, MayChangeNothing: true, Reason: world.Chance.Hits(0.8) ? "frail" : null),
        (_, 9) when Some(world, desk, TicketState.Waiting) is { } waiting => new("cancel", wish => wish, waiting, MayChangeNothing: true),
        (_, 10) when Some(world, desk, TicketState.Missed) is { } missed => new("reactivate", wish => wish, missed),
        (_, 11) => new(CounterAction.Presence, wish => wish with { Presence = world.Chance.Of(Enum.GetValues<Presence>()) }, MayChangeNothing: true),
        _ => At(CounterAction.CallNext),
    };

    private static Intent At(string action) => new(action, wish => wish);

    private static TicketId? Some(World world, DeskModel desk, TicketState state) => desk.Those(state).ToArray() is { Length: > 0 } those ? world.Chance.Of(those) : null;

    /// <summary>To a service or counter of this area, or upstairs or downstairs.</summary>
    private static TransferTarget? Target(World world, DeskModel desk)
    {
        var here = world.Office.Areas.First(a => $"{world.Office.Key}.{a.Id}" == desk.Area);
        var other = world.Office.Areas.First(a => a != here);
        return world.Chance.Below(3) switch
        {
            0 => new(Service: world.Chance.Of([.. here.Services]).Id),
            1 => here.Counters.Where(c => c.Id != desk.Counter).ToArray() is { Length: > 0 } counters ? new(Counter: world.Chance.Of(counters).Id) : null,
            _ => new(other.Id, Service: world.Chance.Of([.. other.Services]).Id),
        };
    }
}
