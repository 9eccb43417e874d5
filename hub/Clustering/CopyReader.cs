using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Clustering;

/// <summary>Copies of all streams of one kind. The hub works while it reads them.</summary>
internal interface IWholeCopies<TState, TEvent> : ICopies<TState, TEvent>
{
    /// <summary>All were read once since the start. Before, some are missing.</summary>
    bool IsWhole { get; set; }
}

/// <summary>Reads all streams of one kind after the start, and follows those that other hubs change.</summary>
internal sealed class CopyReader<TState, TEvent>(string kind, IWholeCopies<TState, TEvent> copies, IJournal journal,
    Announcements<TState, TEvent> announcements, TimeProvider clock, ILogger<Subscription> log) : BackgroundService
{
    private readonly Subscription _others = new($"{kind} streams of other hubs", kind, journal, announcements, clock, log);

    /// <summary>Knows where to begin before it reads: no entry is missed between.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await announcements.BeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var others = _others.RunAsync(stoppingToken);
        await announcements.CatchUpAllAsync(kind, stoppingToken);
        copies.IsWhole = true;
        await others;
    }
}
