namespace Aufruf.Hub.Push;

/// <summary>A screen that may hold back what is not urgent, and shows it a moment later.</summary>
public abstract class HeldScreen(AreaFeed feed, TimeProvider clock, ILogger log) : Screen(feed, log)
{
    // Faster than the eye follows a number that nobody waits for.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long? _showedAt;
    private ITimer? _later;

    protected TimeProvider Clock { get; } = clock;

    /// <summary>Whether the pause since the last time is over.</summary>
    protected bool IsDue => _showedAt is not { } showed || Clock.GetElapsedTime(showed) >= Pause;

    /// <summary>Everything is shown: the next pause begins.</summary>
    protected void Showed() => _showedAt = Clock.GetTimestamp();

    /// <summary>Something was held back: wake again when the pause is over.</summary>
    protected void Hold()
    {
        _later ??= Clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _later.Change(Pause, Timeout.InfiniteTimeSpan);
    }
}
