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
