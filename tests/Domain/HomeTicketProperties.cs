using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Tests.Domain;

/// <summary>Numbers taken at home, on generated days.</summary>
public class HomeTicketProperties
{
    [Fact]
    public void A_citizen_from_home_is_never_called_before_the_arrival_and_never_skipped_after_it() =>
        GeneratedDay.Sample(1, 2500, days: 20, (day, steps) =>
    {
        foreach (var step in steps)
        {
            var (command, before) = (day.CommandOf(step), day.Queue);
            var (setting, now) = (day.Setting, day.Now);
            foreach (var called in day.Do(command).Events.OfType<TicketCalled>())
            {
                if (!before.Tickets.TryGetValue(called.Ticket, out var ticket))
                {
                    continue; // It comes from another area with this call.
                }

                Assert.True(ticket.Home is null or { CameAt: not null }, $"{ticket} is called and not here.");
                Assert.True(command is not CallNext || ticket.CalledAt is not null || !(ticket.Home?.Earliest > now),
                    $"{ticket} is early.");
                // Among equals, the number that was taken earlier is called first, wherever it was taken.
                Assert.True(command is not CallNext || !before.Tickets.Values.Any(t => t.Home is not null && t.Misses == 0
                    && t is { State: TicketState.Waiting, NotBeforeCall: null } && !(t.NotBefore > now) && t.Candidate < ticket.Candidate
                    && Waiting.LineOf(t) == Waiting.LineOf(ticket) && ticket.NotBeforeCall is null),
                        $"{ticket} is called before its turn.");
            }

            Assert.Equal(day.Queue.Tickets.Values.Where(t => t.State is TicketState.Coming).Select(t => t.Id).ToHashSet(),
                day.Queue.Coming.ToHashSet());
        }
    });
}
