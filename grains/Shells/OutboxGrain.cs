using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Outbox;

namespace Aufruf.Grains;

/// <summary>The outbox of one authority.</summary>
[KeepAlive]
internal sealed class OutboxGrain(IGrainContext context, IJournal journal, IAnnouncer<Outbox, OutboxEvent> announcer, TimeProvider clock)
    : Grain, IOutboxGrain
{
    private readonly Journaled<Outbox, OutboxCommand, OutboxEvent> _outbox = new(
        context.GrainId.Key.ToString()!, journal, announcer, clock, Outbox.Empty,
        (outbox, command, now) => outbox.Decide(command, now),
        (outbox, happened) => outbox.Apply(happened));

    public Task<Answer<OutboxEvent>> Handle(RequestId request, OutboxCommand command) => _outbox.Handle(request, command);

    public Task ReadAgain()
    {
        _outbox.Forget();
        return _outbox.ViewAsync();
    }

    public async Task<Outbox> View() => (await _outbox.ViewAsync()).State;
}
