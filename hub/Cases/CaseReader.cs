using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Cases;

/// <summary>Reads all cases at start, and follows those that other hubs change.</summary>
internal sealed class CaseReader(IJournal journal, CaseCopies copies, Announcements<CitizenCase, CaseEvent> announcements,
    TimeProvider clock, ILogger<CaseReader> log) : BackgroundService
{
    private readonly Subscription _others = new("cases", CitizenCase.StreamKind, journal, announcements, clock, log);

    /// <summary>Knows where to begin before it reads: no entry is missed between.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await announcements.BeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var others = _others.RunAsync(stoppingToken);
        await announcements.CatchUpAllAsync(CitizenCase.StreamKind, stoppingToken);
        copies.IsWhole = true;
        await others;
    }
}
