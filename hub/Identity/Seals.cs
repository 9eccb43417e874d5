using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Identity;

/// <summary>Seals what clerks write about people before it reaches the domain and the journal. One key per queue and day; when the day is over the key is destroyed, and with it every remark.</summary>
/// <remarks>AES-256-GCM; a sealed text is base64url of nonce (12 bytes), tag (16) and cipher. The ticket's id is authenticated with it, so that no remark can be moved to another ticket.</remarks>
public sealed class Seals(ISealKeys keys)
{
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    // Desks open remarks with every picture: a database must not be asked each time. Null: the key is gone.
    private readonly ConcurrentDictionary<QueueKey, byte[]?> _known = new();

    /// <exception cref="JournalUnavailableException">The key cannot be kept now: nothing may be sealed with it.</exception>
    public string Seal(QueueKey queue, TicketId ticket, string text)
    {
        if (_known.GetValueOrDefault(queue) is not { } key)
        {
            _known[queue] = key = Asked(() => keys.FindOrMake(queue));
        }

        var clear = Encoding.UTF8.GetBytes(text);
        var whole = new byte[NonceBytes + TagBytes + clear.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(whole.AsSpan(0, NonceBytes), clear, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), ticket.Value.ToByteArray());
        return Base64Url.EncodeToString(whole);
    }

    /// <summary>The text in clear; null when there is none, its key is gone, or it was sealed for another ticket.</summary>
    public string? Open(QueueKey queue, TicketId ticket, string? sealedText)
    {
        if (sealedText is null || Read(sealedText) is not { } whole || _known.GetOrAdd(queue, q => Asked(() => keys.Find(q))) is not { } key)
        {
            return null;
        }

        var clear = new byte[whole.Length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(whole.AsSpan(0, NonceBytes), whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), clear, ticket.Value.ToByteArray());
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(clear);
    }

    /// <summary>The same remark for the queue of another area to which its ticket is sent; null when it cannot be opened any more.</summary>
    public string? Move(QueueKey from, QueueKey to, TicketId ticket, string? sealedText) =>
        Open(from, ticket, sealedText) is { } text ? Seal(to, ticket, text) : null;

    /// <summary>The days before are over: their remarks can never be read again.</summary>
    public void DestroyBefore(DateOnly day)
    {
        Asked(() =>
        {
            keys.DestroyBefore(day);
            return true;
        });
        foreach (var (queue, _) in _known.Where(known => known.Key.Day < day))
        {
            if (_known.TryRemove(queue, out var key) && key is not null)
            {
                CryptographicOperations.ZeroMemory(key);
            }
        }
    }

    private static byte[]? Read(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text) is { Length: >= NonceBytes + TagBytes } whole ? whole : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static T Asked<T>(Func<T> database)
    {
        try
        {
            return database();
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The keys of remarks cannot be reached: {error.Message}", error);
        }
    }
}
