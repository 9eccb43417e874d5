using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Push;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using CsCheck;

namespace Aufruf.Tests.Hub;

/// <summary>A snapshot with all changes applied to it, as a browser does, is the next snapshot: whatever happens, however many steps a slow
/// screen skips.</summary>
public class PictureProperties
{
    private static readonly DateTimeOffset At = SmallOffice.Nine;

    /// <summary>Runs a day and shows the state to a screen every so often.</summary>
    private static void Watch(GeneratedDay.Step[] steps, Action<AreaFeed> look)
    {
        var day = new GeneratedDay();
        var feed = new AreaFeed(SmallOffice.Key.AreaKey);
        feed.Take(day.Queue, 0, 0, null);
        look(feed);
        var version = 0L;
        foreach (var step in steps)
        {
            var decision = day.Do(day.CommandOf(step with { Configuration = 299 }));
            if (decision.Events.Count > 0)
            {
                feed.Take(day.Queue, version, ++version, decision.Events);
            }

            if (step.Seen < 4)
            {
                look(feed);
            }
        }
    }

    private static readonly Dictionary<char, Aufruf.Domain.Forecasts.PromisedRange> NoWaits = [];

    private static void Same<T>(T expected, T actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected, DomainJson.Options), JsonSerializer.Serialize(actual, DomainJson.Options));

    [Fact]
    public void A_boards_changes_lead_from_snapshot_to_snapshot() => GeneratedDay.Steps(1, 1200).Sample(steps =>
    {
        (AreaState State, BoardSnapshot Picture)? shown = null;
        Watch(steps, feed =>
        {
            var now = feed.Now ?? throw new InvalidOperationException();
            var whole = BoardScreen.Whole(SmallOffice.Office, SmallOffice.Area, SmallOffice.Area.Boards[0], [now.Queue.Key.AreaKey],
                now, NoWaits, At, "build");
            if (shown is var (state, picture))
            {
                var change = BoardScreen.Change(SmallOffice.Area, state, now, NoWaits, At);
                Assert.Equal((picture.Version, whole.Version), (change.From, change.To));
                var calls = picture.Calls.Where(c => !change.Ended.Contains(c.Number)).ToDictionary(c => c.Number);
                change.Calls.ToList().ForEach(call => calls[call.Number] = call);
                Same(whole, picture with
                {
                    Version = change.To,
                    Calls = [.. calls.Values.OrderByDescending(c => c.LastCallAt).ThenBy(c => c.Counter.Value, StringComparer.Ordinal)],
                    Groups = [.. picture.Groups.Select(g => g with { Waiting = change.Waiting.GetValueOrDefault(g.Letter, g.Waiting) })],
                });
            }

            Assert.True(whole.Calls.Count <= SmallOffice.Area.Counters.Count + 1);
            Assert.Equal(now.Queue.Waiting.CountOf(service => SmallOffice.Area.Service(service) is not null),
                whole.Groups.Sum(g => g.Waiting));
            shown = (now, whole);
        });
    }, iter: 25);

    [Fact]
    public void The_holder_of_a_ticket_sees_the_own_place_shrink_and_nobody_elses_number()
    {
        var queue = QueueDay.Given(QueueDay.Opened(SmallOffice.One), QueueDay.ForPassport(1), QueueDay.ForResidence(2),
            QueueDay.ForPassport(3)).Queue;
        Assert.Equal(2, View(queue).Ahead); // Counter 3 serves residence too: who waits for it is before us there.
        queue = queue.Apply(QueueDay.Called(1, SmallOffice.One));
        Assert.Equal((1, TicketState.Waiting), (View(queue).Ahead, View(queue).State));
        queue = queue.Apply(QueueDay.Served(1, SmallOffice.One)).Apply(QueueDay.Called(3, SmallOffice.One));
        Assert.Equal((null, TicketState.Called, "1"), (View(queue).Ahead, View(queue).State, View(queue).Counter));
        var text = JsonSerializer.Serialize(View(queue), DomainJson.Options);
        Assert.DoesNotContain("A001", text, StringComparison.Ordinal);
        Assert.DoesNotContain("code-", text, StringComparison.Ordinal);

        static Aufruf.Contracts.TicketView View(Queue queue) =>
            TicketScreen.PictureOf(SmallOffice.Office, SmallOffice.Area, queue, queue.Tickets[QueueDay.Id(3)], wait: null, At, "build");
    }

    [Fact]
    public void A_board_shows_numbers_and_counters_and_nothing_of_people()
    {
        var queue = QueueDay.Given(QueueDay.Opened(SmallOffice.One), QueueDay.ForPassport(1), QueueDay.Called(1, SmallOffice.One)).Queue;
        var text = JsonSerializer.Serialize(BoardScreen.Whole(SmallOffice.Office, SmallOffice.Area, SmallOffice.Area.Boards[0],
            [queue.Key.AreaKey], new(queue, 3), NoWaits, At, "build"), DomainJson.Options);
        Assert.Contains("A001", text, StringComparison.Ordinal);
        Assert.DoesNotContain("code-1", text, StringComparison.Ordinal);
        Assert.DoesNotContain(QueueDay.Id(1).ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("passport", text, StringComparison.Ordinal);
    }
}
