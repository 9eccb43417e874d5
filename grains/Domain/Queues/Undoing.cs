namespace Aufruf.Domain.Queues;

/// <summary>Takes back a counter's last step with a ticket, a call included.</summary>
/// <remarks>A seat, a pause or a call for help has an opposite of its own.</remarks>
public static class Undoing
{
    /// <summary>How long a step may be undone.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    extension(Refusal)
    {
        public static Refusal NothingToUndo => new("nothing-to-undo",
            "Das lässt sich nicht mehr rückgängig machen.", "This can no longer be undone.");
    }

    /// <summary>The step of a counter that can be undone now. Null: there is none, or others have gone on from it.</summary>
    public static LastStep? Undoable(this Queue queue, CounterId counter, DateTimeOffset now) =>
        LastOf(queue, counter) is { } step && now - step.At <= Limit
            && queue.Tickets[step.Before.Id].Transfer is not { State: TransferState.Withdrawn }
            // The visit before went back to its own area, where it may be called by now.
            && (step.Ended is null || queue.Tickets[step.Ended.Before.Id].State is not TicketState.Transferred) ? step : null;

    /// <summary>The last step of a counter, however long ago, if nobody has gone on from it.</summary>
    internal static LastStep? LastOf(Queue queue, CounterId counter) =>
        queue.At(counter) is { LastStep: { } step } state && (state.Ticket is null || state.Ticket == step.Before.Id)
        && step.Parts.All(part => queue.Tickets[part.Before.Id].Changes == part.Changes
            && !queue.IsTakenByAnother(part.Before.Number, part.Before.Id))
            ? step
            : null;

    /// <summary>A ticket that another area has, or may have, is asked back first: see <see cref="Withdrawing"/>.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, UndoStep command, DateTimeOffset now) =>
        queue.Undoable(command.Counter, now) is not { } step ? Refusal.NothingToUndo
        : queue.Tickets[step.Before.Id].State is TicketState.Transferred
            ? new TransferWithdrawn(step.Before.Id, command.Counter, now)
        : Undo(queue, command.Counter, step, now);

    internal static QueueEvent[] Undo(Queue queue, CounterId counter, LastStep step, DateTimeOffset now) =>
    [
        .. step.Parts.Select(part => new StepUndone(part.Before.Id, counter, now)),
        .. (queue.At(counter).Presence, step.Parts.Any(part => part.Before.IsAt(counter))) switch
        {
            // The visit goes on, and the pause waits for its end.
            (Presence.Pause, true) => [new PresenceChanged(counter, Presence.PauseAfter, now)],
            (Presence.PauseAfter, false) => [new PresenceChanged(counter, Presence.Pause, now)],
            _ => (QueueEvent[])[],
        },
    ];

    /// <summary>A step of a clerk: the ticket and its counter change, and the step may be undone for a while.</summary>
    /// <param name="ended">For a call: the end of the visit before it.</param>
    /// <param name="before">The ticket before the whole command; null: as it is now.</param>
    internal static Queue Step(Queue queue, CounterId counter, DateTimeOffset at, Ticket after,
        Func<CounterState, CounterState>? change = null, LastStep? ended = null, Ticket? before = null)
    {
        var now = queue.Tickets[after.Id];
        return queue.With(after).With(counter, c => (change?.Invoke(c) ?? c) with
        {
            LastStep = new(at, before ?? now, after.State, now.Changes + 1, ended),
        });
    }

    internal static Queue Apply(Queue queue, StepUndone e) => queue.At(e.Counter).LastStep is not { } step
        ? throw new InvalidOperationException($"Counter {e.Counter} has no step to undo.")
        : queue.With(Restored(step.Before, queue.Tickets[step.Before.Id]))
            .With(e.Counter, c => c with
            {
                Ticket = step.Before.IsAt(e.Counter) ? step.Before.Id : null,
                Served = c.Served - (step.Became is TicketState.Served or TicketState.Pickup ? 1 : 0),
                LastStep = step.Ended,
            });

    /// <summary>Attempts only grow; the person, the case and the message are no part of a step.</summary>
    private static Ticket Restored(Ticket before, Ticket now) =>
        before with { Transfer = now.Transfer, Person = now.Person, Case = now.Case, Notice = now.Notice };
}

/// <summary>A counter's last step, as long as it may be undone.</summary>
/// <param name="Before">The ticket before it.</param>
/// <param name="Became">The state in which the step left the ticket.</param>
/// <param name="Changes">The ticket's changes after it; any further change makes the step final.</param>
/// <param name="Ended">The end of another visit, which the same call brought. It is undone with it.</param>
public sealed record LastStep(DateTimeOffset At, Ticket Before, TicketState Became, int Changes, LastStep? Ended = null)
{
    /// <summary>In the order in which they are undone.</summary>
    [JsonIgnore]
    public IEnumerable<LastStep> Parts => Ended is null ? [this] : [this, Ended];
}
