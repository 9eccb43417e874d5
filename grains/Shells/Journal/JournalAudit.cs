using System.Globalization;

namespace Aufruf.Grains.Journal;

/// <summary>Verifies that nothing in a journal was changed, swapped or cut out.</summary>
/// <remarks>A chain cannot know what once followed its end: write the seal down to learn later that entries were cut off at the end.</remarks>
public static class JournalAudit
{
    /// <param name="Fault">The first bad entry, in a sentence; null when all is well.</param>
    /// <param name="Seal">One hash over the ends of all streams.</param>
    public sealed record Report(long Streams, long Entries, string? Fault, string Seal);

    public static async Task<Report> VerifyAsync(IJournal journal, CancellationToken cancellationToken)
    {
        var (streams, entries) = (0L, 0L);
        var (stream, head) = ("", JournalHead.Start);
        var seal = JournalHead.Start;
        await foreach (var entry in journal.ReadAllAsync(cancellationToken))
        {
            if (entry.Stream != stream)
            {
                seal = streams == 0 ? seal : seal.Then(stream, DateTimeOffset.UnixEpoch, head.Hash.Span);
                (stream, head) = (entry.Stream, JournalHead.Start);
                streams++;
            }

            var expected = head.Then(stream, entry.At, entry.Entry.Span);
            entries++;
            if (Fault(entry, expected) is { } fault)
            {
                return new(streams, entries, fault, "");
            }

            head = expected;
        }

        seal = streams == 0 ? seal : seal.Then(stream, DateTimeOffset.UnixEpoch, head.Hash.Span);
        return new(streams, entries, null, Convert.ToHexStringLower(seal.Hash.Span));
    }

    private static string? Fault(JournalEntry entry, JournalHead expected)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"Stream {entry.Stream}, entry {entry.Version} of {entry.At:O}");
        if (entry.Version != expected.Version)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{where}: entry {expected.Version} is missing before it.");
        }

        return entry.Hash.Span.SequenceEqual(expected.Hash.Span)
            ? null
            : $"{where}: its content, time, name or hash was changed, or the entry before it was replaced.";
    }
}
