using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>An outbox that survives the device object but not the process: for simulators and tests. It can be told to refuse like a full disk.</summary>
public sealed class MemoryOutboxStore : IOutboxStore
{
    private readonly SortedDictionary<long, DeviceEvent> _waiting = [];
    private readonly List<CommandRecord> _commands = [];
    private long _lastSeq;
    private Face? _face;

    /// <summary>True: every write fails, as on a full disk.</summary>
    public bool IsFull { get; set; }

    public OutboxContents Read() => new(_lastSeq, [.. _waiting.Values], [.. _commands], _face);

    public void Add(DeviceEvent happened) => Write(() =>
    {
        _waiting[happened.Seq] = happened;
        _lastSeq = happened.Seq;
    });

    public void Forget(long seq) => Write(() => _waiting.Remove(seq));

    public void Put(CommandRecord command) => Write(() =>
    {
        var known = _commands.FindIndex(c => c.Id == command.Id);
        if (known >= 0)
        {
            _commands[known] = command;
        }
        else
        {
            _commands.Add(command);
        }
    });

    public void Put(Face face) => Write(() => _face = face);

    private void Write(Action change)
    {
        if (IsFull)
        {
            throw new OutboxUnwritableException("The disk is full.");
        }

        change();
    }
}
