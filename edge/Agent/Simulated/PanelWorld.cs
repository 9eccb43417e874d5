using System.Text.Json.Serialization;

namespace Aufruf.Edge;

/// <summary>The hall around a simulated device: fingers for its buttons, eyes for its lamp and sign, hands for its printer.</summary>
public sealed class PanelWorld : IDisposable
{
    private static readonly TimeSpan Finger = TimeSpan.FromMilliseconds(90);

    private readonly EdgeOptions _options;
    private readonly Board _board;
    private readonly SimulatedGpioDriver _gpio;
    private readonly DeviceLoop _loop;
    private readonly TimeProvider _time;
    private readonly Tm1637Probe? _sign;
    private readonly Dictionary<string, SemaphoreSlim> _fingers;

    public PanelWorld(EdgeOptions options, Board board, SimulatedGpioDriver gpio, DeviceLoop loop, TimeProvider time,
        Tm1637Probe? sign = null, EscPosEmulator? printer = null)
    {
        (_options, _board, _gpio, _loop, _time, _sign, Printer) = (options, board, gpio, loop, time, sign, printer);
        _fingers = board.Buttons.ToDictionary(b => b.Name, _ => new SemaphoreSlim(1));
    }

    public EscPosEmulator? Printer { get; }

    /// <summary>Presses a button as a finger does: the contact bounces going down and coming up. False for a button that is not there.</summary>
    public async Task<bool> PressAsync(string name, CancellationToken stop)
    {
        if (_board.Buttons.FirstOrDefault(b => b.Name == name) is not { } button)
        {
            return false;
        }

        await _fingers[name].WaitAsync(stop);
        try
        {
            Move(button.Pin, down: true);
            await Task.Delay(Finger, _time, stop);
        }
        finally
        {
            // A finger always comes up again, also when the page has gone.
            Move(button.Pin, down: false);
            await Task.Delay(_board.Debounce * 2, _time, CancellationToken.None);
            _fingers[name].Release();
        }

        return true;
    }

    public PanelView Look()
    {
        var glance = _loop.Glance;
        return new PanelView(
            _options.Device, _options.Office, _board.Name, _board.Kind, glance.IsConnected, glance.Depth, glance.LastSeq,
            _board.Lamp is { } lamp ? _gpio.Peek(lamp) : null, glance.Lamp,
            _sign is null ? null : new PanelSign([.. _sign.Segments.Select(s => (int)s)], _sign.Brightness, _sign.Text.Trim()),
            [.. _board.Buttons.Select(b => new PanelButton(b.Name, b.Label ?? $"Taste {b.Name}"))],
            _board.Printer is null ? null : glance.Printer,
            Printer is null ? [] : [.. Enum.GetValues<PrinterFault>().Where(f => Printer.Has(f))],
            Printer is null ? [] : [.. Printer.Slips.Select(s => new PanelSlip(s.Nr, s.Text))]);
    }

    public void Dispose()
    {
        foreach (var finger in _fingers.Values)
        {
            finger.Dispose();
        }
    }

    // A contact bounces within a millisecond. No waiting in between: on a busy machine one millisecond becomes thirty,
    // and thirty of them are a second press, not a bounce.
    private void Move(int pin, bool down)
    {
        var level = down ^ _board.PullUp;
        for (var i = 0; i < 3; i++)
        {
            _gpio.Drive(pin, level);
            _gpio.Drive(pin, !level);
        }

        _gpio.Drive(pin, level);
    }
}

/// <summary>All that the page shows.</summary>
public sealed record PanelView(
    string Device, string Office, string Board, string Kind, bool Connected, int Depth, long LastSeq, bool? Lit, LampState Lamp, PanelSign? Sign,
    IReadOnlyList<PanelButton> Buttons, Protocol.PrinterCondition? Printer, IReadOnlyList<PrinterFault> Faults, IReadOnlyList<PanelSlip> Slips);

public sealed record PanelSign(IReadOnlyList<int> Segments, int Brightness, string Text);

public sealed record PanelButton(string Name, string Label);

public sealed record PanelSlip(int Nr, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PanelView))]
internal sealed partial class PanelJson : JsonSerializerContext;
