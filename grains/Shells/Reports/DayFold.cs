using Aufruf.Domain.Queues;
using Aufruf.Domain.Reports;
using Aufruf.Grains.Journal;

namespace Aufruf.Grains.Reports;

/// <summary>One day on its way from entries to facts.</summary>
internal sealed class DayFold(QueueKey key)
{
    private readonly DayReader _reader = new(key);
    private bool _isStopped;

    public QueueKey Key { get; } = key;

    /// <summary>Of the last entry that counts.</summary>
    public long Version { get; private set; }

    public bool Ended => _reader.Ended || _isStopped;

    /// <summary>Whether entries before this one are missing here.</summary>
    public bool Lacks(JournalEntry entry) => !_isStopped && entry.Version > Version + 1;

    /// <summary>A known entry changes nothing. A day counts up to an entry that cannot be read; the other days are whole.</summary>
    public void Take(JournalEntry entry)
    {
        if (_isStopped || entry.Version <= Version)
        {
            return;
        }

        try
        {
            foreach (var happened in EntryContent<QueueEvent>.Read(entry).Events)
            {
                _reader.Read(happened);
            }

            Version = entry.Version;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _isStopped = true; // The queue itself says so where it is used.
        }
    }

    /// <summary>Takes the entries of the journal that are missing here.</summary>
    public async Task ReadAsync(IJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var entry in journal.ReadAsync(Key.Stream, Version, cancellationToken))
            {
                Take(entry);
            }
        }
        catch (InvalidDataException)
        {
            // It does not end as the hub wrote it: an audit says so.
        }
    }

    public ReportRow Row(bool perClerk) => new(Key, Version, perClerk, ReportRow.Write(_reader.Facts(perClerk)));
}
