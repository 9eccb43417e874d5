using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aufruf.Grains.Journal;

/// <summary>One stream with its chain of hashes verified, and its end compared with the signed anchor. It holds one entry at a time.
/// </summary>
public sealed class VerifiedStream(IJournal journal, string stream)
{
    public long Entries { get; private set; }

    /// <summary>A sentence about the first fault; null: all that was read is whole. The end is compared when it was read.</summary>
    public string? Fault { get; private set; }

    public async IAsyncEnumerable<JournalEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (head, anchor) = (JournalHead.Start, (JournalAnchor?)null);
        await using var entries = journal.ReadAsync(stream, 0, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(entries))
        {
            var entry = entries.Current;
            Entries++;
            head = head.Then(stream, entry.At, entry.Entry.Span);
            (Fault, anchor) = (Fault ?? (head.Is(new(entry.Version, entry.Hash)) ? null : string.Create(CultureInfo.InvariantCulture,
                $"Stream {stream}, entry {entry.Version}: it was changed, or the entry before it was replaced.")), entry.Anchor);
            yield return entry;
        }

        Fault ??= Entries > 0 && journal is GroupCommitJournal { Key: { } key }
            ? JournalAudit.WhyNotAnchored(stream, head, anchor, key) : null;
    }

    /// <summary>The journal itself refuses a stream that does not end as the hub wrote it.</summary>
    private async Task<bool> NextAsync(IAsyncEnumerator<JournalEntry> entries)
    {
        try
        {
            return await entries.MoveNextAsync();
        }
        catch (InvalidDataException error)
        {
            Fault ??= error.Message;
            return false;
        }
    }
}
