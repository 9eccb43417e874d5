namespace Aufruf.Hub.Gateway;

/// <summary>Notices that this process stood still, because its machine was paused or busy. Messages that waited are older than they
/// seem.</summary>
public sealed class Standstill(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(2);

    // The messages that waited are read in this time.
    private static readonly TimeSpan CatchingUp = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _lookedAt = clock.GetTimestamp();
    private (TimeSpan Length, long EndedAt) _last;

    /// <summary>How long the standstill was that has just ended; zero when there was none.</summary>
    public TimeSpan JustEnded
    {
        get
        {
            lock (_gate)
            {
                Look(); // A message may be read before the next look.
                return _last.Length > TimeSpan.Zero && clock.GetElapsedTime(_last.EndedAt) < CatchingUp ? _last.Length : TimeSpan.Zero;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEach, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            LookNow();
        }
    }

    /// <summary>The process runs.</summary>
    internal void LookNow()
    {
        lock (_gate)
        {
            Look();
        }
    }

    private void Look()
    {
        var gap = clock.GetElapsedTime(_lookedAt);
        _lookedAt = clock.GetTimestamp();
        if (gap > Noticed)
        {
            _last = (gap, _lookedAt);
        }
    }
}
