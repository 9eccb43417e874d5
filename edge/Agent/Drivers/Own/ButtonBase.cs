namespace Iot.Device.Button;

/// <summary>A button, mirroring the type of the same name in Iot.Device.Bindings. Ours debounces both edges, on monotonic time.</summary>
/// <remarks>A level counts once it has been the same for the debounce time. Noise shorter than that never becomes a press, and a
/// stepped wall clock changes nothing; the original starts its debounce at the release and measures it on the wall clock.</remarks>
public class ButtonBase : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _debounceTime;
    private readonly TimeSpan _doublePressTime;
    private readonly TimeSpan _holdingTime;
    private readonly ITimer _settled;
    private readonly ITimer _held;
    private bool _level;
    private long _edgeAt;
    private long? _lastPress;
    private bool _disposed;

    public ButtonBase(TimeSpan doublePress, TimeSpan holding, TimeSpan debounceTime = default, TimeProvider? time = null)
    {
        (_doublePressTime, _holdingTime, _debounceTime) = (doublePress, holding, debounceTime);
        _time = time ?? TimeProvider.System;
        _settled = _time.CreateTimer(_ => Settle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _held = _time.CreateTimer(_ => Hold(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public event EventHandler<EventArgs>? ButtonDown;
    public event EventHandler<EventArgs>? ButtonUp;
    public event EventHandler<EventArgs>? Press;
    public event EventHandler<EventArgs>? DoublePress;
    public event EventHandler<ButtonHoldingEventArgs>? Holding;

    public bool IsDoublePressEnabled { get; set; }
    public bool IsHoldingEnabled { get; set; }
    public bool IsPressed { get; private set; }

    /// <summary>The contact closed, perhaps while bouncing.</summary>
    protected void HandleButtonPressed() => Edge(true);

    /// <summary>The contact opened, perhaps while bouncing.</summary>
    protected void HandleButtonReleased() => Edge(false);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _settled.Dispose();
            _held.Dispose();
        }
    }

    private void Edge(bool level)
    {
        // The timer may be late on a busy machine; the level before this edge was quiet for long enough all the same.
        var now = _time.GetTimestamp();
        if (_debounceTime > TimeSpan.Zero && _time.GetElapsedTime(Interlocked.Read(ref _edgeAt), now) >= _debounceTime)
        {
            Settle();
        }

        lock (_lock)
        {
            _level = level;
            _edgeAt = now;
            if (_disposed)
            {
                return;
            }

            if (_debounceTime > TimeSpan.Zero)
            {
                // Each edge starts the wait anew: the level must be quiet for the whole debounce time.
                _settled.Change(_debounceTime, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Settle();
    }

    private void Settle()
    {
        List<Action> raise = [];
        lock (_lock)
        {
            if (_disposed || _level == IsPressed)
            {
                return;
            }

            IsPressed = _level;
            if (IsPressed)
            {
                _held.Change(IsHoldingEnabled ? _holdingTime : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                raise.Add(() => ButtonDown?.Invoke(this, EventArgs.Empty));
            }
            else
            {
                _held.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                raise.Add(() => ButtonUp?.Invoke(this, EventArgs.Empty));
                raise.Add(() => Press?.Invoke(this, EventArgs.Empty));
                var now = _time.GetTimestamp();
                var isSecond = IsDoublePressEnabled && _lastPress is { } last && _time.GetElapsedTime(last, now) <= _doublePressTime;
                _lastPress = isSecond ? null : now;
                if (isSecond)
                {
                    raise.Add(() => DoublePress?.Invoke(this, EventArgs.Empty));
                }
            }
        }

        raise.ForEach(r => r());
    }

    private void Hold()
    {
        if (IsPressed)
        {
            Holding?.Invoke(this, new ButtonHoldingEventArgs { HoldingState = ButtonHoldingState.Started });
        }
    }
}

/// <summary>How far a long press has come.</summary>
public enum ButtonHoldingState { Started, Completed, Canceled }

public class ButtonHoldingEventArgs : EventArgs
{
    public ButtonHoldingState HoldingState { get; set; }
}
