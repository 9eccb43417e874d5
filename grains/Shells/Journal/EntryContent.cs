using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain;

namespace Aufruf.Grains.Journal;

/// <summary>All that one request changed, as it stands in the journal.</summary>
public sealed record EntryContent<TEvent>(RequestId Request, IReadOnlyList<TEvent> Events, Refusal? Refusal = null)
{
    /// <summary>UTF-8 JSON.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, DomainJson.Options);

    /// <exception cref="InvalidDataException">This is not what was written.</exception>
    public static EntryContent<TEvent> Read(JournalEntry stored)
    {
        try
        {
            return JsonSerializer.Deserialize<EntryContent<TEvent>>(stored.Entry.Span, DomainJson.Options)
                ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Entry {stored.Version} of {stored.Stream} cannot be read: {error.Message}", error);
        }
    }

    public Answer<TEvent> AnswerAt(long version) => new(version, Events, Refusal);
}
