namespace Aufruf.Simulation.Clockwork;

/// <summary>Time that stops while anything is ready, and then jumps.</summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<(VirtualTimer Timer, long Setting), (long Due, long Order)> _timers = new();
    private long _ticks;
    private long _order;

    public DateTimeOffset Now => start.AddTicks(_ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>All machines sleep for a time: timers that are due meanwhile come late, one after the other.</summary>
    public void Sleep(TimeSpan time) => _ticks += time.Ticks;

    /// <summary>Jumps to the next timer and fires it; false when there is none before the end: then it is the end.</summary>
    public bool FireNext(DateTimeOffset end)
    {
        while (_timers.TryPeek(out var next, out var due) && start.AddTicks(due.Due) <= end)
        {
            _timers.Dequeue();
            if (next.Timer.Setting == next.Setting)
            {
                _ticks = Math.Max(_ticks, due.Due);
                next.Timer.Fire();
                return true;
            }
        }

        _ticks = Math.Max(_ticks, (end - start).Ticks);
        return false;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Counts how often the timer was set; an older setting in the queue is void.</summary>
        public long Setting { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Setting++;
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                // A span finer than a tick would fire too early. A caller that reads the clock would then sleep again.
                time._timers.Enqueue((this, Setting), (time._ticks + Math.Max(0, dueTime.Ticks), time._order++));
            }

            return true;
        }

        public void Fire()
        {
            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            callback(state);
        }

        public void Dispose() => Setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
