using System.Text.Json;
using Aufruf.Domain;

namespace Aufruf.Grains.Journal;

/// <summary>What one request changed, as it stands in the journal.</summary>
public sealed record EntryContent<TEvent>(RequestId Request, IReadOnlyList<TEvent> Events, Refusal? Refusal = null)
{
    /// <summary>UTF-8 JSON.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, DomainJson.Options);

    /// <summary>A restart reads thousands: event by event, the serializer needs half the memory.</summary>
    /// <exception cref="InvalidDataException">This is not what was written.</exception>
    public static EntryContent<TEvent> Read(JournalEntry stored) => Parse(stored, eventsOnly: false) is ({ } request, { } events, var refusal)
        ? new(request, events, refusal)
        : throw Wrong(stored, "Request id or events are missing.");

    /// <summary>The events alone: who only learns from days past does not mind what another build has written around them.</summary>
    /// <exception cref="InvalidDataException">This is not what was written.</exception>
    public static IReadOnlyList<TEvent> EventsOf(JournalEntry stored) => Parse(stored, eventsOnly: true).Events ?? throw Wrong(stored, "Events are missing.");

    private static InvalidDataException Wrong(JournalEntry stored, string why, Exception? error = null) =>
        new($"Entry {stored.Version} of {stored.Stream} cannot be read: {why}", error);

    private static (RequestId? Request, List<TEvent>? Events, Refusal? Refusal) Parse(JournalEntry stored, bool eventsOnly)
    {
        var json = new Utf8JsonReader(stored.Entry.Span);
        try
        {
            return json.Read() && json.TokenType is JsonTokenType.StartObject ? Parse(ref json, eventsOnly) : throw new JsonException("An object was expected.");
        }
        catch (JsonException error)
        {
            throw Wrong(stored, error.Message, error);
        }
    }

    private static (RequestId? Request, List<TEvent>? Events, Refusal? Refusal) Parse(ref Utf8JsonReader json, bool eventsOnly)
    {
        RequestId? request = null;
        List<TEvent>? events = null;
        Refusal? refusal = null;
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("events"u8))
            {
                events = ReadEvents(ref json);
            }
            else if (json.ValueTextEquals("request"u8) && !eventsOnly)
            {
                json.Read();
                request = JsonSerializer.Deserialize<RequestId>(ref json, DomainJson.Options);
            }
            else if (json.ValueTextEquals("refusal"u8) && !eventsOnly)
            {
                json.Read();
                refusal = JsonSerializer.Deserialize<Refusal?>(ref json, DomainJson.Options);
            }
            else
            {
                json.Skip();
            }
        }

        return (request, events, refusal);
    }

    private static List<TEvent> ReadEvents(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException("A list of events was expected.");
        }

        var events = new List<TEvent>(2);
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            events.Add(JsonSerializer.Deserialize<TEvent>(ref json, DomainJson.Options) ?? throw new JsonException("An event is null."));
        }

        return events;
    }
}
