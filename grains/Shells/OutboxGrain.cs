using Aufruf.Contracts;
using Aufruf.Domain.Outbox;

namespace Aufruf.Grains;

/// <summary>The outbox of one authority.</summary>
[KeepAlive]
internal sealed class OutboxGrain(IGrainContext context)
    : AggregateGrain<Outbox, OutboxCommand, OutboxEvent>(context), IOutboxGrain;
