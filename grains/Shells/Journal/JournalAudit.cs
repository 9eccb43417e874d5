using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Aufruf.Grains.Journal;

/// <summary>Verifies that nothing in a journal was changed, swapped, cut out, cut off, appended or deleted.</summary>
/// <remarks>The chain shows a change, and the anchors a changed end. An earlier seal shows a roll-back.</remarks>
public static class JournalAudit
{
    private const int MostFaults = 20;

    /// <param name="Faults">The faults, in sentences; empty when all is well.</param>
    /// <param name="Ends">The end of every stream, a line each: what the seal covers.</param>
    public sealed record Report(long Streams, long Entries, IReadOnlyList<string> Faults, string Ends)
    {
        /// <summary>The first fault; null when all is well.</summary>
        public string? Fault => Faults.Count > 0 ? Faults[0] : null;

        /// <summary>One hash over the ends of all streams.</summary>
        public string Seal => SealOf(Ends);
    }

    public static string SealOf(string ends) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ends)));

    /// <param name="earlierEnds">The ends of all streams at an earlier audit: the journal must still have those entries.</param>
    /// <param name="mustBeJson">Whether an entry that is no JSON is a fault, though its hash is right.</param>
    public static async Task<Report> VerifyAsync(IJournal journal, CancellationToken cancellationToken, string? earlierEnds = null,
        bool mustBeJson = false)
    {
        var anchored = journal as GroupCommitJournal;
        var isAnchored = false;
        var (streams, entries, faults, ends) = (0L, 0L, new List<string>(), new StringBuilder());
        var (stream, head, anchor) = ("", JournalHead.Start, (JournalAnchor?)null);
        var earlier = ReadEnds(earlierEnds ?? "");
        // The total is read first: entries that are written meanwhile only make the journal longer.
        var missing = anchored is null ? [] : await anchored.MissingStreamsAsync();
        await foreach (var entry in journal.ReadAllAsync(cancellationToken))
        {
            if (entry.Stream != stream)
            {
                EndStream();
                (stream, head) = (entry.Stream, JournalHead.Start);
                streams++;
            }

            entries++;
            isAnchored |= entry.Anchor is not null;
            if (Fault(entry, head.Then(stream, entry.At, entry.Entry.Span)) is { } fault)
            {
                faults.Add(fault);
            }
            else if (mustBeJson && !IsJson(entry.Entry))
            {
                faults.Add($"{Where(entry)}: it cannot be read, though its hash is right.");
            }

            (head, anchor) = (new(entry.Version, entry.Hash), entry.Anchor);
            if (earlier.TryGetValue(stream, out var before) && before.Version == head.Version)
            {
                earlier.Remove(stream);
                if (!before.Is(head))
                {
                    faults.Add(string.Create(CultureInfo.InvariantCulture,
                        $"Stream {stream}: entry {head.Version} is another one than at the earlier seal."));
                }
            }
        }

        EndStream();
        faults.AddRange(earlier.Select(gone => string.Create(CultureInfo.InvariantCulture,
            $"Stream {gone.Key}: at the earlier seal it had {gone.Value.Version} entries, and has fewer now.")));
        // A count says less than the names of streams.
        faults.AddRange(faults.Count == 0 ? missing : missing.Where(m => m.StartsWith("Stream", StringComparison.Ordinal)));
        return new(streams, entries, [.. faults.Take(MostFaults)], ends.ToString());

        void EndStream()
        {
            if (stream.Length > 0)
            {
                ends.Append(CultureInfo.InvariantCulture, $"{stream} {head.Version} {Convert.ToHexStringLower(head.Hash.Span)}\n");
                if ((isAnchored || anchored?.Key is not null) && WhyNotAnchored(stream, head, anchor, anchored?.Key) is { } why)
                {
                    faults.Add(why);
                }
            }
        }
    }

    /// <summary>Why a stream does not end where its anchor says; null when it does.</summary>
    /// <param name="key">Null: the signature is not verified.</param>
    internal static string? WhyNotAnchored(string stream, JournalHead end, JournalAnchor? anchor, JournalKey? key) =>
        anchor is null ? $"Stream {stream}: it has no anchor, so another program than the hub wrote it."
        : anchor.Version > end.Version ? string.Create(CultureInfo.InvariantCulture,
            $"Stream {stream}: it was cut off: the hub wrote {anchor.Version} entries, and {end.Version} are there.")
        : anchor.Version < end.Version ? string.Create(CultureInfo.InvariantCulture,
            $"Stream {stream}: entry {anchor.Version + 1} was appended by another program than the hub.")
        : key is not null && !key.Sign(stream, end).AsSpan().SequenceEqual(anchor.Signature.Span)
            ? $"Stream {stream}: its entries were changed and their hashes computed anew, or its anchor was forged."
        : null;

    internal static string Deleted(string stream, long entries) => string.Create(CultureInfo.InvariantCulture,
        $"Stream {stream}: it was deleted: the hub wrote {entries} entries, and none is there.");

    internal static IEnumerable<string> WrongTotal(long there, long written, bool isSigned) =>
        !isSigned ? ["The signed number of all entries is missing or forged."]
        : there == written ? [] : [string.Create(CultureInfo.InvariantCulture,
            $"The hub wrote {written} entries, and {there} are there: streams were deleted or added together with their anchors.")];

    private static Dictionary<string, JournalHead> ReadEnds(string ends) => ends
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(parts => parts[0],
            parts => new JournalHead(long.Parse(parts[1], CultureInfo.InvariantCulture), Convert.FromHexString(parts[2])));

    private static string? Fault(JournalEntry entry, JournalHead expected)
    {
        if (entry.Version != expected.Version)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Where(entry)}: entry {expected.Version} is missing before it.");
        }

        return entry.Hash.Span.SequenceEqual(expected.Hash.Span) ? null
            : $"{Where(entry)}: its content, time, name or hash was changed, or the entry before it was replaced.";
    }

    private static string Where(JournalEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"Stream {entry.Stream}, entry {entry.Version} of {entry.At:O}");

    private static bool IsJson(ReadOnlyMemory<byte> entry)
    {
        try
        {
            using var json = JsonDocument.Parse(entry);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
