using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;

namespace Aufruf.Tests.Running;

/// <summary>Queues without Orleans: the true shells over a journal in memory.</summary>
internal sealed class MemoryQueues(MemoryJournal journal, Office office, TimeProvider clock) : IQueues
{
    private readonly Dictionary<QueueKey, Journaled<Queue, QueueCommand, QueueEvent>> _queues = [];

    public Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command) => Of(queue).Handle(request, command);

    public async Task<Queue> ViewAsync(QueueKey queue) => (await Of(queue).ViewAsync()).State;

    private Journaled<Queue, QueueCommand, QueueEvent> Of(QueueKey key) => _queues.TryGetValue(key, out var known) ? known
        : _queues[key] = new(key.ToString(), journal, new Heard<Queue, QueueEvent>(), clock, Queue.Empty(key),
            (queue, command, now) => queue.Decide(command, office.Area(key.Area) ?? throw new InvalidOperationException(key.ToString()), now),
            (queue, happened) => queue.Apply(happened));
}
