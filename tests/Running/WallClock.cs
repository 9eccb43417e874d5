namespace Aufruf.Tests.Running;

/// <summary>The machine's clock with a step. Timers and the time since boot do not step.</summary>
internal sealed class WallClock : TimeProvider
{
    public TimeSpan Step { get; set; }

    /// <summary>Time that passes while no test waits. The time since boot shows it, and timers do not.</summary>
    public TimeSpan Skipped { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step + Skipped;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Skipped.TotalSeconds * TimestampFrequency);
}
