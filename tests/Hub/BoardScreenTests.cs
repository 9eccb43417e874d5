using Aufruf.Domain.Queues;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>The messages to one board: a snapshot, then changes, and a snapshot again after a change of its office.</summary>
public class BoardScreenTests
{
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly AreaFeed _feed = new(SmallOffice.Key.AreaKey);
    private readonly OfficeDirectory _offices = new(SmallOffice.Office);
    private readonly Client _client = new();
    private Queue _queue = QueueDay.Given(QueueDay.ForPassport(1), QueueDay.ForPassport(2), QueueDay.ForResidence(3)).Queue;
    private long _version = 3;

    public BoardScreenTests()
    {
        _feed.Take(_queue, 0, _version, null);
        _feed.Add(new BoardScreen(new ScreenTools(new(null!, null!, _clock, new ListLogger<LiveAreas>()), _offices, null!, null!, null!,
            new NoForecasts(), new NoAppointments(), _clock, new(_clock, NullLogger<Aufruf.Hub.LimitedLog>.Instance)),
            $"{SmallOffice.Office.Key}.hall", _feed, _client, [SmallOffice.Key.AreaKey]));
    }

    private sealed class Client : IBoardClient
    {
        public List<BoardSnapshot> Snapshots { get; } = [];
        public List<BoardChange> Changes { get; } = [];

        public Task Look(TownLook look) => Task.CompletedTask;

        public Task Snapshot(BoardSnapshot snapshot)
        {
            Snapshots.Add(snapshot);
            return Task.CompletedTask;
        }

        public Task Changed(BoardChange change)
        {
            Changes.Add(change);
            return Task.CompletedTask;
        }

        public Task Heartbeat(Heartbeat heartbeat) => Task.CompletedTask;
    }

    private void Happens(QueueEvent what)
    {
        _queue = _queue.Apply(what);
        _feed.Take(_queue, _version, ++_version, [what]);
    }

    [Fact]
    public void A_change_tells_how_many_wait_only_where_that_changed_and_waits_only_when_they_did()
    {
        Happens(QueueDay.ForResidence(4));
        Assert.Equal((3, 4), (_client.Changes[0].From, _client.Changes[0].To));
        Assert.Equal([KeyValuePair.Create('C', 2)], _client.Changes[0].Waiting);
        Assert.Null(_client.Changes[0].Wait);
        Happens(QueueDay.Opened(SmallOffice.One));
        Assert.Empty(_client.Changes[1].Waiting);
    }

    [Fact]
    public void When_the_office_changed_a_board_is_told_everything_however_it_hears_of_it()
    {
        // Passports move to the letter C, and taking the change over broke off before the boards were woken.
        var area = SmallOffice.Area with
        {
            Services = [.. SmallOffice.Area.Services.Select(s => s.Id == SmallOffice.Passport ? s with { Letter = 'C' } : s)]
        };
        _offices.Take(SmallOffice.Office.Key, 1, new(SmallOffice.Office with { Areas = [area] }, "test", null));
        Happens(QueueDay.ForResidence(4));
        Assert.Empty(_client.Changes);
        Assert.Equal(4, Assert.Single(_client.Snapshots[1].Groups, g => g.Letter == 'C').Waiting);
        Assert.DoesNotContain(_client.Snapshots[1].Groups, g => g.Letter == 'A' && g.Waiting > 0);
    }
}
