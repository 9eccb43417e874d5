using System.Text.Json;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The hub's commands to print, and their results.</summary>
public sealed partial class DeviceCore
{
    // After a minute the hub's command to print expires, and the citizen has gone to the reception.
    private static readonly TimeSpan SlipWorth = TimeSpan.FromMinutes(1);

    private readonly CommandLedger _commands;
    private readonly Dictionary<Guid, EventAnswer> _awaitingSlip = [];

    /// <summary>A command, perhaps delivered twice. It is executed at most once per id, and never after it expired.</summary>
    public IReadOnlyList<Effect> Commanded(DeviceCommand command) => Step(() =>
    {
        Execute(command);
        if (_commands.Knows(command.Id, out _) && _awaitingSlip.Remove(command.Id, out var answer))
        {
            Settle(command.Id, answer);
        }
    });

    /// <summary>The result of a slip.</summary>
    public IReadOnlyList<Effect> PrintEnded(Guid command, CommandOutcome outcome, string? reason) => Step(() => Guarded(() =>
    {
        if (_commands.End(command, outcome, reason, _clock.Now) is { } result && _lamp.Connected)
        {
            _effects.Add(new Effect.SendResult(result));
        }
    }));

    /// <summary>The broker has taken a result: it is not sent again unless the hub asks again.</summary>
    public IReadOnlyList<Effect> ResultDelivered(Guid command) => Step(() => Guarded(() => _commands.Delivered(command)));

    /// <summary>"paper-out", as it travels.</summary>
    public static string ReasonOf(PrinterCondition condition) => condition switch
    {
        PrinterCondition.Disconnected => "printer-disconnected",
        PrinterCondition.Unknown => "printer-unknown",
        _ => JsonNamingPolicy.KebabCaseLower.ConvertName(condition.ToString()),
    };

    /// <summary>A ticket was given, but its command to print has not come. The event stays: its repeat brings the command.</summary>
    private bool AwaitsSlip(Guid id, EventAnswer answer)
    {
        var awaits = answer.Outcome is EventOutcome.Accepted && !_commands.Knows(id, out _)
            && _waiting.Find(id) is { Type: DeviceEventTypes.TicketWanted } wanted && wanted.Boot == Boot && AgeOf(wanted) < SlipWorth;
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

    private void Execute(DeviceCommand command)
    {
        var validFor = _clock.ValidFor(command);
        if (_commands.Knows(command.Id, out var known))
        {
            _effects.AddRange(known is null ? [] : [new Effect.SendResult(known)]);
        }
        else if (validFor <= TimeSpan.Zero)
        {
            EndAtOnce(command.Id, CommandOutcome.Expired, null);
        }
        else if (command.Type is not DeviceCommandTypes.Print)
        {
            EndAtOnce(command.Id, CommandOutcome.Failed, "unknown-command");
        }
        else if (SlipOf(command) is not { } slip)
        {
            _effects.Add(new Effect.Complain($"Command {command.Id} is malformed."));
            EndAtOnce(command.Id, CommandOutcome.Failed, "malformed");
        }
        else if (!CanPrint)
        {
            EndAtOnce(command.Id, CommandOutcome.Failed, ReasonOf(Printer));
        }
        else if (Guarded(() => _commands.Start(command.Id, _clock.Now)))
        {
            _effects.Add(new Effect.PrintSlip(command.Id, slip, validFor));
        }
        else
        {
            // Not begun and not remembered: when it is delivered again, it is tried again.
            _effects.Add(new Effect.SendResult(new CommandResult(1, command.Id, CommandOutcome.Failed, "disk", _clock.Now)));
        }
    }

    private void EndAtOnce(Guid command, CommandOutcome outcome, string? reason)
    {
        var result = new CommandResult(1, command, outcome, reason, _clock.Now);
        Guarded(() => _commands.Settle(result));
        _effects.Add(new Effect.SendResult(result));
    }

    private static Slip? SlipOf(DeviceCommand command)
    {
        try
        {
            return command.Data.Deserialize(ProtocolJson.Default.Slip);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
