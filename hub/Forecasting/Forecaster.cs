using System.Collections.Concurrent;
using System.Threading.Channels;
using Aufruf.Domain.Forecasts;
using Aufruf.Grains.Forecasts;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Forecasting;

/// <summary>Forecasts the waits of each area after its queue has changed.</summary>
/// <remarks>One area at a time, and nineteen parts rest to one part work: forecasts do not delay presses.</remarks>
public sealed class Forecaster(LiveAreas areas, OfficeDirectory offices, Grains.IJournal journal, LearnedDaysStore learned,
    AutomaticStop stop, IExpected expected, TimeProvider clock, ILogger<Forecaster> log) : BackgroundService, IForecasts
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(10);
    // Waits change with time alone.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(20);
    private const int RestPerWork = 19;

    private readonly Channel<string> _wanted = Channel.CreateUnbounded<string>(); // Each area is in it once at most.
    private readonly ConcurrentDictionary<string, bool> _waiting = new();
    private readonly ConcurrentDictionary<string, AreaForecast> _latest = new();
    private readonly Dictionary<string, (AreaMemory Memory, long ReadAt)> _memories = [];

    public AreaForecast? Of(string area) => _latest.GetValueOrDefault(area) is { } found && areas.Of(area).Now?.Queue.Key == found.Queue
        ? found : null;

    /// <summary>An area's queue has changed.</summary>
    public void Want(string area)
    {
        if (_waiting.TryAdd(area, true))
        {
            _wanted.Writer.TryWrite(area);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var again = clock.CreateTimer(_ => WantAll(), null, LookAgain, LookAgain);
        await foreach (var area in _wanted.Reader.ReadAllAsync(stoppingToken))
        {
            _waiting.TryRemove(area, out _);
            var began = clock.GetTimestamp();
            try
            {
                await ForecastAsync(area, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested) // An exception here would end the hub.
            {
                // The next change tries again. Until then the last forecast stands.
                HubLog.NotForecast(log, area, error.Message);
            }

            await Task.Delay(clock.GetElapsedTime(began) * RestPerWork, clock, stoppingToken);
        }
    }

    private void WantAll()
    {
        foreach (var area in areas.All.Where(
            a => a.Now is { } now && (now.Queue.Waiting.Count > 0 || now.Queue.Counters.Values.Any(c => c.Open))))
        {
            Want(area.Area);
        }
    }

    private async Task ForecastAsync(string area, CancellationToken stoppingToken)
    {
        if (offices.FindArea(area) is not var (office, found) || areas.Of(area).Now is not { } now)
        {
            _latest.TryRemove(area, out _);
            return;
        }

        var setting = new Setting(office, found);
        var experience = await RememberAsync(area, setting, now.Queue.Key.Day, stoppingToken);
        var situation = now.Queue.SituationOf(setting, clock.GetUtcNow()) with { Expected = expected.In(office, found) };
        var simulated = Forecast.Of(situation, experience.Times, SeedOf(now.Queue.Key));
        var forecast = new AreaForecast(found, now.Queue.Key, now.Version, simulated, experience.Calibration);
        _latest[area] = forecast;
        areas.Of(area).WakeAll();
        await stop.ConsiderAsync(forecast, now.Queue);
    }

    private async Task<Experience> RememberAsync(string area, Setting setting, DateOnly today, CancellationToken stoppingToken)
    {
        var known = _memories.GetValueOrDefault(area);
        if (known.Memory is null || known.Memory.Setting != setting || known.Memory.IsBeyond(today))
        {
            known = (await AreaMemory.FindAsync(setting, journal, learned, today, stoppingToken), 0);
        }

        if (known.ReadAt == 0 || clock.GetElapsedTime(known.ReadAt) > ReadAgain)
        {
            await known.Memory.CatchUpAsync(today, stoppingToken);
            known.ReadAt = clock.GetTimestamp();
        }

        _memories[area] = known;
        return known.Memory.Experience;
    }

    // The same all day in every process: FNV-1a of the key.
    private static ulong SeedOf(QueueKey key) => key.ToString().Aggregate(14_695_981_039_346_656_037UL, (hash, c) =>
        unchecked((hash ^ c) * 1_099_511_628_211UL));
}

/// <summary>Knows the appointments of today that have not checked in.</summary>
public interface IExpected
{
    IReadOnlyList<ExpectedAppointment> In(Office office, WaitingArea area);
}

/// <summary>Asks for a new forecast when an area has changed.</summary>
internal sealed class ForecastTrigger(AreaFeed feed, Forecaster forecaster, LimitedLog log) : Screen(feed, log)
{
    protected override Task ShowAsync(AreaState? shown, AreaState now)
    {
        if (shown != now)
        {
            forecaster.Want(Feed.Area);
        }

        return Task.CompletedTask;
    }
}
