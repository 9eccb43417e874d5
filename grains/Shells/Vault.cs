using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Data.Common;
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
    private readonly Lock _gate = new();
    private int _forgotten;

    /// <summary>Null: the keys were reached when they were asked for last.</summary>
    public VaultTrouble? Trouble { get; private set; }

    /// <param name="until">When the key is destroyed by itself; null: somebody destroys it. The first value of a subject decides.</param>
    /// <param name="place">Where the value stands, such as a ticket's id.</param>
    /// <exception cref="JournalUnavailableException">The key cannot be stored now, or it is destroyed.</exception>
    public async ValueTask<string> SealAsync(Subject subject, DateTimeOffset? until, string place, string text) =>
        Base64Url.EncodeToString(await SealAsync(subject, until, place, Encoding.UTF8.GetBytes(text)));

    /// <summary>The same for the bytes of a file.</summary>
    public async ValueTask<byte[]> SealAsync(Subject subject, DateTimeOffset? until, string place, ReadOnlyMemory<byte> clear)
    {
        if (!_known.TryGetValue(subject, out var known))
        {
            known = await AskedAsync(subject, () => keys.FindOrMakeAsync(subject, until))
                ?? throw new JournalUnavailableException($"The key of {subject} is destroyed: nothing more can be kept for it.");
        }

        return Cipher.Encrypt(known.Key, place, clear.Span);
    }

    /// <summary>The value; null when there is none, its key is destroyed, or it was sealed for another place.</summary>
    /// <exception cref="JournalUnavailableException">The keys cannot be reached now.</exception>
    public async ValueTask<string?> OpenAsync(Subject subject, string place, string? sealedText) =>
        sealedText is null ? null : Open(await KeyAsync(subject), place, sealedText);

    /// <summary>The same for the bytes of a file.</summary>
    public async ValueTask<byte[]?> OpenAsync(Subject subject, string place, byte[] whole) =>
        await KeyAsync(subject) is { } known ? Cipher.Decrypt(known.Key, place, whole) : null;

    /// <summary>The same for a subject whose key is known here already; asks no database.</summary>
    public string? Open(Subject subject, string place, string? sealedText) =>
        sealedText is null ? null : Open(_known.GetValueOrDefault(subject), place, sealedText);

    private static string? Open(VaultKey? known, string place, string sealedText) =>
        known is not null && Read(sealedText) is { } whole && Cipher.Decrypt(known.Key, place, whole) is { } clear
            ? Encoding.UTF8.GetString(clear) : null;

    /// <summary>Fetches the key of a subject, so that its values can be opened at once from now on.</summary>
    /// <exception cref="JournalUnavailableException">The keys cannot be reached now.</exception>
    public async ValueTask LearnAsync(Subject subject) => await KeyAsync(subject);

    private async ValueTask<VaultKey?> KeyAsync(Subject subject) =>
        _known.TryGetValue(subject, out var known) ? known : await AskedAsync(subject, () => keys.FindAsync(subject));

    /// <summary>Another process may have destroyed any key: all are asked for again.</summary>
    public void ForgetAll() => Forget(_ => true);

    /// <summary>A key is destroyed: nothing of its subject is opened here any more.</summary>
    public void Forget(Subject subject) => Forget(known => known.Key == subject);

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
        ForgetDue(now);
    }

    /// <summary>Forgets the keys whose time is over, here in memory: another hub may destroy them.</summary>
    public void ForgetDue(DateTimeOffset now) => Forget(known => known.Value.Until <= now);

    /// <remarks>Its bytes stay as they are: another thread may encrypt with them at this moment.</remarks>
    private void Forget(Func<KeyValuePair<Subject, VaultKey>, bool> isGone)
    {
        lock (_gate)
        {
            _forgotten++;
            foreach (var known in _known.Where(isGone))
            {
                _known.TryRemove(known);
            }
        }
    }

    /// <summary>The key, known here from now on. One that was asked for before a key was destroyed may be that one.</summary>
    private async Task<VaultKey?> AskedAsync(Subject subject, Func<Task<VaultKey?>> find)
    {
        var before = Volatile.Read(ref _forgotten);
        var found = await AskedAsync(find);
        lock (_gate)
        {
            if (found is not null && before == _forgotten)
            {
                _known[subject] = found;
            }
        }

        return found;
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

    /// <summary>The subject that bears this text.</summary>
    public static Subject Parse(string text) => new(text.Split('/', 2)[0], text.Split('/', 2)[^1]);
}
