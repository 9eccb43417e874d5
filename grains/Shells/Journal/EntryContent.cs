using System.Text.Json;
using System.Text.Json.Serialization;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Grains.Journal;

/// <summary>All that one request changed, as it stands in the journal.</summary>
/// <param name="Command">Fingerprint of the command, so that another one under the same id is noticed; null: not noticed.</param>
public sealed record EntryContent<TEvent>(RequestId Request, IReadOnlyList<TEvent> Events, Refusal? Refusal = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Command = null)
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

    /// <summary>The answer of the entry at that version to the same request; another command must have an id of its own.</summary>
    public Answer<TEvent> AnswerAgain(long version, string? command) =>
        command is null || Command is null || command == Command ? AnswerAt(version) : new(version, [], Refusal.RequestReused);
}
