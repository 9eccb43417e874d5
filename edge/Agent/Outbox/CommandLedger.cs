using System.Text.Json;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>Which commands were executed, so that each is executed at most once however often it is delivered.</summary>
internal sealed class CommandLedger(IOutboxStore store, OutboxLimits limits)
{
    private readonly Dictionary<Guid, CommandRecord> _known = [];
    private readonly Queue<Guid> _order = [];
    private readonly HashSet<Guid> _running = [];

    /// <summary>A command begun by an earlier run is uncertain: it may be printed or not. We report it and never print it again.</summary>
    public void Load(IReadOnlyList<CommandRecord> commands)
    {
        foreach (var command in commands)
        {
            Keep(command.Outcome is null ? command with { Outcome = CommandOutcome.Uncertain, Reason = "restarted" } : command);
        }
    }

    /// <summary>The result of a command seen before; null while it is still running; false for an unknown one.</summary>
    public bool Knows(Guid id, out CommandResult? result)
    {
        var known = _known.TryGetValue(id, out var record);
        result = record is null ? null : ResultOf(record);
        return known;
    }

    /// <summary>Durable before the first byte goes to the printer.</summary>
    public void Start(Guid id, DateTimeOffset now)
    {
        var record = new CommandRecord(id, now, null, null, false);
        store.Put(record);
        Keep(record);
        _running.Add(id);
    }

    /// <summary>Null when the command is not running: a second answer of the printer changes nothing.</summary>
    public CommandResult? End(Guid id, CommandOutcome outcome, string? reason, DateTimeOffset now) =>
        _running.Remove(id) ? Settle(id, outcome, reason, now) : null;

    public CommandResult Settle(Guid id, CommandOutcome outcome, string? reason, DateTimeOffset now)
    {
        var record = new CommandRecord(id, now, outcome, reason, false);
        Keep(record);
        store.Put(record);
        return new CommandResult(1, id, outcome, reason, now);
    }

    public void Delivered(Guid id)
    {
        if (_known.TryGetValue(id, out var record) && record is { Outcome: not null, Delivered: false })
        {
            Keep(record with { Delivered = true });
            store.Put(record with { Delivered = true });
        }
    }

    public IEnumerable<CommandResult> Undelivered() =>
        _order.Select(id => _known[id]).Where(r => !r.Delivered).Select(ResultOf).OfType<CommandResult>();

    /// <summary>The slip inside a print command; null when it is not understood.</summary>
    public static Slip? SlipOf(DeviceCommand command)
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

    private static CommandResult? ResultOf(CommandRecord record) =>
        record.Outcome is { } outcome ? new CommandResult(1, record.Id, outcome, record.Reason, record.At) : null;

    private void Keep(CommandRecord record)
    {
        if (!_known.ContainsKey(record.Id))
        {
            _order.Enqueue(record.Id);
        }

        _known[record.Id] = record;
        while (_order.Count > limits.Commands)
        {
            _known.Remove(_order.Dequeue());
        }
    }
}
