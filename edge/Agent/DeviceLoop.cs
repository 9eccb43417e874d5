using System.Threading.Channels;
using Aufruf.Edge.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>The device: its buttons, lamp, sign, printer and link, around the one loop that owns the core.</summary>
/// <remarks>Inputs come through a queue in the order of their happening; effects go out to lamp, sign, link and printer.</remarks>
public sealed class DeviceLoop : BackgroundService, IHubListener, IPrinterListener
{
    // At 50 ms no blink is missed, and a Pi Zero is not busy.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    // Fingers, broker and printer together make some tens a second at worst; 1000 means that the loop hangs.
    private const int Backlog = 1000;

    // systemd-timesyncd touches this file when it has set the clock. Source: systemd-timesyncd.service(8).
    private const string TimeSynced = "/run/systemd/timesync/synchronized";

    private readonly Channel<Action> _inputs = Channel.CreateBounded<Action>(Backlog);
    private readonly PinMap _map;
    private readonly TimeProvider _time;
    private readonly ILogger<DeviceLoop> _log;
    private readonly DeviceCore _core;
    private readonly Lamp _lamp;
    private readonly ButtonWatcher _buttons;
    private readonly CounterSign _sign;
    private readonly MqttLink _link;
    private readonly SlipPrinter? _printer;

    public DeviceLoop(
        EdgeOptions options, PinMap map, PinAccess pins, IOutboxStore store, TimeProvider time, ILogger<DeviceLoop> log)
    {
        (_map, _time, _log) = (map, time, log);
        _core = new DeviceCore(map.Kind, store, time);
        _lamp = new Lamp(map, pins, time);
        _sign = new CounterSign(map, pins, time);
        _link = new MqttLink(options, this, time, log);
        _printer = map.Printer is { } printer
            ? new SlipPrinter(options.PrinterOf(map), PrinterProfile.Load(Path.Combine(map.Folder, printer.Profile)), this, time, log)
            : null;
        _buttons = new ButtonWatcher(map, pins.Gpio, time, Press, log);
        Glance = GlanceAt(_core);
        Log.Started(log, options.Device, options.Office, map.Name, _core.Boot, _core.Depth);
    }

    /// <summary>The state after the last input, for pages and tests.</summary>
    public DeviceGlance Glance { get; private set; }

    void IHubListener.LinkUp() => Post(_core.Connected);
    void IHubListener.LinkDown() => Post(_core.Disconnected);
    void IHubListener.Acked(EventAck ack) => Post(() => _core.Acked(ack));
    void IHubListener.Commanded(DeviceCommand command) => Post(() => _core.Commanded(command));
    void IHubListener.Faced(Face face) => Post(() => _core.Faced(face));
    void IHubListener.ResultDelivered(Guid command) => Post(() => _core.ResultDelivered(command));
    void IPrinterListener.PrinterIs(PrinterCondition condition) => Post(() => _core.PrinterIs(condition));

    void IHubListener.Heard(TimeBeacon beacon) => Enqueue(() =>
    {
        if (_core.Heard(beacon))
        {
            _sign.Hear();
        }
    });

    void IPrinterListener.PrintEnded(Guid command, CommandOutcome outcome, string? reason)
    {
        Log.SlipEnded(_log, command, outcome, reason);
        Post(() => _core.PrintEnded(command, outcome, reason));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var working = WorkAsync(stoppingToken);
        await foreach (var input in _inputs.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                input();
            }
#pragma warning disable CA1031 // A fault in one step is logged; the buttons must go on working.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.StepFailed(_log, fault);
            }

            Glance = GlanceAt(_core);
        }

        await working;
        Log.Stopped(_log);
    }

    public override void Dispose()
    {
        _buttons.Dispose();
        _sign.Dispose();
        base.Dispose();
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        try
        {
            var printing = _printer?.RunAsync(stop) ?? Task.CompletedTask;
            await foreach (var ended in Task.WhenEach(_link.RunAsync(stop), printing, BeatAsync(stop)))
            {
                await ended; // A fault ends the program, and systemd starts it again.
            }
        }
        finally
        {
            _buttons.Dispose();
            // Inputs from before the stop are still done, a last press among them.
            _inputs.Writer.Complete();
        }
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        using var beat = new PeriodicTimer(Beat, _time);
        try
        {
            while (await beat.WaitForNextTickAsync(stop))
            {
                Enqueue(Refresh);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private void Press(ButtonPin button)
    {
        Log.ButtonPressed(_log, button.Name);
        Post(() => _core.Press(button.Name, button.Language ?? _map.Language));
    }

    private void Refresh()
    {
        _core.ClockSynced(File.Exists(TimeSynced));
        if (_core.Due <= TimeSpan.Zero || _core.Lamp != _lamp.State)
        {
            Carry(_core.Tick());
        }

        _lamp.Refresh();
        _sign.Refresh();
    }

    private void Post(Func<IReadOnlyList<Effect>> step) => Enqueue(() => Carry(step()));

    private void Enqueue(Action input)
    {
        if (!_inputs.Writer.TryWrite(input) && !_inputs.Reader.Completion.IsCompleted)
        {
            Log.LoopBehind(_log, Backlog);
        }
    }

    private void Carry(IReadOnlyList<Effect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Effect.SendState e:
                    _link.Send(e.State);
                    break;
                case Effect.SendEvent e:
                    _link.Send(e.Event);
                    break;
                case Effect.SendResult e:
                    _link.Send(e.Result);
                    break;
                case Effect.PrintSlip e:
                    _printer?.Print(e.Command, e.Slip, e.ValidFor);
                    break;
                case Effect.ShowLamp e:
                    _lamp.Show(e.State);
                    break;
                case Effect.ShowFace e:
                    _sign.Show(e.Face);
                    break;
                case Effect.RefusePress e:
                    Log.PressRefused(_log, e.Button, e.Why);
                    break;
                case Effect.TellAnswer e:
                    Log.PressNotDone(_log, e.Button, e.Outcome, e.Reason);
                    break;
                case Effect.Complain e:
                    Log.Complained(_log, e.Fault);
                    break;
            }
        }
    }

    private static DeviceGlance GlanceAt(DeviceCore core) => new(core.IsConnected, core.Depth, core.LastSeq, core.Lamp, core.Printer);
}

/// <summary>The device at a glance.</summary>
public sealed record DeviceGlance(bool IsConnected, int Depth, long LastSeq, LampState Lamp, PrinterCondition Printer);
