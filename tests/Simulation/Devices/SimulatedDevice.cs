using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Edge;
using Aufruf.Edge.Protocol;

namespace Aufruf.Simulation.Devices;

/// <summary>A Pi with the real core of the edge agent in it. A crash drops the core; the disk stays.</summary>
internal sealed class SimulatedDevice : IIds
{
    private readonly World _world;
    private readonly Edge.DeviceKind _kind;
    private readonly DeviceClock _clock;
    private readonly ITimer _tick;
    private readonly SlipDrawer _slips;
    private int _run;
    private long? _shown;
    private Connection? _connection;

    public SimulatedDevice(World world, Device device)
    {
        (_world, Id, Counter) = (world, device.Id, device.Counter);
        _kind = device.Kind is Domain.Offices.DeviceKind.ButtonBox ? Edge.DeviceKind.ButtonBox : Edge.DeviceKind.TicketPrinter;
        _clock = new DeviceClock(world.Clock);
        Disk = new PowerCutStore(world, this);
        _slips = new SlipDrawer(world, this);
        _tick = world.Clock.CreateTimer(_ => Do(core => core.Tick()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Id { get; }
    public CounterId? Counter { get; }
    public PowerCutStore Disk { get; }

    /// <summary>Null while the device is off.</summary>
    public DeviceCore? Core { get; private set; }

    public bool IsPrinter => _kind is Edge.DeviceKind.TicketPrinter;

    /// <summary>How often it was started: a crash lies between two runs.</summary>
    public int Run => _run;

    /// <summary>Its cable is out.</summary>
    public bool IsCutOff { get; set; }

    public void Boot()
    {
        var run = ++_run;
        // A Pi has no clock chip: it wakes at any time of day, until somebody tells it.
        var synced = _world.Chance.Hits(0.4);
        _clock.Offset = synced ? TimeSpan.Zero : _world.Chance.Below(4) switch
        {
            0 => TimeSpan.FromHours(1),
            1 => TimeSpan.FromHours(-1),
            2 => DateTimeOffset.UnixEpoch - _world.Clock.Now,
            _ => TimeSpan.Zero,
        };
        Core = new DeviceCore(_kind, Disk, this, _clock);
        Core.ClockSynced(synced);
        _shown = null;
        _world.Log($"{Id}: boots");
        _world.Scheduler.Start($"{Id}'s link", () => LinkAsync(run));
        if (IsPrinter)
        {
            PrinterIs(_slips.Condition);
        }
    }

    public void Crash()
    {
        if (Core is null)
        {
            return;
        }

        Core = null;
        _run++;
        _tick.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_connection is { } connection)
        {
            connection.Ended.TrySetResult();
            _world.Network.Doom(connection);
            _connection = null;
        }

        _world.Log($"{Id}: off");
        _world.Scheduler.Start($"{Id}'s restart", async () =>
        {
            await _world.Scheduler.PauseAsync(_world.Pause(1.5, 40));
            Boot();
        });
    }

    public void StepClock()
    {
        if (_world.Chance.Hits(0.5))
        {
            _clock.Offset = TimeSpan.Zero;
            Core?.ClockSynced(true);
        }
        else
        {
            _clock.Offset += _world.Chance.Hits(0.5) ? TimeSpan.FromHours(1) : TimeSpan.FromHours(-1);
        }
    }

    public void Press(string button, string language = "de") => Do(core => core.Press(button, language));

    public void PrinterIs(PrinterCondition condition)
    {
        _slips.Condition = condition;
        Do(core => core.PrinterIs(condition));
    }

    /// <summary>A message has arrived over a connection that is still this device's.</summary>
    public void Receive(Connection connection, string topic, byte[] payload)
    {
        if (connection != _connection)
        {
            return;
        }

        switch (Topics.Parse(topic)?.Channel)
        {
            case Topics.EventAck:
                var ack = Read(payload, ProtocolJson.Default.EventAck);
                _world.Witness.Acked(this, ack);
                Do(core => core.Acked(ack));
                break;
            case Topics.Command:
                var command = Read(payload, ProtocolJson.Default.DeviceCommand);
                Do(core => core.Commanded(command));
                if (_world.Sabotage is Sabotage.DevicePrintsTwice && command.Data.Deserialize(ProtocolJson.Default.Slip) is { } slip)
                {
                    _slips.Print(new Effect.PrintSlip(command.Id, slip, TimeSpan.FromMinutes(1)));
                }

                break;
            case Topics.Face:
                Do(core => core.Faced(Read(payload, ProtocolJson.Default.Face)));
                break;
            case null when topic == Topics.Time(_world.Office.Key):
                Core?.Heard(Read(payload, ProtocolJson.Default.TimeBeacon));
                break;
            default:
                break;
        }
    }

    /// <summary>One step of the core, and what comes of it.</summary>
    public void Do(Func<DeviceCore, IReadOnlyList<Effect>> step)
    {
        if (Core is not { } core)
        {
            return;
        }

        try
        {
            Carry(step(core));
        }
        catch (PowerCutException)
        {
            Crash();
            return;
        }

        _tick.Change(core.Due ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    Guid IIds.NewEvent(DateTimeOffset at) => _world.Chance.NewGuid();

    string IIds.NewBoot() => $"b-{_world.Chance.Next() & 0xFFFFFFFF:x8}";

    private void Carry(IReadOnlyList<Effect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Effect.SendEvent e:
                    Send(Topics.Event, JsonSerializer.SerializeToUtf8Bytes(e.Event, ProtocolJson.Default.DeviceEvent));
                    if (_world.Sabotage is Sabotage.DeviceForgetsOnSend)
                    {
                        _world.Scheduler.Post(_ => Do(core => core.Acked(new EventAck(1, [new EventAnswer(e.Event.Id, EventOutcome.Accepted)]))), null);
                    }

                    break;
                case Effect.SendResult e:
                    Send(Topics.CommandResult, JsonSerializer.SerializeToUtf8Bytes(e.Result, ProtocolJson.Default.CommandResult),
                        () => Do(core => core.ResultDelivered(e.Result.Id)));
                    break;
                case Effect.PrintSlip e:
                    _slips.Print(e);
                    break;
                case Effect.ShowFace e:
                    _world.Promise(_shown is not { } last || e.Face.Rev >= last, () => $"The sign of {Id} went back from revision {_shown} to {e.Face.Rev}.");
                    _shown = e.Face.Rev;
                    break;
                default:
                    break; // Lamp and log.
            }
        }
    }

    private void Send(string channel, byte[] payload, Action? delivered = null)
    {
        if (_connection is { } connection)
        {
            _world.Network.SendUp(connection, channel, payload, delivered);
        }
    }

    private async Task LinkAsync(int run)
    {
        var backoff = new Backoff(new SeededRandom(_world.Chance));
        while (run == _run)
        {
            var connection = await _world.Network.ConnectAsync(this);
            if (run != _run)
            {
                if (connection is not null)
                {
                    _world.Network.Doom(connection);
                }

                return;
            }

            if (connection is null)
            {
                await _world.Scheduler.PauseAsync(backoff.Next());
                continue;
            }

            backoff.Reset();
            _connection = connection;
            Send(Topics.State, JsonSerializer.SerializeToUtf8Bytes(new DeviceState(1, DevicePresence.Ready, null), ProtocolJson.Default.DeviceState));
            Do(core => core.Connected());
            await connection.Ended.Task;
            if (run == _run)
            {
                _connection = null;
                Do(core => core.Disconnected());
            }
        }
    }

    private static T Read<T>(byte[] payload, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(payload, type) ?? throw new JsonException("null is no message.");

    private sealed class SeededRandom(Clockwork.Chance chance) : Random
    {
        public override double NextDouble() => chance.Below(1_000_000) / 1_000_000.0;
    }
}
