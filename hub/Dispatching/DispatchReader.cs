using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Dispatching;

/// <summary>Reads all dispatch lists at start, and follows those that other hubs change.</summary>
internal sealed class DispatchReader(DispatchCopies copies, IJournal journal, Announcements<Dispatch, DispatchEvent> announcements,
    TimeProvider clock, ILogger<DispatchReader> log) : BackgroundService
{
    private readonly Subscription _others = new("dispatch lists", Dispatch.StreamKind, journal, announcements, clock, log);

    /// <summary>Knows where to begin before it reads: no entry is missed between.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await announcements.BeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var others = _others.RunAsync(stoppingToken);
        await announcements.CatchUpAllAsync(Dispatch.StreamKind, stoppingToken);
        copies.IsRead = true;
        await others;
    }
}
