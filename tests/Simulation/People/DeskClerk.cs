using System.Security.Claims;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Api;
using Aufruf.Hub.Identity;
using Aufruf.Simulation.Screens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Simulation.People;

/// <summary>A clerk with a screen, at a counter that may have a box too: what the screen shows may be long past.</summary>
internal static class DeskClerk
{
    private static readonly string[] Actions =
        [CounterAction.CallNext, CounterAction.Recall, CounterAction.Arrived, CounterAction.Finish, CounterAction.Missed, CounterAction.Open, CounterAction.Close];

    public static async Task WorkAsync(World world, DeskModel desk)
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(TokenAuthentication.OfficeClaim, world.Office.Key), new Claim(ClaimTypes.Name, $"clerk-{desk.Counter}")], "Simulated"));
        while (true)
        {
            await world.Scheduler.PauseAsync(world.Pause(5, 90));
            if (world.IsClosed)
            {
                return;
            }

            if (world.IsNearMidnight)
            {
                continue;
            }

            var action = world.Chance.Hits(0.1) ? world.Chance.Of(Actions) : Choose(world, desk.Visit);
            var id = world.Witness.Wishing($"desk {desk.Counter}");
            var wish = new CounterWish(id, world.Chance.Hits(0.95) ? desk.Mine?.Revision : null) { Queue = desk.Queue };
            var isAccepted = await Wishing.AskAsync(world, async hub => await CounterEndpoints.ActAsync(
                desk.Area, desk.Counter.Value, new CounterAction(action), wish, hub.Door, hub.Queues, user)
                is { Result: Ok<CounterAnswer> });
            world.Witness.Answered(id, isAccepted, mayChangeNothing: action is CounterAction.Open or CounterAction.Close);
        }
    }

    private static string Choose(World world, TicketState? sees) => (sees, world.Chance.Below(20)) switch
    {
        (TicketState.Called, < 14) => CounterAction.Arrived,
        (TicketState.Called, < 18) => CounterAction.Missed,
        (TicketState.Serving, < 12) => CounterAction.Finish,
        _ => CounterAction.CallNext,
    };
}
