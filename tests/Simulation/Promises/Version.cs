using System.Collections.Immutable;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Simulation.Promises;

/// <summary>A durable version of a queue, and beside it the list a person with pencil and paper would keep.</summary>
/// <param name="Alive">Everybody who waits, is at a counter, set aside or comes back for a document, in order of arrival.</param>
/// <param name="Served">Visits finished, per counter.</param>
/// <param name="Steps">The last step of each counter, if it could be undone.</param>
/// <param name="Handled">How often anything was done with a ticket.</param>
internal sealed record Version(
    Queue Queue, IReadOnlyList<Ticket> Alive, ImmutableDictionary<CounterId, int> Served, ImmutableDictionary<CounterId, Step> Steps,
        ImmutableDictionary<TicketId, int> Handled)
{
    public static Version Empty(QueueKey key) => new(
        Queue.Empty(key), [], ImmutableDictionary<CounterId, int>.Empty, ImmutableDictionary<CounterId, Step>.Empty,
            ImmutableDictionary<TicketId, int>.Empty);

    public Version After(QueueEvent happened)
    {
        var queue = Queue.Apply(happened);
        if (TicketOf(happened) is not { } id)
        {
            var closed = happened is CounterClosed c ? c.Counter : (CounterId?)null;
            return this with { Queue = queue, Steps = happened is DayEnded ? Steps.Clear() : closed is { } at ? Steps.Remove(at) : Steps };
        }

        var others = Alive.Where(t => t.Id != id);
        var undone = happened is StepUndone u ? Steps.GetValueOrDefault(u.Counter) : null;
        return new(
            queue,
            Ends(happened) ? [.. others] : [.. others.Append(queue.Tickets[id]).OrderBy(t => t.Place)],
            happened is TicketServed or PickupPromised && CounterOf(happened) is { } counter
                ? Served.SetItem(counter, Served.GetValueOrDefault(counter) + 1)
                : undone is { IsServed: true } && CounterOf(happened) is { } back ? Served.SetItem(back, Served[back] - 1)
                : Served,
            StepsAfter(happened, id),
            // The way between two areas is nobody's hand.
            happened is TransferClosed or TransferWithdrawn or TicketSentHome
                ? Handled : Handled.SetItem(id, Handled.GetValueOrDefault(id) + 1));
    }

    /// <summary>Why a step must not be undone; null when it may.</summary>
    public string? WhyNotUndone(StepUndone undone) =>
        Steps.GetValueOrDefault(undone.Counter) is not { } step || step.Ticket != undone.Ticket ? "it was not the last step there"
        : undone.At - step.At > TimeSpan.FromSeconds(10) ? "it was too long ago"
        : Handled[step.Ticket] != step.Handled ? "somebody else has had the ticket since"
        : Alive.Any(t => t.AtCounter && t.Counter == undone.Counter && t.Id != undone.Ticket) ? "somebody else is at that counter"
        : null;

    public Ticket? VisitAt(CounterId counter) => Alive.FirstOrDefault(t => t.AtCounter && t.Counter == counter);

    public Ticket? NextFor(Setting setting, CounterId counter, DateTimeOffset now) => PencilAndPaper.Next(Queue, counter, setting, now);

    /// <summary>Whether this ticket is the next one; null: whether nobody is.</summary>
    /// <remarks>A hub hears a moment later who sits elsewhere. So a ticket kept for such a clerk may be passed over, or not.</remarks>
    public bool IsNext(TicketId? ticket, Setting setting, CounterId counter, DateTimeOffset now)
    {
        var elsewhere = new HashSet<ClerkId>();
        while (NextFor(setting with { SitsElsewhere = elsewhere.Contains }, counter, now) is { } first)
        {
            if (first.Id == ticket)
            {
                return true;
            }

            if (first.ForClerk is not { } clerk || !elsewhere.Add(clerk))
            {
                return false;
            }
        }

        return ticket is null;
    }

    public int WaitingFor(WaitingArea area, Counter counter) =>
        Alive.Count(t => t.State is TicketState.Waiting && MayCall(area, counter, t.Service));

    private bool Ends(QueueEvent happened) =>
        happened is TicketServed or TicketMissed or TicketCancelled or VisitCutOff or TicketExpired
            or TransferClosed { Outcome: not TransferState.Rejected } or TransferWithdrawn or TransferReleased
        || (happened is TicketTransferred { To.Area: { } area } && area != Queue.Key.Area)
        || happened is TicketFetched or TicketSentHome
        || (happened is TicketSentOn { To.Area: { } other } && other != Queue.Key.Area)
        || (happened is RemarkWritten e && Alive.All(t => t.Id != e.Ticket));

    private ImmutableDictionary<CounterId, Step> StepsAfter(QueueEvent happened, TicketId id)
    {
        if (CounterOf(happened) is not { } counter || happened is ServicesGiven)
        {
            return Steps;
        }

        var (last, handled) = (Steps.GetValueOrDefault(counter), Handled.GetValueOrDefault(id));
        if (happened is TicketRecalled)
        {
            return last is not null && last.Ticket == id && last.Handled == handled
                ? Steps.SetItem(counter, last with { Handled = handled + 1 }) : Steps;
        }

        // A call also takes the visit with it that it ended.
        var next = happened switch
        {
            StepUndone => last?.Ended,
            VisitCutOff => null,
            // The press counts; the other area may answer later.
            TransferWithdrawn => last is null ? null : last with { At = DateTimeOffset.MaxValue },
            TicketCalled => new Step(id, happened.At, handled + 1, false, last?.At == happened.At && last.LeftTheCounter ? last : null),
            _ => new Step(id, happened.At, handled + 1, happened is TicketServed or PickupPromised)
            {
                LeftTheCounter = happened is not (TicketArrived or ServiceSwitched or TicketResumed),
            },
        };
        return next is null ? Steps.Remove(counter) : Steps.SetItem(counter, next);
    }

    // Written again, not called: a rule that checks itself finds nothing.
    private static bool MayCall(WaitingArea area, Counter counter, ServiceId service) =>
        counter.Services.Contains(service) || area.Counters.All(c => !c.Services.Contains(service));

    private static TicketId? TicketOf(QueueEvent happened) => happened is ITicketEvent e and not ForecastGiven ? e.Ticket : null;

    private static CounterId? CounterOf(QueueEvent happened) => (happened as ICounterEvent)?.Counter;
}

/// <summary>The last step of a counter with a ticket.</summary>
/// <param name="Ended">For a call: the end of the visit before it, undone with it.</param>
internal sealed record Step(TicketId Ticket, DateTimeOffset At, int Handled, bool IsServed, Step? Ended = null)
{
    public bool LeftTheCounter { get; init; }
}
