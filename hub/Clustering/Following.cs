using Aufruf.Domain.Identity;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Clustering;

/// <summary>Announces here what the other hubs write: to screens, signs, credentials and outboxes.</summary>
internal sealed class Following(
    Announcements<Queue, QueueEvent> queues, Announcements<Credentials, CredentialsEvent> credentials,
    Announcements<Outbox, OutboxEvent> outboxes, IJournal journal, TimeProvider clock, ILogger<Following> log) : BackgroundService
{
    private readonly (string Kind, ISubscriber To)[] _kinds =
        [(QueueKey.StreamKind, queues), (Identity.CredentialCache.Kind, credentials), (Outbox.StreamKind, outboxes)];

    /// <summary>Knows where to begin before the hub reads anything: no entry lies between.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (_, to) in _kinds)
        {
            await to.BeginAsync(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_kinds.Select(kind =>
        new Subscription($"{kind.Kind} of other hubs", kind.Kind, journal, kind.To, clock, log).RunAsync(stoppingToken)));
}
