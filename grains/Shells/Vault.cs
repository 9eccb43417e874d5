using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Queues;

namespace Aufruf.Grains;

/// <summary>Encrypts personal values before they reach the domain and the journal. Each subject has a key of its own.</summary>
/// <remarks>To destroy the key deletes all values of its subject, wherever they stand: journal, snapshots, reports, backups.
/// A sealed value is base64url of nonce, tag and cipher. Its place is authenticated: it cannot be moved to another one.</remarks>
public sealed class Vault(IVaultKeys keys, TimeProvider? clock = null)
{
    // Desks open remarks with every picture: the database is asked once.
    private readonly ConcurrentDictionary<Subject, VaultKey> _known = new();

    /// <summary>Null: the keys were reached when they were asked for last.</summary>
    public VaultTrouble? Trouble { get; private set; }

    /// <param name="until">When the key is destroyed by itself; null: somebody destroys it. The first value of a subject decides.</param>
    /// <param name="place">Where the value stands, such as a ticket's id.</param>
    /// <exception cref="JournalUnavailableException">The key cannot be stored now, or it is destroyed.</exception>
    public async ValueTask<string> SealAsync(Subject subject, DateTimeOffset? until, string place, string text)
    {
        if (!_known.TryGetValue(subject, out var known))
        {
            known = _known[subject] = await AskedAsync(() => keys.FindOrMakeAsync(subject, until))
                ?? throw new JournalUnavailableException($"The key of {subject} is destroyed: nothing more can be kept for it.");
        }

        return Base64Url.EncodeToString(Cipher.Encrypt(known.Key, place, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The value; null when there is none, its key is destroyed, or it was sealed for another place.</summary>
    /// <exception cref="JournalUnavailableException">The keys cannot be reached now.</exception>
    public async ValueTask<string?> OpenAsync(Subject subject, string place, string? sealedText)
    {
        if (sealedText is null)
        {
            return null;
        }

        await LearnAsync(subject);
        return Open(subject, place, sealedText);
    }

    /// <summary>The same for a subject whose key is known here already; asks no database.</summary>
    public string? Open(Subject subject, string place, string? sealedText) =>
        sealedText is not null && _known.GetValueOrDefault(subject) is { } known && Read(sealedText) is { } whole
        && Cipher.Decrypt(known.Key, place, whole) is { } clear ? Encoding.UTF8.GetString(clear) : null;

    /// <summary>Fetches the key of a subject, so that its values can be opened at once from now on.</summary>
    /// <exception cref="JournalUnavailableException">The keys cannot be reached now.</exception>
    public async ValueTask LearnAsync(Subject subject)
    {
        if (!_known.ContainsKey(subject) && await AskedAsync(() => keys.FindAsync(subject)) is { } known)
        {
            _known[subject] = known;
        }
    }

    /// <summary>Deletes all values of a subject, for ever: it never gets another key.</summary>
    public async Task DestroyAsync(Subject subject)
    {
        await AskedAsync(async () =>
        {
            await keys.DestroyAsync(subject);
            return true;
        });
        Forget(subject);
    }

    /// <summary>Destroys every key whose time is over.</summary>
    public async Task DestroyDueAsync(DateTimeOffset now)
    {
        await AskedAsync(async () =>
        {
            await keys.DestroyDueAsync(now);
            return true;
        });
        foreach (var subject in _known.Where(known => known.Value.Until <= now).Select(known => known.Key))
        {
            Forget(subject);
        }
    }

    private void Forget(Subject subject)
    {
        if (_known.TryRemove(subject, out var known))
        {
            CryptographicOperations.ZeroMemory(known.Key);
        }
    }

    private static byte[]? Read(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async Task<T> AskedAsync<T>(Func<Task<T>> database)
    {
        try
        {
            var answer = await database();
            Trouble = null;
            return answer;
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException or JournalUnavailableException)
        {
            var reason = error is JournalUnavailableException ? error.Message
                : $"The keys of personal values cannot be reached: {error.Message}";
            Trouble = new(reason, Trouble?.Since ?? (clock ?? TimeProvider.System).GetUtcNow());
            throw new JournalUnavailableException(reason, error);
        }
    }
}

/// <summary>Why no key can be reached.</summary>
public sealed record VaultTrouble(string Reason, DateTimeOffset Since);

/// <summary>Whose personal values share a key: a queue of one day, a booking, a case, a person.</summary>
/// <param name="Kind">"queue"</param>
public readonly record struct Subject(string Kind, string Key)
{
    public static Subject Of(QueueKey queue) => new("queue", queue.ToString());

    public override string ToString() => $"{Kind}/{Key}";
}
