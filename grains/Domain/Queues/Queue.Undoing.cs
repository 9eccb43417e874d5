using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Queues;

// Taking back the last step, as long as nothing of it has left the house: a call was heard by everybody, a ticket sent to another area is there.
public sealed partial record Queue
{
    /// <summary>How long a step may be taken back.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(10);

    private Decision<QueueEvent> Undo(UndoStep wish, DateTimeOffset now) => Undoable(wish.Counter, now) is not { } step
        ? Refusal.NothingToUndo
        : new Decision<QueueEvent>([
            new StepUndone(step.Before.Id, wish.Counter, now),
            .. (At(wish.Counter).Presence, IsAtCounter(step.Before, wish.Counter)) switch
            {
                (Presence.Pause, true) => [new PresenceChanged(wish.Counter, Presence.PauseAfter, now)], // The visit goes on, and the pause waits for its end.
                (Presence.PauseAfter, false) => [new PresenceChanged(wish.Counter, Presence.Pause, now)],
                _ => (QueueEvent[])[],
            },
        ]);

    /// <summary>The step of a counter that can be taken back now; null when there is none.</summary>
    public LastStep? Undoable(CounterId counter, DateTimeOffset now) =>
        At(counter).LastStep is { } step && now - step.At <= UndoTime
        && Tickets[step.Before.Id].Changes == step.Changes // Nobody has done anything else with it.
        && (At(counter).Ticket is null || At(counter).Ticket == step.Before.Id)
        && !IsSomebodyElses(step.Before.Number, step.Before.Id) // Nobody else has its number now.
            ? step
            : null;

    private Queue Undone(StepUndone e)
    {
        var step = At(e.Counter).LastStep!;
        var finished = step.Became is TicketState.Served or TicketState.Pickup ? 1 : 0;
        return Changed(step.Before with { }, e.Counter, c => c with
        {
            Ticket = IsAtCounter(step.Before, e.Counter) ? step.Before.Id : null,
            Served = c.Served - finished,
            LastStep = null,
        });
    }

    private static bool IsAtCounter(Ticket ticket, CounterId counter) => ticket.AtCounter && ticket.Counter == counter;
}
