using Aufruf.Domain.Forecasts;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Forecasting;

/// <summary>The experience of one area, read from its journal. It is lost with the process and read again after a restart.</summary>
internal sealed class AreaMemory(Setting setting, IJournal journal, DateOnly firstDay)
{
    // Experience fades with a half-life of three weeks. Days older than six weeks hardly count.
    public const int Days = 42;

    private DateOnly _day = firstDay;
    private Queue _queue = Queue.Empty(new(setting.Office.Authority.Id, setting.Office.Id, setting.Area.Id, firstDay));
    private long _version;

    public Experience Experience { get; } = new(setting);

    public Setting Setting { get; } = setting;

    /// <summary>Reads the new entries, up to a day.</summary>
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

    /// <summary>A day with an unreadable entry counts up to that entry.</summary>
    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LearnAsync(cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or KeyNotFoundException)
        {
            // The queue itself says so where it is used.
        }
    }

    private async Task LearnAsync(CancellationToken cancellationToken)
    {
        await foreach (var stored in journal.ReadAsync(_queue.Key.Stream, _version, cancellationToken))
        {
            foreach (var happened in EntryContent<QueueEvent>.Read(stored).Events)
            {
                var before = _queue;
                _queue = _queue.Apply(happened);
                Experience.Learn(before, happened, _queue);
            }

            _version = stored.Version;
        }
    }
}
