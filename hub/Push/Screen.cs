namespace Aufruf.Hub.Push;

/// <summary>One thing that shows a waiting area. It is sent what it lacks: a slow one gets fewer, larger changes and never a gap.</summary>
/// <remarks>At most one message is on its way to a screen, so memory stays bounded and nobody waits for somebody else's slow phone.</remarks>
public abstract class Screen(AreaFeed feed, ILogger log)
{
    private int _wakes;
    private volatile bool _afresh = true;
    private AreaState? _shown;

    protected AreaFeed Feed { get; } = feed;

    /// <summary>What was sent last; null before the first picture.</summary>
    protected AreaState? Shown => _shown;

    /// <summary>Sends the whole picture.</summary>
    protected abstract Task SendWholeAsync(AreaState now);

    /// <summary>Sends what changed. False: that cannot be told, send the whole picture.</summary>
    protected abstract Task<bool> SendChangeAsync(AreaState shown, AreaState now);

    /// <summary>Sends what else may have changed besides the queue, such as a device that was lost.</summary>
    protected virtual Task SendAsideAsync() => Task.CompletedTask;

    /// <summary>The next message is a whole picture.</summary>
    public void StartAfresh() => _afresh = true;

    /// <summary>Something may have changed. The first message leaves on the caller's thread, without a hand-over.</summary>
    public void Wake()
    {
        if (Interlocked.Increment(ref _wakes) == 1)
        {
            _ = SendAllAsync();
        }
    }

    private async Task SendAllAsync()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _wakes);
            try
            {
                await SendOnceAsync();
            }
            catch (Exception error)
            {
                // A screen that cannot be reached is told everything when it connects again.
                _afresh = true;
                HubLog.ScreenNotReached(log, Feed.Area, error.Message);
            }
        }
        while (Interlocked.Add(ref _wakes, -seen) != 0);
    }

    private async Task SendOnceAsync()
    {
        if (Feed.Now is not { } now)
        {
            return;
        }

        if (!_afresh && _shown is { } shown)
        {
            if (shown == now)
            {
                await SendAsideAsync();
                return;
            }

            if (await SendChangeAsync(shown, now))
            {
                _shown = now;
                return;
            }
        }

        _afresh = false;
        _shown = now;
        await SendWholeAsync(now);
    }
}
