using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Identity;

/// <summary>Follows the people that other hubs change, and closes the connections of sessions that ended or were locked.</summary>
internal sealed class PeopleWatch(PeopleCache people, OpenConnections connections, IJournal journal,
    Announcements<People, PeopleEvent> announcements, TimeProvider clock, ILogger<PeopleWatch> log) : BackgroundService
{
    public Subscription Subscription { get; } = new("people", People.StreamKind, journal, announcements, clock, log)
    {
        Gathering = TimeSpan.FromMilliseconds(2),
    };

    private SharedLook Look => field ??= new(Subscription, journal, clock);

    /// <summary>The person whose key is shown; null: there is no such key.</summary>
    /// <exception cref="JournalUnavailableException">It is not known here, and the journal cannot be read.</exception>
    public async ValueTask<SignedIn?> FindAsync(SessionPass key)
    {
        if (people.Find(key) is null && people.Of(key.Authority).ByName.Count > 0) // A town that a client invents costs nothing.
        {
            await Look.TakeAsync(); // Another hub or the operator may have made it just now.
        }

        return people.Find(key) is { IsByKey: true } found ? found : null;
    }

    /// <summary>Knows where to begin before the hub reads any people: no entry is missed between.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await announcements.BeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Subscription.RunAsync(stoppingToken), CloseEndedAsync(stoppingToken));

    private async Task CloseEndedAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var change = people.NextChange;
            connections.CloseRevoked();
            await change.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
