using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>What the hub says, and what becomes of it.</summary>
public sealed partial class DeviceCore
{
    // A hub set up anew counts revisions from 1 again. Its faces are recognised by their later date; a reordered old face has an earlier one.
    private static readonly TimeSpan AnotherHub = TimeSpan.FromMinutes(1);

    // After a minute the hub's command to print expires, and the citizen has gone to the reception.
    private static readonly TimeSpan SlipWorth = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, EventAnswer> _awaitingSlip = [];
    private bool _faceShown;

    /// <summary>The link is up, state and description are published: everything unsettled is sent in order.</summary>
    public IReadOnlyList<Effect> Connected() => Answer(() =>
    {
        _lamp.Connected = true;
        _pending.Unsend();
        _effects.AddRange(_ledger.Undelivered().Select(r => new Effect.SendResult(r)));
    });

    /// <summary>The link is down. Nothing is forgotten.</summary>
    public IReadOnlyList<Effect> Disconnected() => Answer(() => _lamp.Connected = false);

    /// <summary>The hub settled the events it names: late, twice or out of order, all the same.</summary>
    public IReadOnlyList<Effect> Acked(EventAck ack) => Answer(() =>
    {
        foreach (var answer in ack.Answers)
        {
            if (answer.Id is { } id && !AwaitsSlip(id, answer))
            {
                Settled(id, answer);
            }
        }
    });

    private void Settled(Guid id, EventAnswer answer)
    {
        _lamp.Answer(id, answer.Outcome is EventOutcome.Accepted);
        Guarded(() => _pending.Forget(id));
    }

    /// <summary>A ticket was given, but the command to print it, which bears the wish's id, has not come: it may be lost. The wish stays and is sent again, and brings it again.</summary>
    private bool AwaitsSlip(Guid id, EventAnswer answer)
    {
        var awaits = answer.Outcome is EventOutcome.Accepted && !_ledger.Knows(id, out _)
            && _pending.Find(id) is { Type: DeviceEventTypes.TicketWanted } wish && wish.Boot == Boot && Uptime - TimeSpan.FromMilliseconds(wish.Mono) < SlipWorth;
        if (awaits)
        {
            _awaitingSlip[id] = answer;
        }
        else
        {
            _awaitingSlip.Remove(id);
        }

        return awaits;
    }

    /// <summary>A command, perhaps delivered twice. Executed at most once per id, never after it expired.</summary>
    public IReadOnlyList<Effect> Commanded(DeviceCommand command) => Answer(() =>
    {
        Obey(command);
        if (_ledger.Knows(command.Id, out _) && _awaitingSlip.Remove(command.Id, out var answer))
        {
            Settled(command.Id, answer);
        }
    });

    private void Obey(DeviceCommand command)
    {
        if (_ledger.Knows(command.Id, out var result))
        {
            if (result is not null)
            {
                _effects.Add(new Effect.SendResult(result));
            }

            return;
        }

        var validFor = _clock.ValidFor(command);
        if (validFor <= TimeSpan.Zero)
        {
            Settle(command.Id, CommandOutcome.Expired, null);
        }
        else if (command.Type is not DeviceCommandTypes.Print)
        {
            Settle(command.Id, CommandOutcome.Failed, "unknown-command");
        }
        else if (CommandLedger.SlipOf(command) is not { } slip)
        {
            _effects.Add(new Effect.Complain(Complaint.CommandMalformed, command.Id.ToString()));
            Settle(command.Id, CommandOutcome.Failed, "malformed");
        }
        else if (_printer is not (PrinterCondition.Ready or PrinterCondition.NearEnd))
        {
            Settle(command.Id, CommandOutcome.Failed, ReasonOf(_printer));
        }
        else if (Guarded(() => _ledger.Start(command.Id, _clock.Now)))
        {
            _effects.Add(new Effect.PrintSlip(command.Id, slip, validFor));
        }
        else
        {
            // Not begun and not remembered: delivered again, it may be tried again.
            _effects.Add(new Effect.SendResult(new CommandResult(1, command.Id, CommandOutcome.Failed, "disk", _clock.Now)));
        }
    }

    /// <summary>What became of a slip.</summary>
    public IReadOnlyList<Effect> PrintEnded(Guid command, CommandOutcome outcome, string? reason) => Answer(() =>
    {
        Guarded(() =>
        {
            if (_ledger.End(command, outcome, reason, _clock.Now) is { } result && _lamp.Connected)
            {
                _effects.Add(new Effect.SendResult(result));
            }
        });
    });

    /// <summary>The broker has taken a result: it is not sent again unless the hub asks again.</summary>
    public IReadOnlyList<Effect> ResultDelivered(Guid command) => Answer(() => Guarded(() => _ledger.Delivered(command)));

    /// <summary>What the counter shows. Older revisions and repeats are ignored; at one revision the later face knows better how many wait.</summary>
    public IReadOnlyList<Effect> Faced(Face face) => Answer(() =>
    {
        var isNewer = Face is not { } last || face.Rev > last.Rev || (face.Rev == last.Rev && face.At > last.At) || face.At - last.At > AnotherHub;
        if (isNewer)
        {
            Face = face;
            Guarded(() => _store.Put(face));
        }

        // The broker hands out the retained face again after each connect: after a restart it is old news worth showing.
        if (isNewer || (!_faceShown && face.Rev == Face!.Rev))
        {
            _faceShown = true;
            _effects.Add(new Effect.ShowFace(face));
        }
    });

    /// <summary>The hub's time. False when it was overtaken by a newer beacon.</summary>
    public bool Heard(TimeBeacon beacon) => _clock.Hear(beacon);

    /// <summary>"paper-out", as it travels.</summary>
    public static string ReasonOf(PrinterCondition condition) => condition switch
    {
        PrinterCondition.PaperOut => "paper-out",
        PrinterCondition.CoverOpen => "cover-open",
        PrinterCondition.CutterError => "cutter-error",
        PrinterCondition.NearEnd => "near-end",
        PrinterCondition.Ready => "ready",
        PrinterCondition.Disconnected => "printer-disconnected",
        _ => "printer-unknown",
    };

    private void Settle(Guid command, CommandOutcome outcome, string? reason)
    {
        var now = _clock.Now;
        Guarded(() => _ledger.Settle(command, outcome, reason, now));
        _effects.Add(new Effect.SendResult(new CommandResult(1, command, outcome, reason, now)));
    }
}
