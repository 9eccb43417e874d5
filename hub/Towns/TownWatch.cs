using Aufruf.Domain.Towns;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Towns;

/// <summary>Reads the settings of all towns at start, and follows those that other hubs change.</summary>
internal sealed class TownWatch(IJournal journal, Announcements<TownConfiguration, TownEvent> announcements, TimeProvider clock,
    ILogger<TownWatch> log) : BackgroundService
{
    private readonly Subscription _others = new("towns", TownConfiguration.StreamKind, journal, announcements, clock, log);

    /// <summary>Knows where to begin before it reads: no entry is missed between.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await announcements.BeginAsync(cancellationToken);
        await announcements.CatchUpAllAsync(TownConfiguration.StreamKind, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _others.RunAsync(stoppingToken);
}
