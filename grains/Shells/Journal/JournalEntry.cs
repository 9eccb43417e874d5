using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Aufruf.Grains.Journal;

/// <summary>One entry as it stands in the database.</summary>
/// <param name="Version">1 for the first of its stream.</param>
/// <param name="At">When it was recorded, to the microsecond.</param>
/// <param name="Entry">UTF-8 JSON: request id, events, refusal.</param>
/// <param name="Hash">See <see cref="JournalHead.Then"/>.</param>
public sealed record JournalEntry(string Stream, long Version, DateTimeOffset At, ReadOnlyMemory<byte> Entry, ReadOnlyMemory<byte> Hash);

/// <summary>Where a stream ends: its version and the hash of its last entry.</summary>
public readonly record struct JournalHead(long Version, ReadOnlyMemory<byte> Hash)
{
    /// <summary>Of a stream that has no entry yet.</summary>
    public static JournalHead Start { get; } = new(0, new byte[SHA256.HashSizeInBytes]);

    public bool Is(JournalHead other) => Version == other.Version && Hash.Span.SequenceEqual(other.Hash.Span);

    /// <summary>The head after one more entry. Its hash covers the hash before it, stream, version, time and content, so nothing can be changed or cut out unnoticed.</summary>
    public JournalHead Then(string stream, DateTimeOffset at, ReadOnlySpan<byte> entry)
    {
        var version = Version + 1;
        var nameLength = Encoding.UTF8.GetByteCount(stream);
        var all = ArrayPool<byte>.Shared.Rent(SHA256.HashSizeInBytes + 20 + nameLength + entry.Length);
        var rest = all.AsSpan();
        Hash.Span.CopyTo(rest);
        rest = rest[SHA256.HashSizeInBytes..];
        BinaryPrimitives.WriteInt64LittleEndian(rest, version);
        BinaryPrimitives.WriteInt64LittleEndian(rest[8..], ToMicroseconds(at));
        BinaryPrimitives.WriteInt32LittleEndian(rest[16..], nameLength);
        rest = rest[20..];
        Encoding.UTF8.GetBytes(stream, rest);
        entry.CopyTo(rest[nameLength..]);
        var hash = SHA256.HashData(all.AsSpan(0, SHA256.HashSizeInBytes + 20 + nameLength + entry.Length));
        ArrayPool<byte>.Shared.Return(all);
        return new JournalHead(version, hash);
    }

    /// <summary>Both databases keep microseconds since 1970; a finer clock would not survive the way there and back.</summary>
    public static long ToMicroseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}

/// <summary>Somebody else has appended to the stream first. Nothing of this append was written.</summary>
public sealed class VersionConflictException(string stream, long version)
    : Exception($"Stream {stream} does not end at version {version}.");
