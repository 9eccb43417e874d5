namespace Aufruf.Simulation.Devices;

/// <summary>A Pi's clock: the seconds are right, the time of day may be anything.</summary>
internal sealed class DeviceClock(TimeProvider truth) : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => truth.TimestampFrequency;

    public override long GetTimestamp() => truth.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + Offset;
}
