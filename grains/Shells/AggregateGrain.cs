using Aufruf.Contracts;
using Aufruf.Domain;

namespace Aufruf.Grains;

/// <summary>The grain of an aggregate that lives longer than a day. Its key is the name of its stream.</summary>
internal abstract class AggregateGrain<TState, TCommand, TEvent>(
    IGrainContext context,
    IJournal journal,
    IAnnouncer<TState, TEvent> announcer,
    TimeProvider clock,
    TState empty,
    Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide,
    Func<TState, TEvent, TState> apply) : Grain, IAggregateGrain<TState, TCommand, TEvent>
{
    private readonly Journaled<TState, TCommand, TEvent> _shell = new(
        context.GrainId.Key.ToString()!, journal, announcer, clock, empty, decide, apply);

    public Task<Answer<TEvent>> Handle(RequestId request, TCommand command) => _shell.Handle(request, command);

    /// <summary>Another process may have written: the journal is asked.</summary>
    public async Task<TState> View() => (await _shell.ViewAsync(await journal.LastVersionAsync(context.GrainId.Key.ToString()!))).State;

    public Task ReadAgain()
    {
        _shell.Forget();
        return _shell.ViewAsync();
    }
}
