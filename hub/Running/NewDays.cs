using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Running;

/// <summary>Keeps the screens of each office on its present day, by the office's local time, and ends the days before.</summary>
/// <remarks>
/// The day changes at midnight, and when the clock is corrected. Days are ended only by a clock that has run steadily.
/// An ended day has no open visit and no waiting ticket. It looks back a week, for days that ended while no hub ran.
/// </remarks>
internal sealed class NewDays(OfficeDirectory offices, LiveAreas areas, IQueues queues, Vault vault, IDeadlines deadlines,
    ClockWatch watch, TimeProvider clock, ILogger<NewDays> log) : BackgroundService
{
    private const int DaysBack = 7;

    // A corrected clock shows on the screens after this time at most.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, DateOnly> _ended = []; // The day on which the days before an office's day were ended.

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>The same without the host, as <see cref="Beats.RunAsync"/>.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            watch.Look();
            var now = clock.GetUtcNow();
            foreach (var office in offices.All)
            {
                try
                {
                    await ShowDayAsync(office, office.Day(now));
                    if (watch.IsSteady && _ended.GetValueOrDefault(office.Key) != office.Day(now))
                    {
                        await EndDaysAsync(office, now);
                        _ended[office.Key] = office.Day(now);
                    }
                }
                catch (JournalUnavailableException error)
                {
                    HubLog.JournalBroken(log, error.Message); // The old day stays until the journal is back.
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    HubLog.DayNotTurned(log, error, office.Key); // An exception here would end the hub.
                }
            }

            var next = offices.All.Select(o => o.NextDay(now)).Append(now + LookAgain).Min();
            await Task.Delay(next - now + TimeSpan.FromMilliseconds(50), clock, stoppingToken);
        }
    }

    private async Task ShowDayAsync(Office office, DateOnly day)
    {
        var shown = office.Areas.Select(a => areas.Of($"{office.Key}.{a.Id}").Now?.Queue).OfType<Queue>().Where(q => q.Key.Day != day)
            .ToList();
        if (shown.Count > 0)
        {
            HubLog.NewDay(log, office.Key, day);
        }

        foreach (var queue in shown.Where(q => watch.Step is not null && q.Tickets.Values.Any(t => t.Alive)))
        {
            HubLog.TicketsOnOtherDay(log, queue.Tickets.Values.Count(t => t.Alive), queue.Key.AreaKey, queue.Key.Day, day);
        }

        if (!areas.IsShown(office, day))
        {
            await areas.ReadTodayAsync(office);
        }
    }

    private async Task EndDaysAsync(Office office, DateTimeOffset now)
    {
        vault.ForgetDue(now);
        foreach (var area in office.Areas)
        {
            for (var back = DaysBack; back > 0; back--)
            {
                await EndDayAsync(office.QueueOf(area, now) with { Day = office.Day(now).AddDays(-back) });
            }
        }

        await KeyRetention.SetAsync(deadlines, office, now);
    }

    private async Task EndDayAsync(QueueKey key)
    {
        try
        {
            var view = await queues.ViewAsync(key);
            areas.Unreadable.Remove(key.Stream);
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
        catch (UnreadableStreamException error)
        {
            areas.Unreadable.Add(key.Stream, key.Stream, error.Message); // The other days are ended.
        }
    }
}
