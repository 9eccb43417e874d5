using Aufruf.Domain;

namespace Aufruf.Contracts;

/// <summary>The answer to a command: the events it led to, or the reason why it was refused.</summary>
/// <param name="Version">Journal version of the stream after it.</param>
public sealed record Answer<TEvent>(long Version, IReadOnlyList<TEvent> Events, Refusal? Refusal);
