using Aufruf.Contracts;

namespace Aufruf.Hub.Gateway;

/// <summary>Reaches queues: grains in the hub, the same shells without Orleans in the simulator.</summary>
public interface IQueues
{
    Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command);

    /// <summary>The whole queue, as of its last durable entry.</summary>
    /// <param name="atLeast">The version of an answer the caller has: the view contains it.</param>
    Task<QueueView> ViewAsync(QueueKey queue, long atLeast = 0);
}

internal sealed class GrainQueues(IGrainFactory grains) : IQueues
{
    public Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command) =>
        grains.GetGrain<IQueueGrain>(queue.ToString()).Handle(request, command);

    public Task<QueueView> ViewAsync(QueueKey queue, long atLeast) => grains.GetGrain<IQueueGrain>(queue.ToString()).View(atLeast);
}
