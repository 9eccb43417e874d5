using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Identity;

/// <summary>Looks twice a second for credentials that another process changed, and closes the connections of revoked ones.</summary>
/// <remarks>An unknown secret waits for the next look. At most ten looks a second are made: guesses do not load the journal.</remarks>
public sealed class CredentialWatch(CredentialCache credentials, OpenConnections connections, OfficeDirectory offices, IJournal journal,
    Announcements<Credentials, CredentialsEvent> announcements, TimeProvider clock, ILogger<CredentialWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private Task? _next;
    private string? _failsBecause; // As the log says.

    /// <summary>The credential a secret opens; null when there is none.</summary>
    /// <exception cref="JournalUnavailableException">It is not known here, and the journal cannot be read.</exception>
    public async ValueTask<Credential?> FindAsync(Secret secret)
    {
        if (credentials.Find(secret) is { } found)
        {
            return found;
        }

        if (offices.Find(secret.Office) is null)
        {
            return null; // An office that a client invents costs nothing.
        }

        await LookAsync();
        return credentials.Find(secret);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryLookAsync(stoppingToken);
            connections.CloseRevoked();
        }
    }

    private async Task TryLookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await LookAsync();
            _failsBecause = null;
        }
        catch (JournalUnavailableException)
        {
            // The journal's health says so. The credentials stay as they were last read.
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested) // An exception here would end the hub.
        {
            if (_failsBecause != error.Message)
            {
                HubLog.CredentialsNotRead(log, _failsBecause = error.Message);
            }
        }
    }

    /// <summary>A look that begins after this call. Callers of the same moment share it.</summary>
    private Task LookAsync()
    {
        lock (_gate)
        {
            return _next ??= _last = LookAfterAsync(_last);
        }
    }

    private async Task LookAfterAsync(Task last)
    {
        await Task.WhenAll(last, Task.Delay(Apart, clock)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _next = null;
        }

        try
        {
            foreach (var office in offices.All)
            {
                var stream = CredentialCache.StreamOf(office.Key);
                if (await journal.LastVersionAsync(stream) != credentials.VersionOf(office.Key))
                {
                    await announcements.CatchUpAsync(stream);
                }
            }
        }
        catch (System.Data.Common.DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }
}
