using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>The end of a day: at midnight of a steady clock, and never on the word of one that has just stepped.</summary>
public sealed class NewDaysTests : IDisposable
{
    private static readonly Subject Today = Subject.Of(SmallOffice.Key);
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly FakeMachine _machine = new();
    private readonly MemoryQueues _queues;
    private readonly MemoryJournal _journal = new();
    private readonly LiveAreas _areas;
    private readonly Vault _vault;
    private readonly ListLogger<ClockWatch> _log = new();
    private readonly ListLogger<NewDays> _days = new();
    private readonly SetDeadlines _deadlines = new();

    public NewDaysTests()
    {
        _queues = new(_journal, SmallOffice.Office, _clock);
        _areas = new(_queues, _journal, _clock, new ListLogger<LiveAreas>());
        _vault = new(StoredVaultKeys.InSqlite(_folder.File("vault.db"), _folder.File("vault.key")));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_steady_clock_ends_the_day_at_midnight()
    {
        await using var hub = await StartAsync();
        await PassAsync(TimeSpan.FromHours(14.9)); // Midnight is 15 hours away.
        Assert.False(await HasEndedAsync());
        await PassAsync(TimeSpan.FromHours(0.2));
        Assert.True(await HasEndedAsync());
        Assert.Equal(SmallOffice.Day.AddDays(1), _areas.Of(SmallOffice.Key.AreaKey).Now!.Queue.Key.Day);
        Assert.Equal([SmallOffice.Office.EndOf(SmallOffice.Day), SmallOffice.Office.EndOf(SmallOffice.Day.AddDays(1))],
            _deadlines.All.Select(d => d.DueAt)); // The keys of a day end with it.
    }

    [Fact]
    public async Task A_hub_that_begins_shows_what_a_hub_wrote_that_was_taken_for_dead()
    {
        await _queues.ViewAsync(SmallOffice.Key);
        var dead = new MemoryQueues(_journal, SmallOffice.Office, _clock);
        await dead.HandleAsync(SmallOffice.Key, new(Guid.NewGuid()), new QueueCommand.LogIn(new("1"), new("anna")));
        await _areas.ReadTodayAsync(SmallOffice.Office);
        Assert.NotNull(_areas.Of(SmallOffice.Key.AreaKey).Now!.Queue.SeatOf(new("anna")));
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_at_midnight_ends_neither_the_hub_nor_the_day_for_good()
    {
        await using var hub = await StartAsync();
        _queues.Fault = _ => new TimeoutException("no answer");
        await PassAsync(TimeSpan.FromHours(15.1));
        Assert.Contains(_days.Lines, line => line.Contains("could not be shown or ended", StringComparison.Ordinal));
        _queues.Fault = _ => null;
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.True(await HasEndedAsync());
    }

    /// <summary>Steps in hours, restarts or boots of the machine, and the minutes of a steady clock until it is believed.</summary>
    [Theory]
    [InlineData(24, "", true, 10)] // A time service confirms it.
    [InlineData(24, "", false, 24 * 60)] // Nothing does: an office would have noticed a wrong day.
    [InlineData(24, "restart", true, 10)]
    [InlineData(24, "restart", false, 24 * 60)]
    [InlineData(200, "restart", false, 24 * 60)]
    [InlineData(24 * 365, "restart", false, 24 * 60)]
    [InlineData(24 * 365, "boot", false, 24 * 60)]
    [InlineData(24 * 365, "boot", true, 10)]
    [InlineData(60, "boot", false, 60)] // A weekend, for all that a machine knows.
    public async Task A_clock_that_steps_forward_ends_nothing_before_it_is_believed(
        double hours, string then, bool isSynchronised, int minutes)
    {
        var text = await _vault.SealAsync(Today, SmallOffice.Office.EndOf(SmallOffice.Day), "A001", "Rollstuhl");
        var hub = await StartAsync();
        await PassAsync(TimeSpan.FromHours(2)); // The clock was steady before.
        _machine.IsSynchronised = isSynchronised;
        if (then.Length > 0)
        {
            await hub.DisposeAsync();
        }

        _clock.Advance(TimeSpan.FromHours(hours)); // The time since boot stands still.
        if (then is "boot")
        {
            (_machine.Boot, _machine.Uptime) = ("second", TimeSpan.FromMinutes(1));
        }

        hub = then.Length > 0 ? await StartAsync() : hub;
        await PassAsync(TimeSpan.FromMinutes(minutes - 2));
        Assert.False(await HasEndedAsync());
        Assert.Equal("Rollstuhl", _vault.Open(Today, "A001", text));
        Assert.Equal(minutes != 60, hub.Watch.Step is not null);
        await PassAsync(TimeSpan.FromMinutes(4)); // It was right after all.
        Assert.True(await HasEndedAsync() || hours > 24 * 7);
        Assert.Null(hub.Watch.Step);
        Assert.Null(_vault.Open(Today, "A001", text));
        await hub.DisposeAsync();
    }

    [Theory, InlineData(1), InlineData(-1), InlineData(9)]
    public async Task A_clock_that_was_wrong_for_hours_and_is_corrected_has_ended_nothing(int days)
    {
        await using var hub = await StartAsync();
        await PassAsync(TimeSpan.FromHours(2));
        Step(TimeSpan.FromDays(days));
        await PassAsync(TimeSpan.FromHours(3));
        Step(TimeSpan.FromDays(-days));
        await PassAsync(TimeSpan.FromMinutes(58));
        Assert.NotNull(hub.Watch.Step);
        await PassAsync(TimeSpan.FromMinutes(4));
        Assert.Null(hub.Watch.Step);
        Assert.False(await HasEndedAsync());
        await PassAsync(TimeSpan.FromHours(10)); // The true midnight.
        Assert.True(await HasEndedAsync());
    }

    [Fact]
    public async Task A_boot_with_yesterdays_date_is_believed_an_hour_after_its_correction()
    {
        await (await StartAsync()).DisposeAsync();
        (_machine.Boot, _machine.Uptime) = ("second", TimeSpan.FromMinutes(1));
        Step(TimeSpan.FromDays(-1));
        await using var hub = await StartAsync();
        Assert.NotNull(hub.Watch.Step);
        Step(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(20)); // So long the machine was off.
        await PassAsync(TimeSpan.FromMinutes(58));
        Assert.NotNull(hub.Watch.Step);
        await PassAsync(TimeSpan.FromMinutes(4));
        Assert.Null(hub.Watch.Step);
        Assert.False(await HasEndedAsync());
    }

    [Fact]
    public async Task A_machine_that_boots_with_an_earlier_time_says_so()
    {
        await (await StartAsync()).DisposeAsync();
        _machine.Boot = "second";
        var behind = new FakeTimeProvider(SmallOffice.Nine.AddDays(-3));
        var watch = new ClockWatch(behind, _machine, _log);
        Assert.Contains("The clock has stepped by -3.00:00:00", Assert.Single(_log.Lines), StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded,
            (await watch.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status);
    }

    private async Task<bool> HasEndedAsync() => (await _queues.ViewAsync(SmallOffice.Key)).Queue.Ended;

    private async Task<RunningDays> StartAsync()
    {
        await _queues.HandleAsync(SmallOffice.Key, new(Guid.NewGuid()), QueueDay.Take(1, SmallOffice.Passport));
        await _areas.ReadTodayAsync(SmallOffice.Office);
        var watch = new ClockWatch(_clock, _machine, _log);
        return new(watch, new(new OfficeDirectory(SmallOffice.Office), _areas, _queues, _vault, _deadlines, watch, _clock, _days));
    }

    /// <summary>Clock and time since boot go on together, and the hub looks each five seconds.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(6))
        {
            _machine.Uptime += TimeSpan.FromSeconds(6);
            _clock.Advance(TimeSpan.FromSeconds(6));
            await Task.Yield();
        }
    }

    private sealed class SetDeadlines : IDeadlines
    {
        public List<Deadline> All { get; } = [];

        public Task SetAsync(string authority, RequestId request, Deadline deadline)
        {
            All.Add(deadline);
            return Task.CompletedTask;
        }

        public Task CancelAsync(string authority, RequestId request, Deadline deadline) => Task.CompletedTask;
    }

    private sealed class RunningDays : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public RunningDays(ClockWatch watch, NewDays days) => (Watch, _running) = (watch, days.RunAsync(_stop.Token));

        public ClockWatch Watch { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
            _stop.Dispose();
        }
    }

    /// <summary>Somebody sets the clock; the time since boot stands still.</summary>
    private void Step(TimeSpan step)
    {
        if (step > TimeSpan.Zero)
        {
            _clock.Advance(step);
        }
        else
        {
            _clock.AdjustTime(_clock.GetUtcNow() + step);
        }
    }

    private sealed class FakeMachine : IMachineTime
    {
        public bool IsSynchronised { get; set; }
        public string Boot { get; set; } = "first";
        public TimeSpan Uptime { get; set; } = TimeSpan.FromMinutes(5);
        public ClockMark? Mark { get; set; }
    }
}
