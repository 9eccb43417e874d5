using Aufruf.Contracts;
using Aufruf.Domain.Outbox;

namespace Aufruf.Grains;

/// <summary>The outbox of one authority.</summary>
[KeepAlive]
internal sealed class OutboxGrain(IGrainContext context, IJournal journal, IAnnouncer<Outbox, OutboxEvent> announcer, TimeProvider clock)
    : AggregateGrain<Outbox, OutboxCommand, OutboxEvent>(context, journal, announcer, clock, Outbox.Empty,
        (outbox, command, now) => outbox.Decide(command, now), (outbox, happened) => outbox.Apply(happened)), IOutboxGrain;
