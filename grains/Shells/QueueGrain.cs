using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Grains;

/// <summary>One waiting area on one day.</summary>
/// <remarks>Orleans 10.4 cannot schedule the collection of idle grains after the clock has stepped back, and then activates no grain.
/// So a grain stays, and a queue without entries or with an ended day leaves by itself.</remarks>
[KeepAlive]
internal sealed class QueueGrain(IGrainContext context, IJournal journal, IAnnouncer<Queue, QueueEvent> announcer, IOffices offices,
    ISnapshots<Queue> snapshots, TimeProvider clock)
    : Grain, IQueueGrain
{
    private readonly Journaled<Queue, QueueCommand, QueueEvent> _queue = ForKey(context.GrainId.Key.ToString()!, journal, announcer,
        offices, snapshots, clock);

    public Task<Answer<QueueEvent>> Handle(RequestId request, QueueCommand command) => _queue.Handle(request, command);

    public async Task<QueueView> View(long atLeast)
    {
        var (version, queue) = await _queue.ViewAsync(atLeast);
        if (version == 0 || queue.Ended)
        {
            DeactivateOnIdle();
        }

        return new(version, queue);
    }

    internal static Journaled<Queue, QueueCommand, QueueEvent> ForKey(
        string key, IJournal journal, IAnnouncer<Queue, QueueEvent> announcer, IOffices offices, ISnapshots<Queue> snapshots,
        TimeProvider clock) =>
        new(QueueKey.Parse(key).Stream, journal, announcer, clock, Queue.Empty(QueueKey.Parse(key)),
            (queue, command, now) => queue.Decide(command, offices.For(queue.Key) ?? Setting.Gone(queue.Key), now),
            (queue, happened) => queue.Apply(happened), snapshots, command => command.Compared(),
            keepsAllRequests: true);
}
