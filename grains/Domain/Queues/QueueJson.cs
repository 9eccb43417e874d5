using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aufruf.Domain.Queues;

/// <summary>A queue crosses from hub to hub as its tickets and counters and little else; everything that is found through them follows.</summary>
internal sealed class QueueJson : JsonConverter<Queue>
{
    private sealed record Parts(QueueKey Key, IReadOnlyList<Ticket> Tickets, IReadOnlyList<CounterState> Counters, Queue.Rest Rest);

    public override Queue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Parts>(ref reader, options) is { } parts
            ? Queue.Restore(parts.Key, parts.Tickets, parts.Counters, parts.Rest)
            : throw new JsonException("A queue must not be null.");

    public override void Write(Utf8JsonWriter writer, Queue value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Parts(value.Key, [.. value.Tickets.Values], [.. value.Counters.Values], value.Others), options);
}
