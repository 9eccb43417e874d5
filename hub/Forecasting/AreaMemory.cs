using Aufruf.Domain.Forecasts;
using Aufruf.Grains;
using Aufruf.Grains.Forecasts;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Forecasting;

/// <summary>The experience of one area: what was kept at the end of its last days, and the days since from the journal.</summary>
/// <remarks>A day is kept when it has ended. So a restart reads no older day again, unless what was kept is lost.</remarks>
internal sealed class AreaMemory
{
    // Experience fades with a half-life of three weeks. Days older than six weeks hardly count.
    private const int Days = 42;

    // A day without an end gets one within a week; what comes after it is not kept before.
    private const int DaysUntilEnded = 7;

    private readonly IJournal _journal;
    private readonly LearnedDaysStore _store;
    private DateOnly _day;
    private DateOnly _kept;
    private DateOnly _open = DateOnly.MinValue;
    private Queue _queue;
    private long _version;

    private AreaMemory(Setting setting, IJournal journal, LearnedDaysStore store, LearnedDays? learned, DateOnly firstDay)
    {
        (_journal, _store, _day, _kept) = (journal, store, firstDay, learned?.Day ?? DateOnly.MinValue);
        _queue = Queue.Empty(new(setting.Office.Authority.Id, setting.Office.Id, setting.Area.Id, firstDay));
        (Setting, Experience) = (setting, new(setting, learned));
    }

    /// <summary>Finds what was kept. A day in the future is of a wrong clock, and does not count.</summary>
    public static async Task<AreaMemory> FindAsync(Setting setting, IJournal journal, LearnedDaysStore store, DateOnly today,
        CancellationToken cancellationToken)
    {
        var learned = await store.FindAsync($"{setting.Office.Key}.{setting.Area.Id}", cancellationToken) is { } kept && kept.Day <= today
            ? kept : null;
        var first = today.AddDays(-Days);
        return new(setting, journal, store, learned, learned is not null && learned.Day >= first ? learned.Day.AddDays(1) : first);
    }

    public Experience Experience { get; }

    public Setting Setting { get; }

    /// <summary>Whether it has gone beyond a day: the clock was put back.</summary>
    public bool IsBeyond(DateOnly today) => _day > today && _kept < today;

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
            if (_queue.Ended)
            {
                await KeepAsync(cancellationToken);
            }
            else if (_version > 0)
            {
                _open = _day;
            }

            if (_day == today)
            {
                return; // There may be more to come.
            }
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (_day > _kept && _open.AddDays(DaysUntilEnded) < _day)
        {
            await _store.SaveAsync(_queue.Key.AreaKey, Experience.UpTo(_day), cancellationToken);
            _kept = _day;
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
        await foreach (var stored in _journal.ReadAsync(_queue.Key.Stream, _version, cancellationToken))
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
