using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Tests.Hub;

/// <summary>The messages to a desk, and their time.</summary>
public sealed class DeskScreenTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly LiveAreas _areas;
    private readonly Vault _vault;
    private readonly DeskTroubles _troubles;
    private readonly ScreenTools _tools;
    private readonly NotedAccess _access = new();
    private readonly SentToDesk _sent = new();
    private readonly DeskScreen _desk;
    private readonly Dictionary<QueueKey, (Queue Queue, long Version)> _queues = [];

    public DeskScreenTests()
    {
        var journal = new MemoryJournal();
        _areas = new(new MemoryQueues(journal, TwoAreas.Office, _clock), journal, _clock, new ListLogger<LiveAreas>());
        _troubles = new(_clock);
        _vault = new(StoredVaultKeys.InSqlite(_folder.File("vault.db"), _folder.File("vault.key")));
        _tools = new(_areas, new OfficeDirectory(TwoAreas.Office), new Fleet(_clock), _troubles, _vault,
            new Aufruf.Hub.Forecasting.NoForecasts(), new NoAppointments(), _clock,
            new(_clock, new ListLogger<Aufruf.Hub.LimitedLog>()), _access);
        Happens(SmallOffice.Key, QueueDay.Opened(SmallOffice.One));
        _desk = new(_tools, SmallOffice.Key.AreaKey, SmallOffice.One, new("anna"), _sent);
        _areas.Of(SmallOffice.Key.AreaKey).Add(_desk);
    }

    public void Dispose() => _folder.Dispose();

    private void Happens(QueueKey key, params QueueEvent[] events)
    {
        var (queue, version) = _queues.GetValueOrDefault(key, (Queue.Empty(key), 0));
        queue = events.Aggregate(queue, (q, happened) => q.Apply(happened));
        _queues[key] = (queue, version + 1);
        _areas.Announce(key.Stream, version + 1, queue, events);
    }

    private Task BeatAsync(TimeSpan after)
    {
        _clock.Advance(after);
        return _desk.BeatAsync(new(_clock.GetUtcNow(), SmallOffice.Key, 0, "build"));
    }

    [Fact]
    public void It_starts_with_a_whole_picture_that_says_whose_desk_it_is()
    {
        var snapshot = Assert.Single(_sent.Snapshots);
        Assert.Equal((new ClerkId("anna"), SmallOffice.One), (snapshot.Clerk, snapshot.Counter));
    }

    [Fact]
    public async Task As_time_goes_by_another_ticket_becomes_the_next_one()
    {
        Happens(SmallOffice.Key, QueueDay.ForPassport(1));
        _clock.Advance(TimeSpan.FromMinutes(10));
        Happens(SmallOffice.Key, new TicketTaken(QueueDay.Id(2), QueueDay.Code(2), new('A', 2), SmallOffice.Passport, "de",
            _clock.GetUtcNow()), new PriorityGiven(QueueDay.Id(2), "pregnant", _clock.GetUtcNow()));
        Assert.Equal(QueueDay.Id(1), _sent.Changes[^1].Next?.Ticket);
        var before = _sent.Changes.Count;
        await BeatAsync(TimeSpan.FromMinutes(9)); // 19 points against 18.
        Assert.Equal(before, _sent.Changes.Count);
        await BeatAsync(TimeSpan.FromMinutes(2)); // 21 against 22.
        var change = Assert.Single(_sent.Changes.Skip(before));
        Assert.Equal((QueueDay.Id(2), change.From, 0, 0), (change.Next!.Ticket, change.To, change.Tickets.Count, change.Counters.Count));
        await BeatAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(before + 1, _sent.Changes.Count);
    }

    [Fact]
    public async Task After_ten_seconds_a_step_can_no_longer_be_taken_back()
    {
        Happens(SmallOffice.Key, QueueDay.ForPassport(1), QueueDay.Called(1, SmallOffice.One), QueueDay.Served(1, SmallOffice.One));
        Assert.Equal(SmallOffice.Nine.AddSeconds(10), _sent.Changes[^1].Undo?.Until);
        await BeatAsync(TimeSpan.FromSeconds(5));
        Assert.NotNull(_sent.Changes[^1].Undo);
        await BeatAsync(TimeSpan.FromSeconds(6));
        Assert.Null(_sent.Changes[^1].Undo);
    }

    [Fact]
    public void A_call_for_help_in_another_area_is_heard_at_once()
    {
        Happens(TwoAreas.FloorKey, new EmergencyRaised(TwoAreas.Upstairs, SmallOffice.Nine));
        var call = Assert.Single(_sent.Changes[^1].Emergencies);
        Assert.Equal(("town.rathaus.floor", "11"), (call.Area, call.Label));
        Happens(TwoAreas.FloorKey, new EmergencyAccepted(TwoAreas.Upstairs, SmallOffice.One, SmallOffice.Nine));
        Assert.Equal([new DeskComing(SmallOffice.One, "1")], _sent.Changes[^1].Emergencies[0].Coming);
        Happens(TwoAreas.FloorKey, new EmergencyEnded(TwoAreas.Upstairs, SmallOffice.Nine));
        Assert.Empty(_sent.Changes[^1].Emergencies);
        Assert.All(_sent.Changes, change => Assert.Equal(change.From, change.To));
        Assert.Single(_sent.Snapshots);
    }

    [Fact]
    public void Other_events_in_another_area_send_nothing()
    {
        Happens(TwoAreas.FloorKey, new CounterOpened(TwoAreas.Upstairs, SmallOffice.Nine));
        Assert.Empty(_sent.Changes);
    }

    [Fact]
    public void Another_work_profile_brings_a_whole_picture()
    {
        Happens(SmallOffice.Key, new ClerkLoggedIn(SmallOffice.One, new("anna"), "residence-first", SmallOffice.Nine));
        Assert.Equal(2, _sent.Snapshots.Count);
        Assert.Equal("residence-first", _sent.Snapshots[^1].Counters.Single(c => c.Id == SmallOffice.One).Profile);
    }

    [Fact]
    public async Task A_remark_is_read_in_clear_at_the_desk_until_its_key_is_destroyed()
    {
        var remark = await _vault.SealAsync(
            Subject.Of(SmallOffice.Key), SmallOffice.Office.EndOf(SmallOffice.Day), QueueDay.Id(1).ToString(), "Rollstuhl");
        Happens(SmallOffice.Key, QueueDay.ForPassport(1), new RemarkWritten(QueueDay.Id(1), remark, SmallOffice.Nine));
        Assert.Equal("Rollstuhl", _sent.Changes[^1].Tickets[0].Remark);
        await _vault.DestroyDueAsync(SmallOffice.Office.EndOf(SmallOffice.Day));
        _desk.Refresh();
        Assert.Null(_sent.Snapshots[^1].Tickets[0].Remark);
    }

    [Fact]
    public async Task A_desk_shows_no_remark_before_the_log_of_access_has_its_look_and_the_log_has_it_once()
    {
        var remark = await _vault.SealAsync(
            Subject.Of(SmallOffice.Key), SmallOffice.Office.EndOf(SmallOffice.Day), QueueDay.Id(1).ToString(), "Rollstuhl");
        _access.IsAway = true;
        Happens(SmallOffice.Key, QueueDay.ForPassport(1), new RemarkWritten(QueueDay.Id(1), remark, SmallOffice.Nine));
        Assert.All(_sent.Changes.SelectMany(change => change.Tickets).Concat(_sent.Snapshots.SelectMany(whole => whole.Tickets)),
            ticket => Assert.Null(ticket.Remark));

        _access.IsAway = false;
        await BeatAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("Rollstuhl", _sent.Snapshots[^1].Tickets[0].Remark);
        Happens(SmallOffice.Key, QueueDay.ForPassport(2));
        var (authority, access) = Assert.Single(_access.All);
        Assert.Equal((SmallOffice.Key.Authority, "anna", SmallOffice.Key.ToString()), (authority, access.Who, access.Subject));
    }

    [Fact]
    public async Task A_desk_goes_on_without_the_vaults_key_and_marks_the_remarks_it_cannot_read()
    {
        var remark = await _vault.SealAsync(
            Subject.Of(SmallOffice.Key), SmallOffice.Office.EndOf(SmallOffice.Day), QueueDay.Id(1).ToString(), "Rollstuhl");
        var key = await File.ReadAllBytesAsync(_folder.File("vault.key"), TestContext.Current.CancellationToken);
        File.Delete(_folder.File("vault.key"));
        var vault = new Vault(StoredVaultKeys.InSqlite(_folder.File("vault.db"), _folder.File("vault.key")), _clock); // After a restart.
        var sent = new SentToDesk();
        var desk = new DeskScreen(_tools with { Vault = vault }, SmallOffice.Key.AreaKey, SmallOffice.One, new("anna"), sent);
        _areas.Of(SmallOffice.Key.AreaKey).Add(desk);
        Happens(SmallOffice.Key, QueueDay.ForPassport(1), new RemarkWritten(QueueDay.Id(1), remark, SmallOffice.Nine));
        var ticket = Assert.Single(sent.Snapshots[^1].Tickets);
        Assert.Equal((null, true), (ticket.Remark, ticket.RemarkIsClosed));
        Happens(SmallOffice.Key, QueueDay.ForPassport(2));
        Assert.Single(sent.Changes);
        Assert.Contains("vault.key is missing", vault.Trouble?.Reason, StringComparison.Ordinal);
        Assert.Equal(SmallOffice.Nine, vault.Trouble?.Since);
        var health = new VaultHealth(vault);
        Assert.Equal(HealthStatus.Degraded,
            (await health.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status);

        await File.WriteAllBytesAsync(_folder.File("vault.key"), key, TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Healthy,
            (await health.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status);
        await desk.BeatAsync(new(_clock.GetUtcNow(), SmallOffice.Key, 0, "build"));
        ticket = sent.Snapshots[^1].Tickets.Single(t => t.Id == QueueDay.Id(1));
        Assert.Equal(("Rollstuhl", false), (ticket.Remark, ticket.RemarkIsClosed));
        Assert.Null(vault.Trouble);
    }

    [Fact]
    public async Task It_lists_troubles_with_their_first_time_until_a_clerk_has_seen_them()
    {
        _troubles.Add("town.rathaus", "cover-open", new("printer-2"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _troubles.Add("town.rathaus", "cover-open", new("printer-2"));
        _troubles.Add("town.rathaus", "paper-out", new("printer-1"));
        _troubles.Add("other.rathaus", "paper-out", new("printer-3"));
        await BeatAsync(TimeSpan.FromSeconds(5));
        Assert.Equal([(SmallOffice.Nine, "cover-open", "printer-2"), (SmallOffice.Nine.AddSeconds(1), "paper-out", "printer-1")],
            _sent.Shown.Select(t => (t.At, t.Kind, t.About)));

        _troubles.Seen("town.rathaus", _sent.Shown[0].Id);
        await BeatAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("printer-1", Assert.Single(_sent.Shown).About);
    }

    /// <summary>Writes down what the desk is sent.</summary>
    private sealed class SentToDesk : IDeskClient
    {
        public Task Look(TownLook look) => Task.CompletedTask;

        public List<DeskSnapshot> Snapshots { get; } = [];

        public List<DeskChange> Changes { get; } = [];

        public Task Snapshot(DeskSnapshot snapshot)
        {
            Snapshots.Add(snapshot);
            return Task.CompletedTask;
        }

        public Task Changed(DeskChange change)
        {
            Changes.Add(change);
            return Task.CompletedTask;
        }

        public Task Devices(IReadOnlyList<DeskDevice> devices) => Task.CompletedTask;

        public IReadOnlyList<DeskTrouble> Shown { get; private set; } = [];

        public Task Troubles(IReadOnlyList<DeskTrouble> troubles)
        {
            Shown = troubles;
            return Task.CompletedTask;
        }

        public Task Forecasts(DeskForecasts forecasts) => Task.CompletedTask;

        public Task Heartbeat(Heartbeat heartbeat) => Task.CompletedTask;
    }
}
