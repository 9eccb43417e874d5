using System.Device.Gpio;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>Watches the buttons of a device. A press counts when the contact closes; a button held for 30 s is stuck.</summary>
/// <param name="pressed">Called on the thread that saw the edge: it returns at once.</param>
public sealed class ButtonWatcher(PinMap map, GpioController gpio, TimeProvider time, Action<ButtonPin> pressed, ILogger log) : IDisposable
{
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    // The kernel may drop an edge. Read again this often, a lost one costs neither its press nor the next.
    private static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(50);

    private readonly List<Contact> _contacts = [.. map.Buttons.Select(button => new Contact(button, map, gpio, time, pressed, log))];

    public void Dispose() => _contacts.ForEach(contact => contact.Dispose());

    /// <summary>One contact. Its level counts when it has not changed for the debounce time, by the monotonic clock.</summary>
    private sealed class Contact : IDisposable
    {
        private readonly ButtonPin _button;
        private readonly PinMap _map;
        private readonly GpioController _gpio;
        private readonly TimeProvider _time;
        private readonly Action<ButtonPin> _pressed;
        private readonly ILogger _log;
        private readonly Lock _lock = new();
        private readonly ITimer _settled;
        private readonly ITimer _stuck;
        private bool _isClosed; // by the last edge
        private bool _isDown;   // by the last level that counted
        private bool _isStuck;
        private bool _isDisposed;
        private long _edgeAt;

        public Contact(ButtonPin button, PinMap map, GpioController gpio, TimeProvider time, Action<ButtonPin> pressed, ILogger log)
        {
            (_button, _map, _gpio, _time, _pressed, _log) = (button, map, gpio, time, pressed, log);
            _settled = time.CreateTimer(_ => ReadAgain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _stuck = time.CreateTimer(_ => ReportStuck(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            gpio.Open(button.Name, button.Pin, map.ButtonMode);
            gpio.RegisterCallbackForPinValueChangedEvent(button.Pin, PinEventTypes.Falling | PinEventTypes.Rising, TakeEdge);
            // A button that is down already sends no edge.
            _settled.Change(map.Debounce, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            if (_isDisposed)
            {
                return;
            }

            _gpio.UnregisterCallbackForPinValueChangedEvent(_button.Pin, TakeEdge);
            lock (_lock)
            {
                _isDisposed = true;
                _settled.Dispose();
                _stuck.Dispose();
                _gpio.ClosePin(_button.Pin);
            }
        }

        private void TakeEdge(object sender, PinValueChangedEventArgs edge)
        {
            lock (_lock)
            {
                // On a busy machine the timer is late. The level before this edge counts if it lasted long enough.
                if (Quiet >= _map.Debounce)
                {
                    Settle();
                }

                _isClosed = (edge.ChangeType is PinEventTypes.Falling) == _map.PullUp;
                _edgeAt = _time.GetTimestamp();
                if (!_isDisposed)
                {
                    _settled.Change(_map.Debounce, Timeout.InfiniteTimeSpan);
                }
            }
        }

        private void ReadAgain()
        {
            lock (_lock)
            {
                if (_isDisposed)
                {
                    return;
                }

                if (Quiet is var quiet && quiet < _map.Debounce)
                {
                    _settled.Change(_map.Debounce - quiet, Timeout.InfiniteTimeSpan);
                    return;
                }

                var isClosed = _gpio.Read(_button.Pin) == !_map.PullUp;
                if (isClosed != _isClosed && _isClosed == _isDown)
                {
                    // No edge announced this change: it begins now, and counts if it lasts.
                    (_isClosed, _edgeAt) = (isClosed, _time.GetTimestamp());
                    _settled.Change(_map.Debounce, Timeout.InfiniteTimeSpan);
                    return;
                }

                _isClosed = isClosed;
                Settle();
                _settled.Change(LookEach, Timeout.InfiniteTimeSpan);
            }
        }

        private TimeSpan Quiet => _time.GetElapsedTime(_edgeAt);

        private void Settle()
        {
            if (_isClosed == _isDown)
            {
                return;
            }

            _isDown = _isClosed;
            _stuck.Change(_isDown ? StuckAfter : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (_isDown)
            {
                _pressed(_button);
            }
            else if (_isStuck)
            {
                _isStuck = false;
                Log.ButtonFree(_log, _button.Name);
            }
        }

        private void ReportStuck()
        {
            lock (_lock)
            {
                if (_isDown && !_isDisposed)
                {
                    _isStuck = true;
                    Log.ButtonStuck(_log, _button.Name, StuckAfter.TotalSeconds);
                }
            }
        }
    }
}
