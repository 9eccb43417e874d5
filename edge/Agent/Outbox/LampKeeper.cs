namespace Aufruf.Edge;

/// <summary>What the one lamp of a device says. Off: offline. A glint every few seconds: ready. Pulse: waiting for the hub.
/// One second solid: accepted. Three blinks: refused or ignored. Slow blinking: out of order (printer blocked or outbox full).</summary>
public enum LampState { Offline, Ready, Waiting, Accepted, Refused, Blocked }

/// <summary>Decides the lamp's state from what the device is waiting for.</summary>
internal sealed class LampKeeper(OutboxLimits limits, TimeProvider time)
{
    private readonly HashSet<Guid> _waiting = [];
    private LampState? _answer;
    private long _answeredAt;

    public bool Connected { get; set; }
    public bool Blocked { get; set; }

    public LampState State =>
        _answer is { } answer && UntilChange() > TimeSpan.Zero ? answer
        : !Connected ? LampState.Offline
        : Blocked ? LampState.Blocked
        : _waiting.Count > 0 ? LampState.Waiting
        : LampState.Ready;

    public void Wait(Guid press)
    {
        _waiting.Add(press);
        _answer = null;
    }

    /// <summary>Only the first answer to a press of this run is shown; repeats are not.</summary>
    public void Answer(Guid press, bool accepted)
    {
        if (_waiting.Remove(press))
        {
            Show(accepted ? LampState.Accepted : LampState.Refused);
        }
    }

    public void Refuse() => Show(LampState.Refused);

    public TimeSpan? UntilChange()
    {
        if (_answer is not { } answer)
        {
            return null;
        }

        var left = (answer is LampState.Accepted ? limits.AcceptedShown : limits.RefusedShown) - time.GetElapsedTime(_answeredAt);
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        _answer = null;
        return null;
    }

    private void Show(LampState answer)
    {
        _answer = answer;
        _answeredAt = time.GetTimestamp();
    }
}
