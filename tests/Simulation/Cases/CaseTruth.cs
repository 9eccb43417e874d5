using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Outbox;
using Aufruf.Grains.Journal;

namespace Aufruf.Simulation.Cases;

/// <summary>All that the journal says, folded entry by entry beside the hubs, and the promises that each entry must keep.</summary>
internal sealed class CaseTruth(CaseTown town)
{
    private readonly HashSet<MessageId> _queued = [];

    public SortedDictionary<string, CitizenCase> Cases { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, Claim> Claims { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, CaseDraft> Drafts { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, Sequence> Sequences { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, Stock> Stocks { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, Wheel> Wheels { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, Outbox> Outboxes { get; } = new(StringComparer.Ordinal);

    /// <summary>Streams of cases whose work could begin: all was paid that had to be paid before.</summary>
    public HashSet<string> Received { get; } = [];

    /// <summary>Streams of cases whose answers were corrected.</summary>
    public HashSet<string> Amended { get; } = [];

    /// <summary>How many mails followed from an entry.</summary>
    public Dictionary<Cause, int> Mails { get; } = [];

    /// <summary>The entries that settled a claim.</summary>
    public List<Cause> Settlements { get; } = [];

    /// <summary>Each state that a case has reached, with its entry.</summary>
    public List<(Cause Cause, CaseEvent Happened, DateTimeOffset At)> Steps { get; } = [];

    /// <summary>Commands that a hub has acknowledged, by their stream.</summary>
    public List<(string Stream, Domain.RequestId Request)> Acknowledged { get; } = [];

    public void Written(JournalEntry stored)
    {
        town.Tally.Entries++;
        switch (stored.Stream.Split('/')[0])
        {
            case CitizenCase.StreamKind:
                Fold<CitizenCase, CaseEvent>(Cases, stored, CitizenCase.Empty, (found, happened) =>
                {
                    Look(stored, found, happened);
                    return found.Apply(happened);
                });
                break;
            case Claim.StreamKind:
                Fold<Claim, ClaimEvent>(Claims, stored, Claim.Empty, (claim, happened) =>
                {
                    if (happened is ClaimEvent.ClaimSettled)
                    {
                        Settlements.Add(new(stored.Stream, stored.Version));
                    }

                    return claim.Apply(happened);
                });
                break;
            case CaseDraft.StreamKind:
                Fold<CaseDraft, CaseDraftEvent>(Drafts, stored, CaseDraft.Empty, (draft, happened) => draft.Apply(happened));
                break;
            case Sequence.StreamKind:
                Fold<Sequence, SequenceEvent>(Sequences, stored, Sequence.Empty, (sequence, happened) => sequence.Apply(happened));
                break;
            case Stock.StreamKind:
                Fold<Stock, StockEvent>(Stocks, stored, Stock.Empty, (stock, happened) => stock.Apply(happened));
                break;
            case Wheel.StreamKind:
                Fold<Wheel, WheelEvent>(Wheels, stored, Wheel.Empty, (wheel, happened) => wheel.Apply(happened));
                break;
            case Outbox.StreamKind:
                Fold<Outbox, OutboxEvent>(Outboxes, stored, Outbox.Empty, (outbox, happened) =>
                {
                    if (happened is OutboxEvent.MessageQueued queued)
                    {
                        Mails[queued.Cause] = Mails.GetValueOrDefault(queued.Cause) + 1;
                        town.Promise(_queued.Add(queued.Message), () => $"One notice was queued twice: it follows from {queued.Cause}.");
                    }

                    return outbox.Apply(happened);
                });
                break;
        }
    }

    /// <summary>The state after all entries of a stream, read again from the first one.</summary>
    public TState Replay<TState, TEvent>(string stream, TState empty, Func<TState, TEvent, TState> apply) =>
        town.Disk.Read(stream).SelectMany(stored => EntryContent<TEvent>.Read(stored).Events).Aggregate(empty, apply);

    private static void Fold<TState, TEvent>(SortedDictionary<string, TState> all, JournalEntry stored, TState empty,
        Func<TState, TEvent, TState> apply) =>
        all[stored.Stream] = EntryContent<TEvent>.Read(stored).Events.Aggregate(all.GetValueOrDefault(stored.Stream, empty), apply);

    private void Look(JournalEntry stored, CitizenCase found, CaseEvent happened)
    {
        switch (happened)
        {
            case CaseEvent.TaskClaimed claimed:
                town.Promise(found.Tasks.GetValueOrDefault(claimed.Task) is { IsOpen: true } task
                    && (task.HeldBy is null || task.HeldBy == claimed.By.For),
                    () => $"Two clerks got one task: {claimed.Task} of {stored.Stream}.");
                town.Promise(claimed.Task != CaseTask.Second || claimed.By.Clerk != found.DecidedBy,
                    () => $"The person who decided took the task of the second: {stored.Stream}.");
                break;
            case CaseEvent.DecisionApproved approved:
                town.Promise(approved.By.Clerk is not null && approved.By.Clerk != found.DecidedBy,
                    () => $"Four eyes were one person's: {stored.Stream}.");
                break;
            case CaseEvent.DecisionPosted:
                town.Promise(!found.Plan!.FourEyes || found.ApprovedBy is not null,
                    () => $"A decision left the house without its second person: {stored.Stream}.");
                break;
            case CaseEvent.CaseMoved { Step: CaseStep.Destroy, By: { Role: CaseRole.Second, Clerk: var clerk } }:
                town.Promise(found.DestructionProposedBy is { } one && one != clerk,
                    () => $"One person alone destroyed {stored.Stream}.");
                break;
            case CaseEvent.CaseMoved { To: CaseState.Received }:
                Received.Add(stored.Stream);
                break;
            case CaseEvent.AnswersAdded:
                Amended.Add(stored.Stream);
                break;
        }

        Steps.Add((new(stored.Stream, stored.Version), happened, stored.At));
    }
}
