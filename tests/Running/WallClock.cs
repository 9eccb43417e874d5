namespace Aufruf.Tests.Running;

/// <summary>The machine's clock with a step. Timers and the time since boot do not step.</summary>
internal sealed class WallClock : TimeProvider
{
    public TimeSpan Step { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;
}
