using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Cases;

/// <summary>All that happened to a case, as its stream has it.</summary>
internal sealed class CaseHistory(IJournal journal, CaseSeals seals)
{
    public async Task<IReadOnlyList<CaseEntry>> ReadAsync(string stream, KnownProcedure procedure)
    {
        List<CaseEntry> all = [];
        DecisionOutcome? outcome = null;
        await foreach (var happened in EventsAsync(stream))
        {
            outcome = happened is CaseEvent.DecisionTaken taken ? taken.Outcome : outcome;
            var task = TaskOf(happened);
            all.Add(await EntryOfAsync(stream, happened) with
            {
                Task = task,
                About = task is not null ? CaseLabels.OfTask(procedure.Is, task)
                    : happened is CaseEvent.CaseDocumentAdded added ? CaseLabels.OfDocument(procedure, added.Document, outcome) : null,
            });
        }

        return all;
    }

    /// <summary>That which the office asks for in this state, and all messages.</summary>
    public async Task<CaseTalk> TalkAsync(string stream, CitizenCase found)
    {
        if (found.Messages.IsEmpty && found.State is not (CaseState.Supplement or CaseState.Hearing or CaseState.Rejected))
        {
            return CaseTalk.None;
        }

        string? asked = null;
        List<CaseMessage> messages = [];
        await foreach (var happened in EventsAsync(stream))
        {
            asked = happened is CaseEvent.CaseMoved moved ? moved.To == found.State
                && moved.To is CaseState.Supplement or CaseState.Hearing or CaseState.Rejected ? moved.Reason : null : asked;
            if (happened is CaseEvent.CaseMessageNoted { Text: not null } message
                && await seals.OpenNoteAsync(stream, message.Text) is { } text)
            {
                messages.Add(new(message.At, message.FromCitizen, text));
            }
        }

        return new(await seals.OpenNoteAsync(stream, asked), messages);
    }

    private async IAsyncEnumerable<CaseEvent> EventsAsync(string stream)
    {
        await foreach (var entry in journal.ReadAsync(stream, 0, CancellationToken.None))
        {
            foreach (var happened in EntryContent<CaseEvent>.Read(entry).Events)
            {
                yield return happened;
            }
        }
    }

    private static string? TaskOf(CaseEvent happened) => happened switch
    {
        CaseEvent.TaskClaimed e => e.Task,
        CaseEvent.TaskReleased e => e.Task,
        CaseEvent.TaskFinished e => e.Task,
        CaseEvent.TaskForwarded e => e.Task,
        _ => null,
    };

    private async Task<CaseEntry> EntryOfAsync(string stream, CaseEvent happened)
    {
        (DateTimeOffset At, string What, CaseState? To, CaseActor? By, string? Reason) = happened switch
        {
            CaseEvent.CaseSubmitted e => (e.At, "submitted", (CaseState?)CaseState.Submitted, (CaseActor?)e.By, (string?)null),
            CaseEvent.AnswersAdded e => (e.At, "added", null, e.By, null),
            CaseEvent.CaseMoved e => (e.At, "moved", e.To, e.By, e.Reason),
            CaseEvent.DecisionTaken e => (e.At, e.Outcome is DecisionOutcome.Granted ? "granted" : "refused", CaseState.Decided, e.By,
                e.Reason),
            CaseEvent.DecisionApproved e => (e.At, "approved", null, e.By, null),
            CaseEvent.DecisionPosted e => (e.At, "posted", CaseState.Dispatched, e.By, null),
            CaseEvent.CaseLate e => (e.At, "late", null, CaseActor.Engine, null),
            CaseEvent.TaskClaimed e => (e.At, "claimed", null, e.By, null),
            CaseEvent.TaskReleased e => (e.At, "released", null, e.By, null),
            CaseEvent.TaskFinished e => (e.At, "finished", null, e.By, e.Result), // Sealed as a reason is.
            CaseEvent.VisitNoted e => (e.At, "visit", null, new(CaseRole.Clerk, e.Clerk, null), null),
            CaseEvent.DestructionProposed e => (e.At, "proposed", null, e.By, null),
            CaseEvent.CaseDocumentAdded e => (e.At, "document", null, e.By, null),
            CaseEvent.TaskForwarded e => (e.At, "forwarded", null, e.By, null),
            CaseEvent.CaseMessageNoted e => (e.At, e.FromCitizen ? "message" : "answer", null, e.By, e.Text),
            CaseEvent.CaseNoteAdded e => (e.At, "note", null, e.By, e.Text),
            CaseEvent.FileScanned e => (e.At, e.IsClean ? "scanned" : "infected", null, CaseActor.Engine, null),
            CaseEvent.ParticipantAdded e => (e.At, "participant", null, null, null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new(At, What, To, By?.Clerk?.Value, await seals.OpenNoteAsync(stream, Reason))
        {
            Channel = (happened as CaseEvent.CaseSubmitted)?.Channel ?? (happened as CaseEvent.AnswersAdded)?.Channel,
            Visit = happened is CaseEvent.VisitNoted visit ? (visit.Number, visit.End) : null,
            For = By?.For?.Value,
        };
    }
}

/// <summary>The words between citizen and office.</summary>
/// <param name="Asked">The office asks for this now, or gives this reason; null: nothing.</param>
internal sealed record CaseTalk(string? Asked, IReadOnlyList<CaseMessage> Messages)
{
    public static CaseTalk None { get; } = new(null, []);
}
