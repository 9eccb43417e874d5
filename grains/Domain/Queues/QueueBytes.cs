using System.Text;
using System.Text.Json;

namespace Aufruf.Domain.Queues;

/// <summary>A queue as bytes that only the program that wrote them can read: what it saves for its own next start.</summary>
public static class QueueBytes
{
    /// <summary>Everything but the tickets is little.</summary>
    private sealed record Frame(QueueKey Key, IReadOnlyList<CounterState> Counters, Queue.Rest Rest);

    public static byte[] Write(Queue queue)
    {
        using var bytes = new MemoryStream(256 * (queue.Tickets.Count + 1));
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        var frame = JsonSerializer.SerializeToUtf8Bytes(new Frame(queue.Key, [.. queue.Counters.Values], queue.Others), DomainJson.Options);
        writer.Write(frame.Length);
        writer.Write(frame);
        TicketBytes.Write(writer, [.. queue.Tickets.Values]);
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">These bytes are no queue.</exception>
    public static Queue Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
            var frame = JsonSerializer.Deserialize<Frame>(reader.ReadBytes(reader.ReadInt32()), DomainJson.Options) ?? throw new JsonException("A queue must not be null.");
            return Queue.Restore(frame.Key, TicketBytes.Read(reader), frame.Counters, frame.Rest);
        }
        catch (Exception error) when (error is JsonException or IOException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"These bytes are no queue: {error.Message}", error);
        }
    }
}
