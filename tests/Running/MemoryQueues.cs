using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;

namespace Aufruf.Tests.Running;

/// <summary>Queues without Orleans: the true shells over a journal in memory. Each call enters its shell alone, as in a grain.</summary>
internal sealed class MemoryQueues(MemoryJournal journal, Office office, TimeProvider clock) : IQueues
{
    private readonly Dictionary<QueueKey, Journaled<Queue, QueueCommand, QueueEvent>> _queues = [];

    private readonly Lock _gate = new();

    /// <summary>Queues with an entry that cannot be read.</summary>
    public HashSet<QueueKey> Unreadable { get; } = [];

    public Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command)
    {
        lock (_gate)
        {
            return Of(queue).Handle(request, command);
        }
    }

    public async Task<QueueView> ViewAsync(QueueKey queue, long atLeast = 0)
    {
        Task<(long Version, Queue State)> view;
        lock (_gate)
        {
            view = Of(queue).ViewAsync(atLeast);
        }

        var (version, state) = await view;
        return new(version, state);
    }

    private Journaled<Queue, QueueCommand, QueueEvent> Of(QueueKey key) => Unreadable.Contains(key) ? throw new UnreadableStreamException()
        : _queues.TryGetValue(key, out var known) ? known
        : _queues[key] = new(key.Stream, journal, new Heard<Queue, QueueEvent>(), clock, Queue.Empty(key),
            (queue, command, now) =>
                queue.Decide(command, new(office, office.Area(key.Area) ?? throw new InvalidOperationException(key.ToString())), now),
            (queue, happened) => queue.Apply(happened), fingerprint: command => command.Fingerprint());
}
