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

    /// <summary>Why a queue does not answer; null: it does.</summary>
    public Func<QueueKey, Exception?> Fault { get; set; } = _ => null;

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

    private Journaled<Queue, QueueCommand, QueueEvent> Of(QueueKey key) => Fault(key) is { } fault ? throw fault
        : _queues.TryGetValue(key, out var known) ? known
        : _queues[key] = new(key.Stream, journal, new Heard<Queue, QueueEvent>(), clock, Queue.Empty(key),
            (queue, command, now) =>
                queue.Decide(command, new(office, office.Area(key.Area) ?? throw new InvalidOperationException(key.ToString())), now),
            (queue, happened) => queue.Apply(happened), compared: command => command.Compared(), keepsAllRequests: true);
}
