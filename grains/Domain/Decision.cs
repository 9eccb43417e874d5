namespace Aufruf.Domain;

/// <summary>The answer of a rule: the events to record, and the reason when the command is refused.</summary>
/// <remarks>Events with a refusal: the refusal itself is recorded. Neither: nothing changes.</remarks>
public sealed record Decision<TEvent>(IReadOnlyList<TEvent> Events, Refusal? Refusal = null)
{
    public static implicit operator Decision<TEvent>(TEvent happened) => new([happened]);
    public static implicit operator Decision<TEvent>(TEvent[] happened) => new(happened, null);
    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);
}
