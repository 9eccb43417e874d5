using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Aufruf.Grains.Journal;

/// <summary>One entry as it stands in the database.</summary>
/// <param name="Stream">Its kind and its key: "queue/alsdorf.rathaus.erdgeschoss.2026-11-23".</param>
/// <param name="Version">1 for the first of its stream.</param>
/// <param name="At">When it was recorded, to the microsecond.</param>
/// <param name="Entry">UTF-8 JSON: request id, events, refusal.</param>
/// <param name="Hash">See <see cref="JournalHead.Then"/>.</param>
public sealed record JournalEntry(string Stream, long Version, DateTimeOffset At, ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Hash)
{
    /// <summary>Grows with each entry of the journal, in the order in which they became durable; there may be gaps.</summary>
    public long Position { get; init; }

    /// <summary>The signed end of the entry's stream; null: there is none.</summary>
    public JournalAnchor? Anchor { get; init; }
}

/// <summary>Where a stream ends: its version and the hash of its last entry.</summary>
public readonly record struct JournalHead(long Version, ReadOnlyMemory<byte> Hash)
{
    /// <summary>Of a stream that has no entry yet.</summary>
    public static JournalHead Start { get; } = new(0, new byte[SHA256.HashSizeInBytes]);

    public bool Is(JournalHead other) => Version == other.Version && Hash.Span.SequenceEqual(other.Hash.Span);

    /// <summary>The head after one more entry. Its hash covers the hash before it, stream, version, time and content.</summary>
    public JournalHead Then(string stream, DateTimeOffset at, ReadOnlySpan<byte> entry)
    {
        var version = Version + 1;
        var about = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{stream} {version} {ToMicroseconds(at)} "));
        return new JournalHead(version, SHA256.HashData([.. Hash.Span, .. about, .. entry]));
    }

    /// <summary>Both databases keep microseconds since 1970, so a finer time would not be read back as it was written.</summary>
    public static long ToMicroseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}

/// <summary>Another writer has appended to the stream first. Nothing of this append was written.</summary>
public sealed class VersionConflictException(string stream, long version)
    : Exception($"Stream {stream} does not end at version {version}.");
