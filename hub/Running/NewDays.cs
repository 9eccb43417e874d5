using Aufruf.Contracts;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Running;

/// <summary>Turns every screen to the new day's empty queue at midnight, local time of each office, and ends the days that are over.</summary>
internal sealed class NewDays(IOfficeFinder offices, LiveAreas areas, DayEnds ends, TimeProvider clock, ILogger<NewDays> log) : BackgroundService
{
    // A timer may fire a little early by the wall clock, and clocks are corrected: look again at least every hour.
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>The same without the host, as <see cref="Beats.RunAsync"/>.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        var days = new Dictionary<string, DateOnly>();
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            foreach (var office in offices.All.Where(o => days.GetValueOrDefault(o.Key) != o.Day(now)))
            {
                var isNew = days.ContainsKey(office.Key);
                if (isNew)
                {
                    HubLog.NewDay(log, office.Key, office.Day(now));
                }

                if (await TurnAsync(office, isNew))
                {
                    days[office.Key] = office.Day(now); // Otherwise its day stays the old one until the journal is back.
                }
            }

            var late = offices.All.Any(o => days.GetValueOrDefault(o.Key) != o.Day(now));
            var next = late ? now + TryAgain : offices.All.Select(o => o.NextDay(now)).Append(now + LongestSleep).Min();
            await Task.Delay(next - now + TimeSpan.FromMilliseconds(50), clock, stoppingToken);
        }
    }

    private async Task<bool> TurnAsync(Office office, bool isNew)
    {
        try
        {
            if (isNew)
            {
                await areas.ReadTodayAsync(office);
            }

            await ends.EndAsync(office);
            return true;
        }
        catch (JournalUnavailableException error)
        {
            HubLog.JournalBroken(log, error.Message);
            return false;
        }
    }
}
