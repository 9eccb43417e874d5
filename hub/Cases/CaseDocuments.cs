using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;

namespace Aufruf.Hub.Cases;

/// <summary>The process of documents: each state that a case reaches brings its own. Then they go to the portal or to the post.</summary>
/// <remarks>A crash between writing and noting leaves at most a content that no case names.</remarks>
internal sealed class CaseDocuments(CasePapers papers, IGrainFactory grains, FollowUpNeeds needs, ILogger<CaseDocuments> log)
    : CaseFollowUp("documents of cases", grains, needs, log, "case-submitted", "case-moved", "decision-")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        foreach (var happened in EntryContent<CaseEvent>.Read(entry).Events)
        {
            switch (happened)
            {
                case CaseEvent.CaseSubmitted:
                    await IssueAsync(entry, CaseState.Submitted);
                    break;
                case CaseEvent.CaseMoved { Step: CaseStep.Return }:
                    await WithdrawAsync(entry);
                    break;
                case CaseEvent.CaseMoved { Step: not CaseStep.ReturnPost } moved:
                    await IssueAsync(entry, moved.To);
                    break;
                case CaseEvent.DecisionTaken or CaseEvent.DecisionApproved:
                    await DecideAsync(entry);
                    break;
                case CaseEvent.DecisionPosted:
                    await IssueAsync(entry, CaseState.Dispatched);
                    break;
            }
        }
    }

    /// <summary>A case that comes to a state again has its document already.</summary>
    private async Task IssueAsync(JournalEntry entry, CaseState state)
    {
        if (await papers.ReadAsync(entry.Stream, state) is not { } read)
        {
            return;
        }

        foreach (var document in CaseLetters.Of(read.Found, state, null)
            .Where(document => !read.Case.Documents.Keys.Any(key => DocumentKey.Read(key)?.Document == document.Id)))
        {
            await AddAsync(read, entry, read.Letter(document, null, null, read.DayOf(entry.At)));
        }

        await QueueAsync(read with { Case = await CaseOf(entry).View() }, entry, state, announces: false);
    }

    /// <summary>The documents of a decision, once it is final. A decision that was taken back meanwhile has none.</summary>
    private async Task DecideAsync(JournalEntry entry)
    {
        if (await papers.ReadAsync(entry.Stream) is not { } read)
        {
            return;
        }

        var course = await CaseCourse.ReadAsync(Journal, entry.Stream);
        if (course.DecisionAt(entry.Version, read.Case.Plan!.FourEyes) is not { } decision || decision.Version != entry.Version
            || !course.StandsSince(entry.Version))
        {
            return;
        }

        var reason = await papers.ReasonAsync(entry.Stream, decision);
        var documents = CaseLetters.Of(read.Found, CaseState.Decided, decision.Outcome);
        foreach (var document in documents)
        {
            await AddAsync(read, entry, read.Letter(document, decision.Outcome, reason, read.DayOf(entry.At)));
        }

        read = read with { Case = await CaseOf(entry).View() };
        await QueueAsync(read, entry, CaseState.Decided, announces: true);
        if (read.Procedure.Is.Flow.Announce.By is Domain.Cases.Declarations.AnnounceBy.Portal
            && documents.All(document => CaseLetters.IsForPortal(read.Procedure.Is, document)
                && read.Case.Documents.ContainsKey(DocumentKey.Of(document.Id, entry.Version))))
        {
            await PutInPortalAsync(read, entry);
        }
    }

    private async Task AddAsync(CasePaper read, JournalEntry entry, CaseLetter letter)
    {
        var key = DocumentKey.Of(letter.Document.Id, entry.Version);
        if (read.Case.Documents.ContainsKey(key))
        {
            return;
        }

        var (hash, refusal) = await papers.KeepAsync(entry.Stream, letter);
        if (hash is null)
        {
            HubLog.DocumentNotWritten(log, letter.Number, letter.Document.Id, refusal?.Code ?? "");
            return;
        }

        var answer = await CaseOf(entry).Handle(Bookings.RequestOf($"document {entry.Stream} {key}"),
            new CaseCommand.AddDocument(key, hash, CaseActor.Engine));
        if (answer.Refusal is { } why && why != Refusal.DocumentFixed && why != Refusal.CaseRetained)
        {
            throw new InvalidOperationException($"{entry.Stream}: {why.English}");
        }
    }

    /// <summary>Letters go on the list of the day on which they were ready.</summary>
    private async Task QueueAsync(CasePaper read, JournalEntry entry, CaseState state, bool announces)
    {
        foreach (var document in read.Procedure.Is.Documents.Where(document => document.At == state
            && CaseLetters.GoesByPost(read.Procedure.Is, document)
            && read.Case.Documents.ContainsKey(DocumentKey.Of(document.Id, entry.Version))))
        {
            var key = DocumentKey.Of(document.Id, entry.Version);
            var encloses = announces && read.Case.Outcome is DecisionOutcome.Refused ? []
                : await papers.EnclosedAsync(read, document);
            var list = read.DispatchAt(entry.At);
            var answer = await Grains.GetGrain<IDispatchGrain>(list).Handle(Bookings.RequestOf($"queue {entry.Stream} {key}"),
                new DispatchCommand.Queue(read.Case.Number, key, encloses, announces));
            // A repeat may find other pieces beside the letter: it is on the list already.
            if (answer.Refusal is { } why && why != Refusal.RequestReused)
            {
                throw new InvalidOperationException($"{list}: {why.English}");
            }
        }
    }

    private async Task PutInPortalAsync(CasePaper read, JournalEntry entry)
    {
        var post = papers.Posting.CommandOf(read.Authority, read.Case.Plan!, read.DayOf(entry.At), CaseActor.Engine, read.TimeZone)
            ?? throw new InvalidOperationException($"{entry.Stream}: no rule says when it counts as announced.");
        await CaseOf(entry).Handle(Bookings.RequestOf($"portal {entry.Stream} {entry.Version}"), post);
    }

    /// <summary>The letters of a decision that is taken back do not leave the house.</summary>
    private async Task WithdrawAsync(JournalEntry entry)
    {
        var course = await CaseCourse.ReadAsync(Journal, entry.Stream);
        if (await papers.ReadAsync(entry.Stream) is not { } read
            || course.DecisionAt(entry.Version - 1, read.Case.Plan!.FourEyes) is not { } decision)
        {
            return;
        }

        foreach (var key in read.Case.Documents.Keys.Where(key => DocumentKey.Read(key)?.Version == decision.Version))
        {
            await Grains.GetGrain<IDispatchGrain>(read.DispatchAt(decision.At)).Handle(
                Bookings.RequestOf($"withdraw {entry.Stream} {key}"), new DispatchCommand.Withdraw(read.Case.Number, key));
        }
    }
}
