using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Aufruf.Grains.Journal;

/// <summary>Signs the ends of streams. It is a file beside the database, so an edit of the database alone is noticed.</summary>
public sealed class JournalKey
{
    private readonly byte[] _key;

    private JournalKey(byte[] key) => _key = key;

    /// <summary>Null: there is no such file.</summary>
    public static JournalKey? Find(string file) => SecretFile.Find(file) is { } key ? new(key) : null;

    public static JournalKey Make(string file) => new(SecretFile.Make(file));

    /// <summary>The signature of a stream's end.</summary>
    public byte[] Sign(string stream, JournalHead head) => HMACSHA256.HashData(_key,
        (byte[])[.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{stream} {head.Version} ")), .. head.Hash.Span]);
}

/// <summary>Where a stream ended when the hub wrote it last, signed with the key.</summary>
public sealed record JournalAnchor(long Version, ReadOnlyMemory<byte> Signature);
