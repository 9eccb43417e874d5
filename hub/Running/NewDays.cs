using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Running;

/// <summary>At midnight, local time of each office: reads the new day's queues, and ends the days before.</summary>
/// <remarks>An ended day has no open visit and no waiting ticket. It looks back a week, for days that ended while no hub ran.</remarks>
internal sealed class NewDays(OfficeDirectory offices, LiveAreas areas, IQueues queues, Seals seals, TimeProvider clock,
    ILogger<NewDays> log) : BackgroundService
{
    private const int DaysBack = 7;

    // A timer may fire early by the wall clock, and clocks are corrected.
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
                try
                {
                    if (days.ContainsKey(office.Key))
                    {
                        HubLog.NewDay(log, office.Key, office.Day(now));
                        await areas.ReadTodayAsync(office);
                    }

                    await EndDaysAsync(office, now);
                    days[office.Key] = office.Day(now);
                }
                catch (JournalUnavailableException error)
                {
                    HubLog.JournalBroken(log, error.Message); // The old day stays until the journal is back.
                }
            }

            var late = offices.All.Any(o => days.GetValueOrDefault(o.Key) != o.Day(now));
            var next = late ? now + TryAgain : offices.All.Select(o => o.NextDay(now)).Append(now + LongestSleep).Min();
            await Task.Delay(next - now + TimeSpan.FromMilliseconds(50), clock, stoppingToken);
        }
    }

    private async Task EndDaysAsync(Office office, DateTimeOffset now)
    {
        seals.DestroyBefore(offices.All.Min(o => o.Day(now))); // An office in another time zone may still have yesterday.
        foreach (var area in office.Areas)
        {
            for (var back = DaysBack; back > 0; back--)
            {
                await EndDayAsync(office.QueueOf(area, now) with { Day = office.Day(now).AddDays(-back) });
            }
        }
    }

    private async Task EndDayAsync(QueueKey key)
    {
        var view = await queues.ViewAsync(key);
        if (view is { Version: 0 } or { Queue.Ended: true })
        {
            return;
        }

        var tickets = view.Queue.Tickets.Values;
        var (visits, waiting) = (tickets.Count(t => t.AtCounter), tickets.Count(t => t.Alive && !t.AtCounter));
        if (visits + waiting > 0)
        {
            HubLog.DayEndedWithOpen(log, key.Day, key.AreaKey, visits, waiting);
        }

        // The same id for every hub and every try: a day ends once.
        await queues.HandleAsync(key, new RequestId(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"end of {key}"))[..16])),
            new QueueCommand.EndDay());
    }
}
