using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>An act that the core asks for. The loop carries it out; the core never waits for it.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>Publish on state, retained.</summary>
    public sealed record SendState(DeviceState State) : Effect;

    /// <summary>Publish on evt, QoS 1. It may be lost: the core sends it again until it is settled.</summary>
    public sealed record SendEvent(DeviceEvent Event) : Effect;

    /// <summary>Publish on cmd/res, QoS 1; call <see cref="DeviceCore.ResultDelivered"/> when the broker has taken it.</summary>
    public sealed record SendResult(CommandResult Result) : Effect;

    /// <summary>Print within <paramref name="ValidFor"/>; call <see cref="DeviceCore.PrintEnded"/> with the result.</summary>
    public sealed record PrintSlip(Guid Command, Slip Slip, TimeSpan ValidFor) : Effect;

    public sealed record ShowLamp(LampState State) : Effect;

    public sealed record ShowFace(Face Face) : Effect;

    /// <summary>A press was refused; the lamp shows it already. For the log.</summary>
    public sealed record RefusePress(string Button, PressRefusal Why) : Effect;

    /// <summary>The hub did not carry a press out. For the log.</summary>
    public sealed record TellAnswer(string Button, EventOutcome Outcome, string? Reason) : Effect;

    /// <summary>A fault that an operator should read. For the log.</summary>
    public sealed record Complain(string Fault) : Effect;
}

public enum PressRefusal { OutboxFull, DiskUnwritable, Offline, PrinterBlocked, TooLate }
