using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The rules of a device: inputs go in, effects come out. No thread, no socket, no pin.</summary>
/// <remarks>
/// Not thread-safe: one loop calls it. Disk and time are ports, so the simulation runs this class under virtual time.
/// After each call the loop carries out the effects in order, and calls <see cref="Tick"/> within <see cref="Due"/>.
/// </remarks>
public sealed partial class DeviceCore
{
    /// <summary>200 presses is an hour of one busy hall. The lamp refuses the next one; none is dropped silently.</summary>
    public const int Capacity = 200;

    private static readonly string ProgramVersion = typeof(DeviceCore).Assembly.GetName().Version?.ToString(3) ?? "";

    // A new hub counts revisions from 1 again, and a hub whose clock is corrected goes back a day. An overtaken face is seconds old.
    private static readonly TimeSpan AnotherHub = TimeSpan.FromMinutes(1);

    // The revisions of two days are about 100,000 apart. Only a corrected clock goes back so far.
    private const long AnotherDay = 50_000;

    private readonly DeviceKind _kind;
    private readonly IOutboxStore _store;
    private readonly TimeProvider _time;
    private readonly Func<DateTimeOffset, Guid> _newId;
    private readonly long _bootedAt;
    private readonly WaitingEvents _waiting;
    private readonly HubClock _clock;
    private readonly LampKeeper _lamp;
    private List<Effect> _effects = [];
    private LampState? _lampShown;
    private bool _faceShown;

    /// <param name="newId">Null for random ids; the simulation draws them from its seed.</param>
    public DeviceCore(DeviceKind kind, IOutboxStore store, TimeProvider time, Func<DateTimeOffset, Guid>? newId = null)
    {
        (_kind, _store, _time, _newId) = (kind, store, time, newId ?? Guid.CreateVersion7);
        _bootedAt = time.GetTimestamp();
        Boot = $"b-{_newId(time.GetUtcNow()).ToString("N")[^8..]}";
        _clock = new(time);
        _lamp = new(time);

        var contents = store.Read();
        (LastSeq, Face) = (contents.LastSeq, contents.Face);
        _waiting = new(contents.Waiting, time, AgeOf);
        _commands = new(store, contents.Commands);
        _lamp.Blocked = IsBlocked;
    }

    /// <summary>Names this run, on every event.</summary>
    public string Boot { get; }

    /// <summary>Events that the hub has not settled.</summary>
    public int Depth => _waiting.Count;

    /// <summary>The highest sequence number ever used.</summary>
    public long LastSeq { get; private set; }

    public LampState Lamp => _lamp.State;

    public bool IsConnected => _lamp.Connected;

    /// <summary>The last face, also over a restart; its revision goes with every press.</summary>
    public Face? Face { get; private set; }

    public PrinterCondition Printer { get; private set; }

    /// <summary>The time until <see cref="Tick"/> must be called; null for no limit.</summary>
    public TimeSpan? Due
    {
        get
        {
            var due = new[] { _waiting.Due(_lamp.Connected), _lamp.UntilChange() }.Min();
            return due < TimeSpan.Zero ? TimeSpan.Zero : due;
        }
    }

    private bool IsFull => _waiting.Count >= Capacity;

    private bool CanPrint => Printer is PrinterCondition.Ready or PrinterCondition.NearEnd;

    private bool IsBlocked => IsFull || (_kind is DeviceKind.TicketPrinter && !CanPrint);

    private TimeSpan AgeOf(DeviceEvent happened) => Uptime - TimeSpan.FromMilliseconds(happened.Mono);

    private TimeSpan Uptime => _time.GetElapsedTime(_bootedAt);

    /// <summary>A button went down: "next" on a box, "1" to "8" on a printer. The event is on disk before it is sent.</summary>
    public IReadOnlyList<Effect> Press(string button, string language = "de") => Step(() =>
    {
        if (WhyRefused() is { } why)
        {
            Refuse(button, why);
            return;
        }

        try
        {
            _lamp.Wait(_kind is DeviceKind.TicketPrinter
                ? Record(DeviceEventTypes.TicketWanted, new TicketWanted(button, language), ProtocolJson.Default.TicketWanted)
                : Record(DeviceEventTypes.ButtonPressed, new ButtonPressed(button, Face?.Rev), ProtocolJson.Default.ButtonPressed));
        }
        catch (OutboxUnwritableException)
        {
            Refuse(button, PressRefusal.DiskUnwritable);
        }
    });

    /// <summary>The link is up: the state, unsent results and all unsettled events are sent in order.</summary>
    public IReadOnlyList<Effect> Connected() => Step(() =>
    {
        _lamp.Connected = true;
        _waiting.Reconnect();
        SendState();
        _effects.AddRange(_commands.Undelivered().Select(result => new Effect.SendResult(result)));
    });

    /// <summary>The link is down. Nothing is forgotten.</summary>
    public IReadOnlyList<Effect> Disconnected() => Step(() => _lamp.Connected = false);

    /// <summary>The hub settled these events: late, twice or out of order.</summary>
    public IReadOnlyList<Effect> Acked(EventAck ack) => Step(() =>
    {
        foreach (var answer in ack.Answers)
        {
            if (answer.Id is { } id && !AwaitsSlip(id, answer))
            {
                Settle(id, answer);
            }
        }
    });

    /// <summary>The content of the counter's sign. Older revisions and repeats are ignored.</summary>
    /// <remarks>At one revision the later face knows better how many wait.</remarks>
    public IReadOnlyList<Effect> Faced(Face face) => Step(() =>
    {
        var isNewer = Face is not { } last || face.Rev > last.Rev || (face.Rev == last.Rev && face.At > last.At)
            || face.At - last.At > AnotherHub || (last.Rev - face.Rev > AnotherDay && last.At - face.At > AnotherHub);
        if (isNewer)
        {
            Face = face;
            Guarded(() => _store.Put(face));
        }

        // The broker sends the retained face at each connection: after a restart the sign does not show it yet.
        if (isNewer || (!_faceShown && face.Rev == Face!.Rev))
        {
            _faceShown = true;
            _effects.Add(new Effect.ShowFace(face));
        }
    });

    /// <summary>The hub's time. False when a newer beacon has overtaken it.</summary>
    public bool Heard(TimeBeacon beacon) => _clock.Hear(beacon);

    /// <summary>The printer's condition; repeats are ignored.</summary>
    public IReadOnlyList<Effect> PrinterIs(PrinterCondition condition) => Step(() =>
    {
        if (condition != Printer)
        {
            Printer = condition;
            SendState();
        }
    });

    /// <summary>Called as time passes: sends again and lets the lamp go back.</summary>
    public IReadOnlyList<Effect> Tick() => Step(() => { });

    /// <summary>Whether NTP has set the operating system's clock.</summary>
    public void ClockSynced(bool synced) => _clock.NtpSynced = synced;

    private PressRefusal? WhyRefused() =>
        IsFull ? PressRefusal.OutboxFull
        : _kind is DeviceKind.ButtonBox ? null
        // A late ticket is worth nothing, and only the hub knows its number.
        : !_lamp.Connected ? PressRefusal.Offline
        : IsBlocked ? PressRefusal.PrinterBlocked
        : null;

    private void Refuse(string button, PressRefusal why)
    {
        _lamp.Refuse();
        _effects.Add(new Effect.RefusePress(button, why));
    }

    private Guid Record<T>(string type, T data, JsonTypeInfo<T> json)
    {
        var now = _clock.Now;
        var happened = new DeviceEvent(1, _newId(now), LastSeq + 1, Boot, (long)Uptime.TotalMilliseconds, null, now, _clock.State,
            type, JsonSerializer.SerializeToElement(data, json));
        _store.Add(happened);
        LastSeq = happened.Seq;
        _waiting.Add(happened);
        return happened.Id;
    }

    private void SendDue()
    {
        foreach (var happened in _waiting.TakeDue())
        {
            _effects.Add(new Effect.SendEvent(happened with { Sent = happened.Boot == Boot ? (long)Uptime.TotalMilliseconds : null }));
        }
    }

    /// <summary>A clerk learns at once that a press without a hub calls nobody. The event still goes to the hub, for the record.</summary>
    private void RefuseLate()
    {
        foreach (var late in _waiting.TakeLate())
        {
            _lamp.GiveUp(late.Event.Id);
            _effects.Add(new Effect.RefusePress(late.Button, PressRefusal.TooLate));
        }
    }

    private void SendState()
    {
        if (_lamp.Connected)
        {
            var printer = _kind is DeviceKind.TicketPrinter ? Printer : (PrinterCondition?)null;
            _effects.Add(new Effect.SendState(new DeviceState(1, DevicePresence.Ready, _clock.Now, printer, ProgramVersion)));
        }
    }

    /// <summary>Forgets an event. If the disk refuses, the event is sent once more after a restart.</summary>
    private void Settle(Guid id, EventAnswer answer)
    {
        _lamp.Answer(id, answer.Outcome is EventOutcome.Accepted);
        if (_waiting.Take(id) is { } settled)
        {
            if (answer.Outcome is not EventOutcome.Accepted)
            {
                _effects.Add(new Effect.TellAnswer(settled.Button, answer.Outcome, answer.Reason));
            }

            Guarded(() => _store.Forget(settled.Event.Seq));
        }
    }

    /// <summary>A disk that refuses does not stop the device: presses are refused, everything else goes on in memory.</summary>
    private bool Guarded(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (OutboxUnwritableException e)
        {
            _effects.Add(new Effect.Complain(e.Message));
            return false;
        }
    }

    /// <summary>Runs one step and collects its effects: those of the step, then what is due to be sent, then the lamp.</summary>
    private List<Effect> Step(Action step)
    {
        _effects = [];
        step();
        if (_lamp.Connected)
        {
            SendDue();
        }

        RefuseLate();
        _lamp.Blocked = IsBlocked;
        if (_lampShown != _lamp.State)
        {
            _effects.Add(new Effect.ShowLamp(_lamp.State));
            _lampShown = _lamp.State;
        }

        return _effects;
    }
}
