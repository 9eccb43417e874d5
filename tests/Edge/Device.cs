using System.Text.Json;
using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Aufruf.Simulation.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Edge;

/// <summary>Monotonic time that only goes forward, and a wall clock beside it that may step.</summary>
internal sealed class SteppingClock : TimeProvider
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _inner = new(Morning);

    public TimeSpan Step { get; set; }
    public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow() + Step;
    public override long GetTimestamp() => _inner.GetTimestamp();
    public override long TimestampFrequency => _inner.TimestampFrequency;
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _inner.CreateTimer(callback, state, dueTime, period);

    /// <summary>In steps: the fake clock calls all timers of one step at the step's end.</summary>
    public void Advance(TimeSpan by)
    {
        var step = TimeSpan.FromTicks(Math.Max(by.Ticks / 1000, TimeSpan.TicksPerMillisecond * 5));
        for (var rest = by; rest > TimeSpan.Zero; rest -= step)
        {
            _inner.Advance(rest < step ? rest : step);
        }
    }

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));
}

/// <summary>A device core on a memory store that can be killed and started again, with everything it wanted done.</summary>
internal sealed class Device
{
    private readonly DeviceKind _kind;

    public Device(DeviceKind kind = DeviceKind.ButtonBox)
    {
        _kind = kind;
        Core = Boot();
    }

    public SteppingClock Time { get; } = new();
    public MemoryOutboxStore Store { get; } = new();
    public DeviceCore Core { get; private set; }
    public List<Effect> Effects { get; } = [];

    public IEnumerable<DeviceEvent> Sent => Effects.OfType<Effect.SendEvent>().Select(e => e.Event);
    public IEnumerable<CommandResult> Results => Effects.OfType<Effect.SendResult>().Select(e => e.Result);
    public IEnumerable<Effect.PrintSlip> Printed => Effects.OfType<Effect.PrintSlip>();
    public IEnumerable<PressRefusal> Refusals => Effects.OfType<Effect.RefusePress>().Select(e => e.Why);

    /// <summary>The plug is pulled; nothing but the store survives.</summary>
    public void Crash()
    {
        Core = Boot();
        Effects.Clear();
    }

    public void Do(Func<DeviceCore, IReadOnlyList<Effect>> step) => Effects.AddRange(step(Core));

    public void Press(string button = Buttons.Next) => Do(c => c.Press(button));

    public void Connect() => Do(c => c.Connected());

    public void Wait(double seconds)
    {
        Time.Advance(seconds);
        Do(c => c.Tick());
    }

    public void Ack(DeviceEvent settled, EventOutcome outcome = EventOutcome.Accepted) =>
        Do(c => c.Acked(new EventAck(1, [new EventAnswer(settled.Id, outcome)])));

    public static Slip Slip(string number = "A042", bool copy = false) =>
        new(Guid.NewGuid(), number, "Rathaus Alsdorf", "Erdgeschoss", "Ausweis und Pass", "de",
        new DateTimeOffset(2026, 11, 23, 10, 15, 0, TimeSpan.FromHours(1)), 4, "https://aufruf.example/t/7Q3F", copy);

    public DeviceCommand Print(double validForSeconds = 15) =>
        new(1, Guid.NewGuid(), Time.GetUtcNow(), Time.GetUtcNow().AddSeconds(validForSeconds),
        DeviceCommandTypes.Print, JsonSerializer.SerializeToElement(Slip(), ProtocolJson.Default.Slip));

    public static Face Face(
        long rev, FaceState state = FaceState.Called, string? number = "A042", int calls = 1, int waiting = 3, double atSeconds = 0) =>
        new(1, rev, "3", state, number, calls, waiting, SteppingClock.Morning.AddSeconds(atSeconds));

    private DeviceCore Boot() => new(_kind, Store, Time);
}
