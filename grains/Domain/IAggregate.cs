namespace Aufruf.Domain;

/// <summary>A state with its rules, for aggregates that live longer than a day. A grain and a snapshot need nothing else of it.</summary>
/// <remarks>A command has no personal value in clear text: the journal keeps a hash of it, which could be guessed back.</remarks>
public interface IAggregate<TSelf, TCommand, TEvent> : ISaved where TSelf : IAggregate<TSelf, TCommand, TEvent>
{
    /// <summary>Before its first event.</summary>
    static abstract TSelf Empty { get; }

    /// <summary>The events to record, or a refusal. Pure.</summary>
    Decision<TEvent> Decide(TCommand command, DateTimeOffset now);

    /// <summary>The state after an event. Pure.</summary>
    TSelf Apply(TEvent happened);

    /// <summary>A command without that in which two repeats of it may differ, such as a new seal.</summary>
    static virtual TCommand Compared(TCommand command) => command;
}

/// <summary>A state that is saved beside the journal.</summary>
public interface ISaved
{
    /// <summary>Another one for every change of the state's form, or of what an event does to it. SnapshotShapeTests holds it.</summary>
    static abstract int Schema { get; }

    /// <summary>A snapshot that is older is deleted; null: none is too old.</summary>
    static virtual TimeSpan? UsefulFor => null;
}

public static class RequestRefusals
{
    extension(Refusal)
    {
        public static Refusal RequestReused => new("request-reused",
            "Diese Eingabe trägt die Nummer einer anderen und wurde nicht ausgeführt. Bitte versuchen Sie es noch einmal.",
            "This request has the id of another one and was not carried out. Each request needs a new id.");
    }
}
