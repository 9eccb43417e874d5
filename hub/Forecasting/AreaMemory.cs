using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Forecasting;

/// <summary>What one area has learned, read from its journal: gone with the process, and the same again after a restart.</summary>
internal sealed class AreaMemory(Setting setting, IJournal journal, DateOnly firstDay)
{
    // Experience fades with a half-life of three weeks; what is older than six would hardly count.
    public const int Days = 42;

    private DateOnly _day = firstDay;
    private Queue _queue = Queue.Empty(new(setting.Office.Authority.Id, setting.Office.Id, setting.Area.Id, firstDay));
    private long _version;

    public Experience Experience { get; } = new(setting);

    public Setting Setting { get; } = setting;

    /// <summary>Reads what has been written since the last time, up to a day.</summary>
    public async Task CatchUpAsync(DateOnly today, CancellationToken cancellationToken)
    {
        for (; _day <= today; _day = _day.AddDays(1), _version = 0)
        {
            if (_version == 0)
            {
                _queue = Queue.Empty(_queue.Key with { Day = _day });
            }

            await ReadAsync(cancellationToken);
            if (_day == today)
            {
                return; // There may be more to come.
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await foreach (var stored in journal.ReadAfterAsync(_queue.Key.ToString(), _version, cancellationToken))
        {
            foreach (var happened in EntryContent<QueueEvent>.EventsOf(stored))
            {
                var before = _queue;
                _queue = _queue.Apply(happened);
                Experience.Learn(before, happened, _queue);
            }

            _version = stored.Version;
        }
    }
}
