namespace Aufruf.Domain.Queues;

/// <summary>The facts of a queue, as they cross between hubs and restarts. The indexes follow from them.</summary>
public sealed record QueueSnapshot(
    QueueKey Key, IReadOnlyList<Ticket> Tickets, IReadOnlyList<CounterState> Counters, long CallsMade,
    IReadOnlyDictionary<ServiceId, StopKind> Stopped, IReadOnlyList<Emergency> Emergencies, IReadOnlyList<RejectedOffer> RejectedOffers,
    bool Ended)
{
    public static QueueSnapshot Of(Queue queue) => new(
        queue.Key, [.. queue.Tickets.Values], [.. queue.Counters.Values], queue.CallsMade, queue.Stopped, [.. queue.Emergencies.Values],
        [.. queue.RejectedOffers.Select(r => new RejectedOffer(r.Key, r.Value))], queue.Ended);

    public Queue Restore() => Queue.Restore(this);
}

/// <summary>An offer of another area that was rejected here.</summary>
/// <param name="Attempt">The latest one.</param>
public sealed record RejectedOffer(TicketId Ticket, int Attempt);

internal sealed class QueueJson : JsonConverter<Queue>
{
    public override Queue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<QueueSnapshot>(ref reader, options)?.Restore() ?? throw new JsonException("A queue must not be null.");

    public override void Write(Utf8JsonWriter writer, Queue value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, QueueSnapshot.Of(value), options);
}
