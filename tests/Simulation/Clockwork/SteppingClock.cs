namespace Aufruf.Simulation.Clockwork;

/// <summary>A machine's clock, which may be off. The time since the boot is always right.</summary>
internal sealed class SteppingClock(VirtualTime time) : TimeProvider
{
    public TimeSpan Off { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Off;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
