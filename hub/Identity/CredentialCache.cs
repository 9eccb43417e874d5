using System.Collections.Concurrent;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;

namespace Aufruf.Hub.Identity;

/// <summary>The credentials of all offices: one look-up per connection or request, without a grain call.</summary>
public sealed class CredentialCache(TimeProvider clock) : IAnnouncer<Credentials, CredentialsEvent>
{
    // Another process may have issued a token (./run token). The limit keeps guesses from reading the journal each time.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Credentials> _offices = new();
    private long _lookedAt;

    public static string StreamOf(string office) => $"{office}.credentials";

    public void Announce(string stream, long version, Credentials state, IReadOnlyList<CredentialsEvent>? happened) =>
        _offices[stream[..^".credentials".Length]] = state;

    public Credentials Of(string office) => _offices.GetValueOrDefault(office) ?? Credentials.None;

    /// <summary>The credential a secret opens; null when there is none.</summary>
    public async ValueTask<Credential?> FindAsync(Secret secret, IGrainFactory grains)
    {
        if (Look(secret) is { } found)
        {
            return found;
        }

        var looked = Interlocked.Read(ref _lookedAt);
        if (!_offices.ContainsKey(secret.Office)
            || (looked != 0 && clock.GetElapsedTime(looked) < LookAgain)
            || Interlocked.CompareExchange(ref _lookedAt, clock.GetTimestamp(), looked) != looked)
        {
            return null;
        }

        try
        {
            await grains.GetGrain<ICredentialsGrain>(StreamOf(secret.Office)).ReadAgain();
        }
        catch (UnreadableStreamException)
        {
            return null; // The credentials that were read before stay valid.
        }

        return Look(secret);
    }

    private Credential? Look(Secret secret) =>
        Of(secret.Office).ByHolder.TryGetValue(secret.Holder, out var credential) && secret.Opens(credential) ? credential : null;
}
