using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Orleans.Concurrency;

namespace Aufruf.Grains;

/// <summary>One waiting area on one day.</summary>
/// <remarks>While one press is written the next is decided: the shell sees to the order.</remarks>
[Reentrant]
internal sealed class QueueGrain(IGrainContext context, IJournal journal, IAnnouncer<Queue, QueueEvent> announcer, IOffices offices, ISavedStates saved, TimeProvider clock)
    : Grain, IQueueGrain
{
    private readonly Journaled<Queue, QueueCommand, QueueEvent> _queue = ForKey(context.GrainId.Key.ToString()!, journal, announcer, offices, saved, clock);

    public Task<Answer<QueueEvent>> Handle(RequestId request, QueueCommand command) => _queue.Handle(request, command);

    public async Task<QueueView> View(long atLeast)
    {
        var (version, queue) = await _queue.ViewAsync(atLeast);
        return new(version, queue);
    }

    internal static Journaled<Queue, QueueCommand, QueueEvent> ForKey(
        string key, IJournal journal, IAnnouncer<Queue, QueueEvent> announcer, IOffices offices, ISavedStates saved, TimeProvider clock)
    {
        var empty = Queue.Empty(QueueKey.Parse(key));
        return new(key, journal, announcer, clock, empty,
            (queue, command, now) => queue.Decide(command, offices.For(queue.Key) ?? Setting.Gone(queue.Key), now),
            (queue, happened) => queue.Apply(happened), new(saved, QueueBytes.Write, QueueBytes.Read));
    }
}
