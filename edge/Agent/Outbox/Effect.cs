using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>What the core wants done. The shell does it; the core never waits for it.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>Publish on evt, QoS 1. May be lost: the core sends it again until it is settled.</summary>
    public sealed record SendEvent(DeviceEvent Event) : Effect;

    /// <summary>Publish on cmd/res, QoS 1; tell <see cref="DeviceCore.ResultDelivered"/> when the broker has taken it.</summary>
    public sealed record SendResult(CommandResult Result) : Effect;

    /// <summary>Print, and tell <see cref="DeviceCore.PrintEnded"/> what became of it. Not to be begun after <paramref name="ValidFor"/>.</summary>
    public sealed record PrintSlip(Guid Command, Slip Slip, TimeSpan ValidFor) : Effect;

    /// <summary>The lamp has a new state.</summary>
    public sealed record ShowLamp(LampState State) : Effect;

    /// <summary>The counter has a new face.</summary>
    public sealed record ShowFace(Face Face) : Effect;

    /// <summary>A press was not taken; the lamp says so already. For the log.</summary>
    public sealed record RefusePress(string Button, PressRefusal Why) : Effect;

    /// <summary>Something an operator should read. For the log.</summary>
    public sealed record Complain(Complaint What, string Detail) : Effect;
}

/// <summary>Why a press was not taken.</summary>
public enum PressRefusal { OutboxFull, DiskUnwritable, Offline, PrinterBlocked }

public enum Complaint { DiskUnwritable, CommandMalformed }
