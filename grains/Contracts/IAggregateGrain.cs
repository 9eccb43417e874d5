using Aufruf.Domain;

namespace Aufruf.Contracts;

/// <summary>An aggregate that lives longer than a day. Key: the name of its stream in the journal.</summary>
public interface IAggregateGrain<TState, TCommand, TEvent> : IGrainWithStringKey
{
    /// <summary>Carries out a command once per request: a repeat gives the same answer.</summary>
    /// <exception cref="JournalUnavailableException">Whether it was recorded is unknown: repeat it with the same request id.</exception>
    Task<Answer<TEvent>> Handle(RequestId request, TCommand command);

    /// <summary>The state as of the last durable entry.</summary>
    /// <param name="atLeast">A version that the caller has read in the journal; null: the journal is asked for the last one.</param>
    Task<TState> View(long? atLeast = null);

    /// <summary>Forgets what it knows and reads the journal: another process may have written.</summary>
    Task ReadAgain();
}
