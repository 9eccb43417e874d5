using System.Device.Gpio;
using Iot.Device.Button;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>Watches the buttons of a board. A press counts when the finger comes down; one held for 30 s is stuck and ignored until released.</summary>
public sealed class ButtonWatcher : IDisposable
{
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    private readonly List<GpioButton> _buttons = [];

    public ButtonWatcher(Board board, GpioController gpio, TimeProvider time, IButtonListener listener, ILogger<ButtonWatcher> log)
    {
        foreach (var pin in board.Buttons)
        {
            var button = Bindings.Button(board, pin, StuckAfter, gpio, time);
            var stuck = false;
            button.IsHoldingEnabled = true;
            button.ButtonDown += (_, _) => listener.Pressed(pin);
            button.Holding += (_, e) =>
            {
                if (e.HoldingState is ButtonHoldingState.Started)
                {
                    stuck = true;
                    Log.ButtonStuck(log, pin.Name, StuckAfter.TotalSeconds);
                    listener.Stuck(pin, true);
                }
            };
            button.ButtonUp += (_, _) =>
            {
                if (stuck)
                {
                    stuck = false;
                    Log.ButtonFree(log, pin.Name);
                    listener.Stuck(pin, false);
                }
            };
            _buttons.Add(button);
        }
    }

    public void Dispose() => _buttons.ForEach(b => b.Dispose());
}

/// <summary>Whoever wants to know about fingers. Called on the thread that saw the edge: return at once.</summary>
public interface IButtonListener
{
    void Pressed(ButtonPin button);
    void Stuck(ButtonPin button, bool stuck);
}
