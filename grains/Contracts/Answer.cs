using Aufruf.Domain;

namespace Aufruf.Contracts;

/// <summary>What became of a wish: the facts it made, or the one reason why not.</summary>
/// <param name="Version">Journal version of the stream after it.</param>
public sealed record Answer<TEvent>(long Version, IReadOnlyList<TEvent> Events, Refusal? Refusal);
