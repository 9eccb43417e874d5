using System.Globalization;

namespace Aufruf.Grains.Journal;

/// <summary>One stream with its chain of hashes verified, and its end compared with the signed anchor.</summary>
public static class VerifiedStream
{
    /// <param name="Fault">A sentence about the first fault; null: all is whole.</param>
    public sealed record Read(IReadOnlyList<JournalEntry> Entries, string? Fault);

    public static async Task<Read> OfAsync(IJournal journal, string stream, CancellationToken cancellationToken)
    {
        var (entries, head, fault) = (new List<JournalEntry>(), JournalHead.Start, (string?)null);
        JournalAnchor? anchor = null;
        await foreach (var entry in journal.ReadAsync(stream, 0, cancellationToken))
        {
            entries.Add(entry);
            head = head.Then(stream, entry.At, entry.Entry.Span);
            (fault, anchor) = (fault ?? (head.Is(new(entry.Version, entry.Hash)) ? null : string.Create(CultureInfo.InvariantCulture,
                $"Stream {stream}, entry {entry.Version}: it was changed, or the entry before it was replaced.")), entry.Anchor);
        }

        return new(entries, fault ?? (entries.Count > 0 && journal is GroupCommitJournal { Key: { } key }
            ? JournalAudit.WhyNotAnchored(stream, head, anchor, key) : null));
    }
}
