using System.Threading.Channels;
using Aufruf.Edge.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>The one thread that owns the core: inputs come through a queue in the order they happened, effects go out to lamp, sign, link and printer.</summary>
public sealed class DeviceLoop : BackgroundService, IButtonListener, IHubListener, IPrinterListener
{
    // Lamp and sign are looked at 20 times a second; at 50 ms no blink is missed and a Pi Zero does not notice.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    // Fingers, broker and printer together make some tens a second at worst; 1000 means the loop hangs.
    private const int Backlog = 1000;

    private readonly Channel<Action> _inputs = Channel.CreateBounded<Action>(Backlog);
    private readonly DeviceCore _core;
    private readonly Board _board;
    private readonly Lamp _lamp;
    private readonly CounterSign _sign;
    private readonly TimeProvider _time;
    private readonly ILogger<DeviceLoop> _log;
    private ILink? _link;
    private SlipPrinter? _printer;

    public DeviceLoop(DeviceCore core, Board board, Lamp lamp, CounterSign sign, TimeProvider time, ILogger<DeviceLoop> log)
    {
        (_core, _board, _lamp, _sign, _time, _log) = (core, board, lamp, sign, time, log);
        Glance = DeviceGlance.Of(core);
    }

    /// <summary>What the loop last knew, for pages and tests; never older than one beat.</summary>
    public DeviceGlance Glance { get; private set; }

    /// <summary>Link and printer report to the loop and are driven by it: they are attached once both exist.</summary>
    public void Attach(ILink link, SlipPrinter? printer) => (_link, _printer) = (link, printer);

    void IButtonListener.Pressed(ButtonPin button)
    {
        Log.ButtonPressed(_log, button.Name);
        Post(() => _core.Press(button.Name, button.Language ?? _board.Language));
    }

    void IButtonListener.Stuck(ButtonPin button, bool stuck) => Post(() => _core.Stuck(button.Name, stuck));
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

    Task<DeviceHealth> IHubListener.HealthAsync(CancellationToken stop)
    {
        var health = new TaskCompletionSource<DeviceHealth>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(() => health.TrySetResult(DeviceFacts.Health(_core, _board, _core.Now)));
        return health.Task.WaitAsync(stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, _time);
        var beating = BeatAsync(beat, stoppingToken);
        await foreach (var input in _inputs.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                input();
            }
#pragma warning disable CA1031 // A fault in one step must not take the buttons away from a whole hall; it is logged, loudly.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.StepFailed(_log, fault);
            }

            Glance = DeviceGlance.Of(_core);
        }

        await beating;
    }

    // The beat also ends the loop: what was posted before the stop is still done, a press already felt by a finger among it.
    private async Task BeatAsync(PeriodicTimer beat, CancellationToken stop)
    {
        try
        {
            while (await beat.WaitForNextTickAsync(stop))
            {
                Enqueue(() =>
                {
                    _core.ClockSynced(DeviceFacts.IsClockSynced);
                    if (_core.Due is { } due && due <= TimeSpan.Zero || _core.Lamp != _lamp.State)
                    {
                        Carry(_core.Tick());
                    }

                    _lamp.Refresh();
                    _sign.Refresh();
                });
            }
        }
        catch (OperationCanceledException)
        {
            _inputs.Writer.Complete();
        }
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
                case Effect.SendEvent e:
                    _link?.Send(e.Event);
                    break;
                case Effect.SendResult e:
                    _link?.Send(e.Result);
                    break;
                case Effect.PrintSlip e when _printer is not null:
                    _printer.Print(e);
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
                case Effect.Complain e:
                    Log.Complained(_log, e.What, e.Detail);
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException($"Nobody carries out {effect}.");
            }
        }
    }
}

/// <summary>The device at a glance.</summary>
public sealed record DeviceGlance(bool IsConnected, int Depth, long LastSeq, LampState Lamp, PrinterCondition Printer)
{
    internal static DeviceGlance Of(DeviceCore core) => new(core.IsConnected, core.Depth, core.LastSeq, core.Lamp, core.Printer);
}
