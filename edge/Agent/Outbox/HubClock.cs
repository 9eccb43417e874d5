using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The time by the hub's beacon and a monotonic clock. A Pi has no clock chip: its wall clock may step by hours.</summary>
internal sealed class HubClock(TimeProvider time)
{
    // A beacon older than the last one was overtaken. A much older one means that the hub's own clock was set back.
    private static readonly TimeSpan SetBack = TimeSpan.FromMinutes(5);

    private DateTimeOffset? _beacon;
    private long _heardAt;

    /// <summary>Whether the operating system says that NTP has set its clock.</summary>
    public bool NtpSynced { get; set; }

    public ClockState State => NtpSynced ? ClockState.Synced : _beacon is null ? ClockState.Unset : ClockState.Estimated;

    /// <summary>The time for stamping events.</summary>
    public DateTimeOffset Now => NtpSynced ? time.GetUtcNow() : HubNow ?? time.GetUtcNow();

    private DateTimeOffset? HubNow => _beacon + time.GetElapsedTime(_heardAt);

    public bool Hear(TimeBeacon beacon)
    {
        if (_beacon is { } last && beacon.At <= last && last - beacon.At < SetBack)
        {
            return false;
        }

        (_beacon, _heardAt) = (beacon.At, time.GetTimestamp());
        return true;
    }

    /// <summary>How long a command is still valid, by the hub's time.</summary>
    /// <remarks>Without any clock a command counts as just sent: no broker session delivers an old one.</remarks>
    public TimeSpan ValidFor(DeviceCommand command)
    {
        var now = HubNow ?? (NtpSynced ? time.GetUtcNow() : command.At);
        return command.Expires - (now < command.At ? command.At : now);
    }
}
