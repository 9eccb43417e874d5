using Aufruf.Domain.Queues;
using Aufruf.Hub;
using Aufruf.Hub.Push;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>A screen is sent what it lacks: a slow one fewer and larger changes, never a gap.</summary>
public class ScreenTests
{
    private readonly AreaFeed _feed = new(SmallOffice.Key.AreaKey);
    private readonly ListLogger<LimitedLog> _log = new();
    private Queue _queue = Queue.Empty(SmallOffice.Key);
    private long _version;

    /// <summary>Writes down what it is sent; each message leaves only when the test lets it.</summary>
    private sealed class TestScreen(AreaFeed feed, LimitedLog log) : Screen(feed, log)
    {
        public List<(long? From, long To)> Got { get; } = [];

        public int Asides { get; private set; }

        /// <summary>Null: fast. Otherwise the next message waits for it.</summary>
        public TaskCompletionSource? Slow { get; set; }

        protected override async Task ShowAsync(AreaState? shown, AreaState now)
        {
            if (shown == now)
            {
                Asides++;
                return;
            }

            Got.Add((shown?.Version, now.Version));
            if (Slow is { } slow)
            {
                await slow.Task;
            }
        }
    }

    private TestScreen Watch()
    {
        var screen = new TestScreen(_feed, new(TimeProvider.System, _log));
        _feed.Add(screen);
        return screen;
    }

    private void Happens(int times = 1)
    {
        for (var n = 0; n < times; n++)
        {
            var happened = QueueDay.ForPassport((int)++_version);
            _queue = _queue.Apply(happened);
            _feed.Take(_queue, _version - 1, _version, [happened]);
        }
    }

    [Fact]
    public void A_screen_starts_with_the_whole_picture_and_goes_on_with_changes()
    {
        Happens();
        var screen = Watch();
        Happens(2);
        Assert.Equal([(null, 1), (1, 2), (2, 3)], screen.Got);
    }

    [Fact]
    public void A_screen_that_comes_before_the_first_news_waits_for_it()
    {
        var screen = Watch();
        Assert.Empty(screen.Got);
        Happens();
        Assert.Equal([(null, 1)], screen.Got);
    }

    [Fact]
    public void A_slow_screen_gets_one_larger_change_and_no_gap()
    {
        Happens();
        var screen = Watch();
        screen.Slow = new();
        Happens(50);
        Assert.Equal([(null, 1), (1, 2)], screen.Got);
        var slow = screen.Slow;
        screen.Slow = null;
        slow.SetResult();
        Assert.Equal([(null, 1), (1, 2), (2, 51)], screen.Got);
    }

    [Fact]
    public void A_slow_screen_keeps_no_other_waiting()
    {
        Happens();
        var (slow, fast) = (Watch(), Watch());
        slow.Slow = new();
        Happens(3);
        Assert.Equal([(null, 1), (1, 2), (2, 3), (3, 4)], fast.Got);
    }

    [Fact]
    public void A_screen_that_could_not_be_reached_starts_afresh()
    {
        Happens();
        var screen = Watch();
        screen.Slow = new();
        Happens();
        var broken = screen.Slow;
        screen.Slow = null;
        broken.SetException(new IOException("gone"));
        Happens();
        Assert.Equal([(null, 1), (1, 2), (null, 3)], screen.Got);
        Assert.Contains("gone", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_screen_that_lost_track_gets_the_whole_picture()
    {
        Happens();
        var screen = Watch();
        screen.Refresh();
        Assert.Equal([(null, 1), (null, 1)], screen.Got);
    }

    [Fact]
    public void A_wake_without_news_tells_only_what_stands_beside_the_queue()
    {
        Happens();
        var screen = Watch();
        _feed.WakeAll();
        Assert.Equal(1, screen.Asides);
        Assert.Single(screen.Got);
    }

    [Fact]
    public void After_a_change_of_configuration_every_screen_starts_afresh()
    {
        Happens();
        var (one, two) = (Watch(), Watch());
        _feed.RefreshAll();
        Assert.All([one, two], screen => Assert.Equal([(null, 1), (null, 1)], screen.Got));
    }

    [Fact]
    public void A_screen_that_left_hears_nothing_more()
    {
        Happens();
        var screen = Watch();
        _feed.Remove(screen);
        Happens();
        Assert.Single(screen.Got);
    }

    [Fact]
    public void News_that_was_overtaken_is_not_shown()
    {
        _feed.MoveTo(SmallOffice.Key);
        Happens(3);
        _feed.Take(Queue.Empty(SmallOffice.Key), 1, 2, []);
        Assert.Equal(3, _feed.Now?.Version);
        _feed.Take(Queue.Empty(SmallOffice.Key with { Day = SmallOffice.Day.AddDays(-1) }), 99, 100, []);
        Assert.Equal(SmallOffice.Key, _feed.Now?.Queue.Key);
    }

    [Fact]
    public void A_new_day_replaces_the_old_whatever_its_version()
    {
        Happens(3);
        _feed.Take(Queue.Empty(SmallOffice.Key with { Day = SmallOffice.Day.AddDays(1) }), 0, 0, null);
        Assert.Equal((SmallOffice.Day.AddDays(1), 0L), (_feed.Now?.Queue.Key.Day, _feed.Now?.Version ?? -1));
    }

    [Fact]
    public void What_changed_is_known_as_far_back_as_it_was_watched()
    {
        Happens(2);
        var two = _feed.Now!;
        Happens(3);
        Assert.Equal([3, 4, 5], _feed.ChangedSince(two, _feed.Now!)!.Select(id => (int)id.Value.ToByteArray()[0]).Order());
        Happens(300);
        Assert.Null(_feed.ChangedSince(two, _feed.Now!));
    }

    [Fact]
    public void After_a_gap_the_changed_tickets_are_unknown()
    {
        Happens(2);
        var two = _feed.Now!;
        _version += 5;
        Happens();
        Assert.Null(_feed.ChangedSince(two, _feed.Now!));
        var eight = _feed.Now!;
        Happens();
        Assert.Single(_feed.ChangedSince(eight, _feed.Now!)!);
        _feed.Take(_queue, 0, _version, happened: null);
        Assert.Null(_feed.ChangedSince(eight, _feed.Now!));
    }
}
