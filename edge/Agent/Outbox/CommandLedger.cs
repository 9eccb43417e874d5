using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The commands that were executed: each is executed at most once, however often it is delivered.</summary>
internal sealed class CommandLedger
{
    /// <summary>A command lives seconds, so the oldest of 500 has long expired.</summary>
    public const int Capacity = 500;

    private readonly IOutboxStore _store;
    private readonly OrderedDictionary<Guid, CommandRecord> _known = [];
    private readonly HashSet<Guid> _running = [];

    /// <param name="stored">A command that an earlier run began is uncertain: it is reported and never printed again.</param>
    public CommandLedger(IOutboxStore store, IEnumerable<CommandRecord> stored)
    {
        _store = store;
        foreach (var command in stored)
        {
            Keep(command.Outcome is null ? command with { Outcome = CommandOutcome.Uncertain, Reason = "restarted" } : command);
        }
    }

    /// <summary>Whether a command was begun; its result is null while it runs.</summary>
    public bool Knows(Guid id, out CommandResult? result)
    {
        var isKnown = _known.TryGetValue(id, out var record);
        result = record is null ? null : ResultOf(record);
        return isKnown;
    }

    /// <summary>Durable before the first byte goes to the printer.</summary>
    public void Start(Guid id, DateTimeOffset now)
    {
        var record = new CommandRecord(id, now, null, null, false);
        _store.Put(record);
        Keep(record);
        _running.Add(id);
    }

    /// <summary>Null when the command is not running: a second answer of the printer changes nothing.</summary>
    public CommandResult? End(Guid id, CommandOutcome outcome, string? reason, DateTimeOffset now)
    {
        if (!_running.Remove(id))
        {
            return null;
        }

        var result = new CommandResult(1, id, outcome, reason, now);
        Settle(result);
        return result;
    }

    public void Settle(CommandResult result)
    {
        var record = new CommandRecord(result.Id, result.At, result.Outcome, result.Reason, false);
        Keep(record);
        _store.Put(record);
    }

    public void Delivered(Guid id)
    {
        if (_known.TryGetValue(id, out var record) && record is { Outcome: not null, Delivered: false })
        {
            Keep(record with { Delivered = true });
            _store.Put(record with { Delivered = true });
        }
    }

    public IEnumerable<CommandResult> Undelivered() => _known.Values.Where(r => !r.Delivered).Select(ResultOf).OfType<CommandResult>();

    private static CommandResult? ResultOf(CommandRecord record) =>
        record.Outcome is { } outcome ? new CommandResult(1, record.Id, outcome, record.Reason, record.At) : null;

    private void Keep(CommandRecord record)
    {
        _known[record.Id] = record;
        if (_known.Count > Capacity)
        {
            _known.RemoveAt(0);
        }
    }
}
