using Aufruf.Hub.Running;

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

/// <summary>The machine of that clock. So time that passes is no step, and a skip of days is believed.</summary>
internal sealed class SkippingMachine(IMachineTime machine, WallClock clock) : IMachineTime
{
    public string Boot => machine.Boot;

    public TimeSpan Uptime => machine.Uptime + clock.Skipped;

    public bool IsSynchronised => machine.IsSynchronised;

    public ClockMark? Mark { get => machine.Mark; set => machine.Mark = value; }
}
