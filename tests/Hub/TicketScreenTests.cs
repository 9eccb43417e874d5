using Aufruf.Contracts;
using Aufruf.Domain.Queues;
using Aufruf.Hub;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>The live page of a ticket: a heartbeat tells it that its picture is current, so none comes otherwise.</summary>
public sealed class TicketScreenTests
{
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly LiveAreas _areas;
    private readonly Phone _phone = new();
    private readonly TicketScreen _screen;
    private Queue _queue = QueueDay.Given(QueueDay.ForPassport(1), QueueDay.ForPassport(2)).Queue;
    private long _version = 2;

    public TicketScreenTests()
    {
        var journal = new MemoryJournal();
        _areas = new(new MemoryQueues(journal, SmallOffice.Office, _clock), journal, _clock, new ListLogger<LiveAreas>());
        var tools = new ScreenTools(_areas, new OfficeDirectory(SmallOffice.Office), new Fleet(_clock), new DeskTroubles(_clock), null!,
            new NoForecasts(), new NoAppointments(), _clock, new(_clock, new ListLogger<LimitedLog>()));
        Feed.Take(_queue, 0, _version, null);
        _screen = new(tools, SmallOffice.Key, QueueDay.Id(2), _phone);
        Feed.Add(_screen);
    }

    private AreaFeed Feed => _areas.Of(SmallOffice.Key.AreaKey);

    private void Happens(QueueEvent what)
    {
        _queue = _queue.Apply(what);
        Feed.Take(_queue, _version, ++_version, [what]);
    }

    private Task BeatAsync() => _screen.BeatAsync(new(_clock.GetUtcNow(), _queue.Key, _version, "build"));

    [Fact]
    public async Task A_current_picture_is_confirmed_also_when_others_change()
    {
        await BeatAsync();
        Happens(QueueDay.ForResidence(3));
        await BeatAsync();
        Assert.Equal((1, 2), (_phone.Shown.Count, _phone.Beats));
    }

    [Fact]
    public async Task Yesterdays_ticket_is_not_confirmed()
    {
        var tomorrow = SmallOffice.Key with { Day = SmallOffice.Day.AddDays(1) };
        Feed.MoveTo(tomorrow);
        Feed.Take(Queue.Empty(tomorrow), 0, 0, null);
        await BeatAsync();
        Assert.Equal((1, 0), (_phone.Shown.Count, _phone.Beats));
    }

    [Fact]
    public async Task A_picture_that_failed_is_sent_again_and_not_confirmed_before()
    {
        _phone.IsLost = true;
        Happens(QueueDay.Called(2, SmallOffice.One));
        Assert.Single(_phone.Shown);
        _phone.IsLost = false;
        await BeatAsync();
        Assert.Equal((TicketState.Called, 0), (_phone.Shown[^1].State, _phone.Beats));
        await BeatAsync();
        Assert.Equal(1, _phone.Beats);
    }

    private sealed class Phone : ITicketClient
    {
        public bool IsLost { get; set; }

        public List<TicketView> Shown { get; } = [];

        public int Beats { get; private set; }

        public Task Show(TicketView view)
        {
            if (IsLost)
            {
                return Task.FromException(new IOException("the line broke"));
            }

            Shown.Add(view);
            return Task.CompletedTask;
        }

        public Task Heartbeat(Heartbeat heartbeat)
        {
            Beats++;
            return Task.CompletedTask;
        }
    }
}
