namespace Aufruf.Hub.Push;

/// <summary>One viewer of a waiting area. A slow one gets fewer, larger changes and never a gap.</summary>
/// <remarks>At most one message is on its way to a screen: memory stays bounded, and a slow screen delays no other.</remarks>
public abstract class Screen(AreaFeed feed, LimitedLog log)
{
    private int _wakes;
    private int _refresh = 1;
    private AreaState? _shown;

    protected AreaFeed Feed { get; } = feed;

    /// <summary>Sends what the screen lacks.</summary>
    /// <param name="shown">The state that was sent before; null when the screen needs the whole picture.</param>
    /// <param name="now">The same as <paramref name="shown"/> when only something beside the queue may have changed.</param>
    protected abstract Task ShowAsync(AreaState? shown, AreaState now);

    /// <summary>The next message is a whole picture, and it is sent now.</summary>
    public void Refresh()
    {
        Volatile.Write(ref _refresh, 1);
        Wake();
    }

    /// <summary>Something may have changed. The first message leaves on the caller's thread.</summary>
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
                Volatile.Write(ref _refresh, 1); // After a lost message the screen needs everything.
                log.Write(to => HubLog.ScreenNotReached(to, Feed.Area, error.Message), Feed.Area);
            }
        }
        while (Interlocked.Add(ref _wakes, -seen) != 0);
    }

    private Task SendOnceAsync()
    {
        if (Feed.Now is not { } now)
        {
            return Task.CompletedTask;
        }

        // In one step: a refresh that is asked for in this moment must not be lost.
        var shown = Interlocked.Exchange(ref _refresh, 0) == 1 ? null : _shown;
        _shown = now;
        return ShowAsync(shown, now);
    }
}
