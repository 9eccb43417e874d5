using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>A box for a clerk, or a printer for citizens.</summary>
public enum DeviceKind { ButtonBox, TicketPrinter }

/// <summary>The rules of a device: what happened goes in, what is to be done comes out. No thread, no socket, no pin.</summary>
/// <remarks>
/// Not thread-safe: one loop calls it. Disk (<see cref="IOutboxStore"/>), time and ids are ports, so a simulator runs this very class
/// under virtual time. To crash a device, drop the object and make a new one on the same store.
/// After each call the shell carries out the effects in order and calls <see cref="Tick"/> no later than <see cref="Due"/> from then.
/// </remarks>
public sealed partial class DeviceCore
{
    private readonly DeviceKind _kind;
    private readonly IOutboxStore _store;
    private readonly IIds _ids;
    private readonly TimeProvider _time;
    private readonly OutboxLimits _limits;
    private readonly long _bootedAt;
    private readonly PendingEvents _pending;
    private readonly CommandLedger _ledger;
    private readonly HubClock _clock;
    private readonly LampKeeper _lamp;
    private readonly Dictionary<string, Action> _owed = [];
    private List<Effect> _effects = [];
    private LampState? _lampShown;
    private PrinterCondition _printer = PrinterCondition.Unknown;

    public DeviceCore(DeviceKind kind, IOutboxStore store, IIds ids, TimeProvider time, OutboxLimits? limits = null)
    {
        (_kind, _store, _ids, _time, _limits) = (kind, store, ids, time, limits ?? new());
        _bootedAt = time.GetTimestamp();
        Boot = ids.NewBoot();
        _pending = new(store, _limits, time, Boot, _bootedAt);
        _ledger = new(store, _limits);
        _clock = new(time);
        _lamp = new(_limits, time) { Blocked = IsBlocked };

        var contents = store.Read();
        _pending.Load(contents);
        _ledger.Load(contents.Commands);
        Face = contents.Face;
    }

    /// <summary>Names this run, on every event.</summary>
    public string Boot { get; }

    /// <summary>Events waiting for the hub.</summary>
    public int Depth => _pending.Count;

    public int Limit => _limits.Events;

    /// <summary>Highest sequence number ever given out.</summary>
    public long LastSeq => _pending.LastSeq;

    public LampState Lamp => _lamp.State;

    public bool IsConnected => _lamp.Connected;

    /// <summary>The last face, also over a restart; its revision goes with every press.</summary>
    public Face? Face { get; private set; }

    public PrinterCondition Printer => _printer;

    /// <summary>Device clock minus hub clock; null before the first beacon.</summary>
    public TimeSpan? ClockOffset => _clock.Offset;

    /// <summary>The best guess of the time: what events are stamped with.</summary>
    public DateTimeOffset Now => _clock.Now;

    public TimeSpan Uptime => _time.GetElapsedTime(_bootedAt);

    /// <summary>When <see cref="Tick"/> wants to be called; null for no hurry.</summary>
    public TimeSpan? Due
    {
        get
        {
            var resend = _lamp.Connected ? _pending.UntilDue() : null;
            var lamp = _lamp.UntilChange();
            return resend is null || lamp < resend ? lamp : resend;
        }
    }

    private bool IsBlocked => _pending.IsFull
        || (_kind is DeviceKind.TicketPrinter && _printer is not (PrinterCondition.Ready or PrinterCondition.NearEnd));

    /// <summary>A button went down: "next" on a box, "1" to "8" on a printer.</summary>
    public IReadOnlyList<Effect> Press(string button, string language = "de") => Answer(() =>
    {
        if (WhyRefused() is { } why)
        {
            Refuse(button, why);
            return;
        }

        try
        {
            var press = _kind is DeviceKind.TicketPrinter
                ? Record(DeviceEventTypes.TicketWanted, new TicketWanted(button, language), ProtocolJson.Default.TicketWanted)
                : Record(DeviceEventTypes.ButtonPressed, new ButtonPressed(button, Face?.Rev), ProtocolJson.Default.ButtonPressed);
            _lamp.Wait(press);
        }
        catch (OutboxUnwritableException)
        {
            Refuse(button, PressRefusal.DiskUnwritable);
        }
    });

    /// <summary>A button has been down for more than 30 s, or is free again.</summary>
    public IReadOnlyList<Effect> Stuck(string button, bool stuck) => Answer(() =>
        Owe("stuck:" + button, DeviceEventTypes.ButtonStuck, new ButtonStuck(button, stuck), ProtocolJson.Default.ButtonStuck));

    /// <summary>The printer's condition, as often as anyone likes: only changes are reported.</summary>
    public IReadOnlyList<Effect> PrinterIs(PrinterCondition condition) => Answer(() =>
    {
        if (condition != _printer)
        {
            _printer = condition;
            Owe("printer", DeviceEventTypes.PrinterChanged, new PrinterChanged(condition), ProtocolJson.Default.PrinterChanged);
        }
    });

    /// <summary>Called as time passes: sends again what is unsettled, and lets the lamp go back.</summary>
    public IReadOnlyList<Effect> Tick() => Answer(() => { });

    /// <summary>Whether NTP has set the operating system's clock.</summary>
    public void ClockSynced(bool synced) => _clock.NtpSynced = synced;

    private PressRefusal? WhyRefused() =>
        _pending.IsFull ? PressRefusal.OutboxFull
        : _kind is DeviceKind.ButtonBox ? null
        // A ticket wish is worth something for 15 s only; without the hub there is no number to print.
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
        var id = _ids.NewEvent(now);
        _pending.Add(new DeviceEvent(1, id, _pending.LastSeq + 1, Boot, (long)Uptime.TotalMilliseconds, null, now, _clock.State,
            type, JsonSerializer.SerializeToElement(data, json)));
        return id;
    }

    // A report is the state of a thing: of many unsent ones only the last matters. It waits here until the hub is there
    // and the outbox has room, so a flapping cover cannot crowd out presses. A restart asks the thing itself again.
    private void Owe<T>(string thing, string type, T data, JsonTypeInfo<T> json) => _owed[thing] = () => Record(type, data, json);

    private void PayOwed()
    {
        foreach (var thing in _owed.Keys.ToArray())
        {
            if (!_lamp.Connected || _pending.IsFull)
            {
                return;
            }

            Guarded(_owed[thing]);
            _owed.Remove(thing);
        }
    }

    /// <summary>A disk that refuses must not stop the device: presses are refused, everything else goes on in memory.</summary>
    private bool Guarded(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (OutboxUnwritableException e)
        {
            _effects.Add(new Effect.Complain(Complaint.DiskUnwritable, e.Message));
            return false;
        }
    }

    /// <summary>Runs one step and collects its effects: first what the step itself wants, then what is due to be sent, then the lamp.</summary>
    private List<Effect> Answer(Action step)
    {
        _effects = [];
        step();
        PayOwed();
        if (_lamp.Connected)
        {
            _effects.AddRange(_pending.TakeDue().Select(e => new Effect.SendEvent(e)));
        }

        _lamp.Blocked = IsBlocked;
        if (_lampShown != _lamp.State)
        {
            _effects.Add(new Effect.ShowLamp(_lamp.State));
            _lampShown = _lamp.State;
        }

        return _effects;
    }
}
