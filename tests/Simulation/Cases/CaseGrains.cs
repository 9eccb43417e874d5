using System.Reflection;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Outbox;
using Aufruf.Hub.Gateway;

namespace Aufruf.Simulation.Cases;

/// <summary>Gives a hub the grains of cases as Orleans does, wherever they live.</summary>
public class CaseGrains : DispatchProxy
{
    private CaseHub? _hub;

    /// <summary>No simulated case begins at a ticket.</summary>
    internal static IQueues NoQueues { get; } = Create<IQueues, CaseGrains>();

    internal static IGrainFactory FactoryOf(CaseHub hub)
    {
        var factory = Create<IGrainFactory, CaseGrains>();
        ((CaseGrains)(object)factory)._hub = hub;
        return factory;
    }

    protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _hub is { } hub && targetMethod?.GetGenericArguments() is [var kind] && args is [string stream, ..]
            ? kind switch
            {
                _ when kind == typeof(ICaseGrain) => new CaseOf(hub, stream),
                _ when kind == typeof(ICaseDraftGrain) => new DraftOf(hub, stream),
                _ when kind == typeof(IClaimGrain) => new ClaimOf(hub, stream),
                _ when kind == typeof(IStockGrain) => new StockOf(hub, stream),
                _ when kind == typeof(ISequenceGrain) => new SequenceOf(hub, stream),
                _ when kind == typeof(IOutboxGrain) => new OutboxOf(hub, stream),
                _ => throw new NotSupportedException($"{kind.Name} is not simulated."),
            }
            : throw new NotSupportedException($"{targetMethod?.Name} is not simulated.");

    private class Remote<TState, TCommand, TEvent>(CaseHub hub, string stream) : IAggregateGrain<TState, TCommand, TEvent>
        where TState : class, IAggregate<TState, TCommand, TEvent> where TCommand : class
    {
        public Task<Answer<TEvent>> Handle(RequestId request, TCommand command) => hub.CallAsync(stream,
            home => home.Shells<TState, TCommand, TEvent>().Of(stream).Handle(hub.Seen(request), command));

        /// <summary>As the grain does: the journal is asked whether another process has written.</summary>
        public Task<TState> View(long? atLeast = null) => hub.CallAsync(stream, async home => (await home
            .Shells<TState, TCommand, TEvent>().Of(stream).ViewAsync(atLeast ?? await home.Journal.LastVersionAsync(stream))).State);

        // An operator calls it, and no simulated one does.
        public Task ReadAgain() => throw new NotSupportedException();
    }

    private sealed class CaseOf(CaseHub hub, string stream) : Remote<CitizenCase, CaseCommand, CaseEvent>(hub, stream), ICaseGrain;

    private sealed class DraftOf(CaseHub hub, string stream)
        : Remote<CaseDraft, CaseDraftCommand, CaseDraftEvent>(hub, stream), ICaseDraftGrain;

    private sealed class ClaimOf(CaseHub hub, string stream) : Remote<Claim, ClaimCommand, ClaimEvent>(hub, stream), IClaimGrain;

    private sealed class StockOf(CaseHub hub, string stream) : Remote<Stock, StockCommand, StockEvent>(hub, stream), IStockGrain;

    private sealed class SequenceOf(CaseHub hub, string stream)
        : Remote<Sequence, SequenceCommand, SequenceEvent>(hub, stream), ISequenceGrain
    {
        public async Task<int?> NumberOf(string draft)
        {
            var answer = await Handle(new RequestId(Guid.CreateVersion7()), new SequenceCommand.GiveNumbers([draft]));
            return answer.Refusal is null ? (await View()).Given[draft] : null;
        }

        public async Task<string?> DraftOf(int number) => (await View()).Given.FirstOrDefault(given => given.Value == number).Key;
    }

    private sealed class OutboxOf(CaseHub hub, string stream) : Remote<Outbox, OutboxCommand, OutboxEvent>(hub, stream), IOutboxGrain;
}
