using Aufruf.Contracts;
using Aufruf.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Grains;

/// <summary>The grain of an aggregate that lives longer than a day. Its key is the name of its stream.</summary>
public abstract class AggregateGrain<TState, TCommand, TEvent>(IGrainContext context) : Grain, IAggregateGrain<TState, TCommand, TEvent>
    where TState : class, IAggregate<TState, TCommand, TEvent> where TCommand : class
{
    private readonly IJournal _journal = context.ActivationServices.GetRequiredService<IJournal>();

    private protected string Stream { get; } = context.GrainId.Key.ToString()!;

    private protected Journaled<TState, TCommand, TEvent> Shell { get; } = Journaled.Of<TState, TCommand, TEvent>(
        context.GrainId.Key.ToString()!, context.ActivationServices.GetRequiredService<IJournal>(),
        context.ActivationServices.GetRequiredService<IAnnouncer<TState, TEvent>>(),
        context.ActivationServices.GetRequiredService<TimeProvider>(),
        context.ActivationServices.GetRequiredService<ISnapshots<TState>>());

    public virtual Task<Answer<TEvent>> Handle(RequestId request, TCommand command) => Shell.Handle(request, command);

    /// <summary>Another process may have written: the journal is asked.</summary>
    public virtual async Task<TState> View(long? atLeast = null) =>
        (await Shell.ViewAsync(atLeast ?? await _journal.LastVersionAsync(Stream))).State;

    public Task ReadAgain()
    {
        Shell.Forget();
        return Shell.ViewAsync();
    }
}
