using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Identity;

/// <summary>Follows the credentials that other processes change, and closes the connections of revoked ones.</summary>
/// <remarks>An unknown secret waits for the next look.</remarks>
public sealed class CredentialWatch(CredentialCache credentials, OpenConnections connections, OfficeDirectory offices, IJournal journal,
    Announcements<Credentials, CredentialsEvent> announcements, TimeProvider clock, ILogger<CredentialWatch> log)
    : BackgroundService
{
    // A device or screen may leave the office file, which asks nobody for a look.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(400);

    public Subscription Subscription { get; } = new("credentials", CredentialCache.Kind, journal, announcements, clock, log)
    {
        Gathering = TimeSpan.FromMilliseconds(2),
    };

    private SharedLook Look => field ??= new(Subscription, journal, clock);

    /// <summary>Knows where to begin before the hub reads any credential: no entry is missed between.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await announcements.BeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>The credential a secret opens; null when there is none.</summary>
    /// <exception cref="JournalUnavailableException">It is not known here, and the journal cannot be read.</exception>
    public async ValueTask<Credential?> FindAsync(Secret secret)
    {
        if (credentials.Find(secret) is { } found)
        {
            return found;
        }

        if (offices.Find(secret.Place) is null)
        {
            return null; // An office that a client invents costs nothing.
        }

        await Look.TakeAsync();
        return credentials.Find(secret);
    }

    /// <summary>The open pairing of a code's hash; null: there is none.</summary>
    /// <exception cref="JournalUnavailableException">It is not known here, and the journal cannot be read.</exception>
    public async ValueTask<(string Office, Pairing Pairing)?> FindPairingAsync(string codeHash)
    {
        if (credentials.FindPairing(codeHash, clock.GetUtcNow()) is { } found)
        {
            return found;
        }

        await Look.TakeAsync(); // Another hub may have given the code.
        return credentials.FindPairing(codeHash, clock.GetUtcNow());
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Subscription.RunAsync(stoppingToken), CloseRevokedAsync(stoppingToken));

    private async Task CloseRevokedAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var change = credentials.NextChange;
            connections.CloseRevoked();
            await Task.WhenAny(change, Task.Delay(LookAgain, clock, stoppingToken));
        }
    }
}
