namespace Aufruf.Edge;

/// <summary>Off: offline. A short flash every 3 s: ready. Pulse: waiting for the hub. One second solid: accepted.
/// Three blinks: refused or ignored. Slow blinking: out of order, because the printer is blocked or the outbox is full.</summary>
public enum LampState { Offline, Ready, Waiting, Accepted, Refused, Blocked }

/// <summary>Decides the state of the device's one lamp.</summary>
internal sealed class LampKeeper(TimeProvider time)
{
    private static readonly TimeSpan AcceptedShown = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusedShown = TimeSpan.FromMilliseconds(900); // three blinks

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

    /// <summary>Only the first answer to a press of this run is shown.</summary>
    public void Answer(Guid press, bool accepted)
    {
        if (_waiting.Remove(press))
        {
            Show(accepted ? LampState.Accepted : LampState.Refused);
        }
    }

    public void Refuse() => Show(LampState.Refused);

    /// <summary>This press waits no longer; an answer that still comes is not shown.</summary>
    public void GiveUp(Guid press)
    {
        _waiting.Remove(press);
        Refuse();
    }

    /// <summary>How long the answer is still shown; null when none is.</summary>
    public TimeSpan? UntilChange()
    {
        var left = (_answer is LampState.Accepted ? AcceptedShown : RefusedShown) - time.GetElapsedTime(_answeredAt);
        _answer = left > TimeSpan.Zero ? _answer : null;
        return _answer is null ? null : left;
    }

    private void Show(LampState answer) => (_answer, _answeredAt) = (answer, time.GetTimestamp());
}
