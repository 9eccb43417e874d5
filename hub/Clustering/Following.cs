using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Clustering;

/// <summary>Announces here what the other hubs write: to screens, signs and outboxes. Unhealthy while it may not know it.</summary>
internal sealed class Following : BackgroundService, IHealthCheck
{
    private readonly ISubscriber[] _subscribers;
    private readonly Subscription[] _subscriptions;
    private readonly Currency _currency;
    private readonly LiveAreas _areas;
    private readonly TimeProvider _clock;
    private DateTimeOffset? _lostAt;

    public Following(Announcements<Queue, QueueEvent> queues, Announcements<Outbox, OutboxEvent> outboxes,
        Announcements<CalendarWeek, CalendarEvent> calendars, Announcements<Wishes, WishEvent> wishes, CredentialWatch credentials,
        PeopleWatch people, LiveAreas areas, IJournal journal, TimeProvider clock, ILogger<Following> log)
    {
        (string Kind, ISubscriber To)[] kinds =
            [(QueueKey.StreamKind, queues), (Outbox.StreamKind, outboxes), (CalendarWeekKey.StreamKind, calendars),
                (Wishes.StreamKind, wishes)];
        _subscribers = [.. kinds.Select(kind => kind.To)];
        _subscriptions = [.. kinds.Select(kind =>
            new Subscription($"{kind.Kind} of other hubs", kind.Kind, journal, kind.To, clock, log)
            {
                Gathering = TimeSpan.FromMilliseconds(2),
            })];
        (_areas, _clock) = (areas, clock);
        _currency = new(journal, [.. _subscriptions, credentials.Subscription, people.Subscription], clock);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        _lostAt is { } since
            ? HealthAnswers.Of([new("PostgreSQL does not answer, so this hub may not know what the others wrote. Its screens go to "
                + "another hub, or show that they are old.", since)], HealthStatus.Unhealthy)
            : HealthAnswers.Of([]);

    /// <summary>Knows where to begin before the hub reads anything: no entry is missed between.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var to in _subscribers)
        {
            await to.BeginAsync(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([.. _subscriptions.Select(kind => kind.RunAsync(stoppingToken)), _currency.RunAsync(IsCurrent, stoppingToken)]);

    private void IsCurrent(bool isCurrent)
    {
        _areas.IsCurrent = isCurrent;
        _lostAt = isCurrent ? null : _lostAt ?? _clock.GetUtcNow();
    }
}
