using Aufruf.Domain.Outbox;

namespace Aufruf.Contracts;

/// <summary>Key: "outbox/alsdorf".</summary>
public interface IOutboxGrain : IAggregateGrain<Outbox, OutboxCommand, OutboxEvent>;
