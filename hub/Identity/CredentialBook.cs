using System.Collections.Concurrent;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;

namespace Aufruf.Hub.Identity;

/// <summary>What this hub knows of who may speak to it: one look-up per connection or request, no grain call.</summary>
public sealed class CredentialBook(TimeProvider clock) : IAnnouncer<Credentials, CredentialsEvent>
{
    // A token may have been issued by another process (./run token); look again, but not for every guess of an attacker.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Credentials> _offices = new();
    private long _lookedAt;

    public static string StreamOf(string office) => $"{office}.credentials";

    public void Announce(string stream, long before, long version, Credentials state, IReadOnlyList<CredentialsEvent>? happened) =>
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

        await grains.GetGrain<ICredentialsGrain>(StreamOf(secret.Office)).ReadAgain();
        return Look(secret);
    }

    private Credential? Look(Secret secret) =>
        Of(secret.Office).ByHolder.TryGetValue(secret.Holder, out var credential) && secret.Opens(credential) ? credential : null;
}
