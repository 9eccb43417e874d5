using System.Text.Json;
using System.Text.Json.Serialization;
using Aufruf.Contracts;
using Aufruf.Domain;

namespace Aufruf.Grains.Journal;

/// <summary>The parts of an entry that do not depend on its events.</summary>
public static class EntryContent
{
    /// <summary>Where the request id begins in an entry, counted from 1 as in SQL. <c>{"request":"</c> comes first.</summary>
    internal const int RequestAt = 13;

    /// <summary>Of the id, in characters.</summary>
    internal const int RequestLength = 36;

    /// <summary>The request of an entry; null when it has none.</summary>
    public static RequestId? RequestOf(JournalEntry stored) =>
        stored.Entry.Length >= RequestAt + RequestLength && System.Buffers.Text.Utf8Parser.TryParse(
            stored.Entry.Span.Slice(RequestAt - 1, RequestLength), out Guid id, out _) ? new(id) : null;
}

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
