namespace Aufruf.Domain.Queues;

/// <summary>Takes back a counter's last step, a call included. A transfer to another area stands: the ticket may be called there.
/// </summary>
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
        queue.At(counter) is { LastStep: { } step } state && now - step.At <= Limit
        && (state.Ticket is null || state.Ticket == step.Before.Id)
        && step.Parts.All(part => queue.Tickets[part.Before.Id].Changes == part.Changes
            && !queue.IsTakenByAnother(part.Before.Number, part.Before.Id))
            ? step
            : null;

    internal static Decision<QueueEvent> Decide(Queue queue, UndoStep command, DateTimeOffset now)
    {
        var counter = command.Counter;
        return queue.Undoable(counter, now) is not { } step ? Refusal.NothingToUndo : new Decision<QueueEvent>([
            .. step.Parts.Select(part => new StepUndone(part.Before.Id, counter, now)),
            .. (queue.At(counter).Presence, step.Parts.Any(part => part.Before.IsAt(counter))) switch
            {
                // The visit goes on, and the pause waits for its end.
                (Presence.Pause, true) => [new PresenceChanged(counter, Presence.PauseAfter, now)],
                (Presence.PauseAfter, false) => [new PresenceChanged(counter, Presence.Pause, now)],
                _ => (QueueEvent[])[],
            },
        ]);
    }

    /// <summary>A step of a clerk: the ticket and its counter change, and the step may be undone for a while.</summary>
    /// <param name="ended">For a call: the end of the visit before it.</param>
    internal static Queue Step(Queue queue, CounterId counter, DateTimeOffset at, Ticket after,
        Func<CounterState, CounterState>? change = null, LastStep? ended = null)
    {
        var before = queue.Tickets[after.Id];
        return queue.With(after).With(counter, c => (change?.Invoke(c) ?? c) with
        {
            LastStep = new(at, before, after.State, before.Changes + 1, ended),
        });
    }

    internal static Queue Apply(Queue queue, StepUndone e) => queue.At(e.Counter).LastStep is not { } step
        ? throw new InvalidOperationException($"Counter {e.Counter} has no step to undo.")
        : queue.With(step.Before).With(e.Counter, c => c with
        {
            Ticket = step.Before.IsAt(e.Counter) ? step.Before.Id : null,
            Served = c.Served - (step.Became is TicketState.Served or TicketState.Pickup ? 1 : 0),
            LastStep = step.Ended,
        });
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
