using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>What time it is. A Pi has no clock chip: only monotonic time and the hub's beacon can be trusted, the wall clock may step by hours.</summary>
internal sealed class HubClock(TimeProvider time)
{
    // A beacon older than the last one was overtaken on its way; much older means that the hub's own clock was set back.
    private static readonly TimeSpan SetBack = TimeSpan.FromMinutes(5);

    private DateTimeOffset? _beacon;
    private long _heardAt;

    /// <summary>Whether the operating system says that NTP has set its clock.</summary>
    public bool NtpSynced { get; set; }

    public ClockState State => NtpSynced ? ClockState.Synced : _beacon is null ? ClockState.Unset : ClockState.Estimated;

    /// <summary>Device clock minus hub clock.</summary>
    public TimeSpan? Offset { get; private set; }

    /// <summary>The hub's time now; null before the first beacon.</summary>
    public DateTimeOffset? HubNow => _beacon + time.GetElapsedTime(_heardAt);

    /// <summary>For stamping events.</summary>
    public DateTimeOffset Now => NtpSynced ? time.GetUtcNow() : HubNow ?? time.GetUtcNow();

    public bool Hear(TimeBeacon beacon)
    {
        if (_beacon is { } last && beacon.At <= last && last - beacon.At < SetBack)
        {
            return false;
        }

        _beacon = beacon.At;
        _heardAt = time.GetTimestamp();
        Offset = time.GetUtcNow() - beacon.At;
        return true;
    }

    /// <summary>How long a command is still valid, by the hub's time. Its own date is the least the hub's clock can say: with a clock
    /// that was never set a command just arrived is taken for just sent (we keep no broker session, so none is delivered from an old one).</summary>
    public TimeSpan ValidFor(DeviceCommand command)
    {
        var now = HubNow ?? (NtpSynced ? time.GetUtcNow() : command.At);
        return command.Expires - (now < command.At ? command.At : now);
    }
}
