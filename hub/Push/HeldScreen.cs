namespace Aufruf.Hub.Push;

/// <summary>A screen that delays what is not urgent by up to a second.</summary>
public abstract class HeldScreen(AreaFeed feed, TimeProvider clock, LimitedLog log) : Screen(feed, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long? _showedAt;
    private ITimer? _later;

    protected TimeProvider Clock { get; } = clock;

    /// <summary>The pause after the last message is over.</summary>
    protected bool IsDue => _showedAt is not { } showed || Clock.GetElapsedTime(showed) >= Pause;

    /// <summary>Everything is shown: the next pause begins.</summary>
    protected void Showed() => _showedAt = Clock.GetTimestamp();

    /// <summary>Something is delayed: wake again after the pause.</summary>
    protected void Hold()
    {
        _later ??= Clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _later.Change(Pause, Timeout.InfiniteTimeSpan);
    }
}
