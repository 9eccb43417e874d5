using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Cases.CaseDraftEvent;
using static Aufruf.Domain.Cases.CaseEvent;
using static Aufruf.Domain.Cases.ClaimEvent;
using static Aufruf.Domain.Cases.DispatchEvent;
using static Aufruf.Domain.Cases.PersonFileEvent;
using static Aufruf.Domain.Cases.ProcedureEvent;
using static Aufruf.Domain.Cases.SequenceEvent;
using static Aufruf.Domain.Cases.StockEvent;

namespace Aufruf.Tests.House;

/// <summary>Examples of all that happens to a case, its claims and file numbers, with every value set.</summary>
internal static class CaseSamples
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private const string PayPage = "https://pay.example/p/t1";

    private static readonly DateTimeOffset At = SmallOffice.Nine.AddMilliseconds(120), Until = SmallOffice.Nine.AddDays(3);

    private static readonly CaseActor Anna = new(CaseRole.Clerk, new("anna"), new("carla")),
        Bert = new(CaseRole.Second, new("bert"), new("carla"));

    private static readonly CasePlan Plan = new("permit", 3, new(2026, 11, 26), ["fees@2026-01-01"], 14, false, "register", 14,
        21, WhenMissing.DecideOnFile, false,
        "register", 90, true, true, 28, 1, "ao-122", 10, true, true, [new("look", CaseState.Received, "register", 5)]);

    private static readonly ProcedureVersion Version = new(3, "{}", ["{ }"], "Alsdorf", ["52477"], "Europe/Berlin");

    private static readonly CaseVisit Visit = new(SmallOffice.Key, new(Guid.Parse("0193579a-51c0-7000-8000-00000000002a")));

    public static IEnumerable<KeyValuePair<string, Sample>> All { get; } =
    [
        Of("case-submitted", new CaseSubmitted("1-2026-000001", Plan, "sealed", Anna, At)),
        Of("case-submitted-channel", new CaseSubmitted("1-2026-000001", Plan, "sealed", Anna, At, "post"), "channel"),
        Of("case-submitted-in", new CaseSubmitted("1-2026-000001", Plan, "sealed", Anna, At) { Language = "en" }, "language"),
        Of("letter-queued", new LetterQueued("1-2026-000001", "notice.7", ["tag"], true, At)),
        Of("letter-withdrawn", new LetterWithdrawn("1-2026-000001", "notice.7", At)),
        Of("letter-came-back", new LetterCameBack("1-2026-000001", "notice.7", "sealed", new("anna"), At)),
        Of("letter-not-taken", new LetterNotTaken("1-2026-000001", "notice.7", "case-closed", At)),
        Of("batch-printed", new BatchPrinted(2, new("anna"), At)),
        Of("batch-posted", new BatchPosted(2, SmallOffice.Day, new("anna"), At)),
        Of("answers-added", new AnswersAdded(Plan, "sealed", Anna, At)),
        Of("answers-added-paper", new AnswersAdded(Plan, "sealed", Anna, At) { Channel = "post" }, "channel"),
        Of("case-moved", new CaseMoved(CaseStep.AskForMore, CaseState.Supplement, Anna, "sealed", Until, At)),
        Of("decision-taken", new DecisionTaken(DecisionOutcome.Refused, Anna, "sealed", Until, At)),
        Of("decision-approved", new DecisionApproved(Bert, At)),
        Of("decision-posted", new DecisionPosted(SmallOffice.Day, Until, Until.AddDays(30), Anna, At)),
        Of("case-late", new CaseLate(CaseClock.Decision, At)),
        Of("task-claimed", new TaskClaimed("look", Anna, At)), Of("task-released", new TaskReleased("look", Anna, At)),
        Of("task-finished", new TaskFinished("look", Anna, "sealed", At)),
        Of("task-forwarded", new TaskForwarded("look", "register", new("carla"), Anna, At)),
        Of("case-message-noted", new CaseMessageNoted("m1", true, At)),
        Of("case-message-noted-text", new CaseMessageNoted("m1", false, At) { Text = "sealed", By = Anna }, "text", "by"),
        Of("case-note-added", new CaseNoteAdded("n1", "sealed", Anna, At)),
        Of("file-scanned", new FileScanned(Hash, true, At)),
        Of("case-document-added", new CaseDocumentAdded("notice", Hash, Anna, At)),
        Of("participant-added", new ParticipantAdded("a1b2c3", "applicant", At)),
        Of("destruction-proposed", new DestructionProposed(Bert, At)),
        Of("visit-noted", new VisitNoted(Visit, "A042", VisitEnd.PapersMissing, new("anna"), At)),
        Of("person-case-added", new PersonCaseAdded("1-2026-000001", At)),
        Of("person-draft-added", new PersonDraftAdded(Hash, Until, At)), Of("person-draft-dropped", new PersonDraftDropped(Hash, At)),
        Of("person-case-dropped", new PersonCaseDropped("1-2026-000001", At)),
        Of("person-case-seen", new PersonCaseSeen(new("1-2026-000001", new("anna"), At), At)),
        Of("claim-opened", new ClaimOpened("fee", 1_990, "1-2026-000001", "33.4311", At)),
        Of("claim-amended", new ClaimAmended(2_990, At)),
        Of("attempt-started", new AttemptStarted(1, "pay", At)),
        Of("attempt-reported", new AttemptReported(1, AttemptState.Paid, 1_990, "t1", PayPage, At)),
        Of("paid-at-counter", new PaidAtCounter(1_990, new("anna"), At)),
        Of("claim-settled", new ClaimSettled(At)), Of("claim-cancelled", new ClaimCancelled(At)),
        Of("refund-due", new RefundDue(1_990, At)), Of("refund-recorded", new RefundRecorded(1_990, new("anna"), At)),
        Of("pieces-added", new PiecesAdded(1, 12, new("anna"), At)), Of("piece-ended", new PieceEnded(3, PieceEnd.Broken, new("anna"), At)),
        Of("pieces-reserved", new PiecesReserved(Hash, [1, 2], SmallOffice.Day, SmallOffice.Day.AddDays(2), Until, At)),
        Of("pieces-assigned", new PiecesAssigned(Hash, "1-2026-000001", At)), Of("pieces-released", new PiecesReleased(Hash, At)),
        Of("pieces-given-out", new PiecesGivenOut("1-2026-000001", true, At)),
        Of("pieces-taken-back", new PiecesTakenBack("1-2026-000001", At)), Of("loan-overdue", new LoanOverdue("1-2026-000001", At)),
        Of("number-given", new NumberGiven(Hash, 1, At)),
        Of("procedure-published", new ProcedurePublished(Version, "file:permit.json", At)),
        Of("procedure-withdrawn", new ProcedureWithdrawn("command:anna", At)),
        Of("procedure-draft-saved", new ProcedureDraftSaved("{}", ["{ }"], "staff:anna", At)),
        Of("procedure-draft-ended", new ProcedureDraftEnded("staff:anna", At)),
        Of("case-draft-begun-origin", new CaseDraftBegun("permit", 3, "de-simple", Until, At, new("counter", new("anna"), Visit)),
            "origin"),
        Of("case-draft-begun", new CaseDraftBegun("permit", 3, "de-simple", Until, At)),
        Of("case-draft-begun-account", new CaseDraftBegun("permit", 3, "de-simple", Until, At)
        { Account = new("a1b2c3", TrustLevel.High), Answers = "sealed" }, "account", "answers"),
        Of("case-draft-begun-amendment",
            new CaseDraftBegun("permit", 3, "de-simple", Until, At) { Amends = "1-2026-000001" }, "amends"),
        Of("case-draft-saved", new CaseDraftSaved("sealed", At)), Of("case-draft-sent", new CaseDraftSent(SmallOffice.Day, At)),
        Of("case-draft-numbered", new CaseDraftNumbered("1-2026-000001", At)),
        Of("case-draft-discarded", new CaseDraftDiscarded(At)),
        Of("case-draft-discarded-for-now", new CaseDraftDiscarded(At) { RestorableUntil = Until }, "restorableUntil"),
        Of("case-draft-restored", new CaseDraftRestored(At)),
    ];

    /// <summary>Every event, in an order in which each can follow.</summary>
    public static CaseEvent[] Events { get; } =
    [
        new CaseSubmitted("1-2026-000001", Plan, "sealed", CaseActor.Citizen, At) { Language = "en" },
        Moved(CaseStep.AskForPayment, CaseState.AwaitingPayment), Moved(CaseStep.Receive, CaseState.Received),
        new ParticipantAdded("a1b2c3", "applicant", At), new CaseMessageNoted("m1", false, At),
        new CaseMessageNoted("m1", true, At) { Text = "sealed" }, new TaskForwarded(CaseTask.Message, "other", new("carla"), Anna, At),
        new CaseNoteAdded("m1", "sealed", Anna, At), new FileScanned(Hash, true, At), new FileScanned("other", false, At),
        Moved(CaseStep.AskForMore, CaseState.Supplement), new AnswersAdded(Plan with { WhenMissing = WhenMissing.DeemWithdrawn }, "more",
            Anna, At),
        new CaseMoved(CaseStep.AddMissing, CaseState.Received, CaseActor.Citizen, null, Until, At.AddDays(5)),
        new TaskClaimed("look", Anna, At), new TaskReleased("look", Anna, At), new TaskClaimed("look", Anna, At),
        new TaskFinished("look", Anna, null, At), new CaseLate(CaseClock.Completeness, At), Moved(CaseStep.Begin, CaseState.InProgress),
        Moved(CaseStep.Hear, CaseState.Hearing), Moved(CaseStep.EndHearing, CaseState.InProgress),
        new DecisionTaken(DecisionOutcome.Granted, Anna, null, Until, At), new CaseDocumentAdded("notice", Hash, Anna, At),
        Moved(CaseStep.Return, CaseState.InProgress), new DecisionTaken(DecisionOutcome.Refused, Anna, "sealed", Until, At),
        new DecisionApproved(Bert, At), new DecisionPosted(SmallOffice.Day, Until, Until.AddDays(30), CaseActor.Engine, At),
        Moved(CaseStep.ReturnPost, CaseState.Decided), new DecisionPosted(SmallOffice.Day, Until, null, CaseActor.Engine, At),
        Moved(CaseStep.Announce, CaseState.Announced), Moved(CaseStep.Close, CaseState.Closed), Moved(CaseStep.Reopen,
            CaseState.InProgress),
        new VisitNoted(Visit, "A042", VisitEnd.Served, new("anna"), At), new VisitNoted(Visit, "A042", VisitEnd.GoesOn, null, At),
        Moved(CaseStep.Withdraw, CaseState.Withdrawn), Moved(CaseStep.Retain, CaseState.Retained), new DestructionProposed(Bert, At),
        Moved(CaseStep.Offer, CaseState.Offered), new CaseMoved(CaseStep.HandOver, CaseState.HandedOver, Anna, null, null, At),
    ];

    public static ClaimEvent[] ClaimEvents { get; } =
    [
        new ClaimOpened("fee", 1_990, "1-2026-000001", "33.4311", At), new ClaimAmended(1_990, At), new AttemptStarted(1, "pay", At),
        new AttemptReported(1, AttemptState.Unknown, 0, "t1", PayPage, At),
        new AttemptReported(1, AttemptState.Paid, 1_990, null, null, At),
        new ClaimSettled(At), new PaidAtCounter(1_990, new("anna"), At), new RefundDue(1_990, At),
        new RefundRecorded(990, new("anna"), At), new ClaimCancelled(At), new RefundDue(2_990, At),
    ];

    public static ProcedureEvent[] ProcedureEvents { get; } =
    [
        new ProcedurePublished(Version, "file:permit.json", At),
        new ProcedurePublished(Version with { Number = 4 }, "file:permit.json", At),
        new ProcedureWithdrawn("command:anna", At), new ProcedurePublished(Version with { Number = 4 }, "file:permit.json", At),
        new ProcedureDraftSaved("{}", ["{ }"], "staff:anna", At), new ProcedureDraftEnded("staff:anna", At),
        new ProcedureDraftSaved("{ }", [], "staff:bert", At),
    ];

    public static CaseDraftEvent[] DraftEvents { get; } =
    [
        new CaseDraftBegun("permit", 3, "de-simple", Until, At, new("post", new("anna"), Visit)) { Amends = "1-2026-000001" },
        new CaseDraftBegun("permit", 3, "de-simple", Until, At) { Account = new("a1b2c3", TrustLevel.High), Answers = "sealed" },
        new CaseDraftSaved("sealed", At), new CaseDraftSaved("sealed too", At),
        new CaseDraftDiscarded(At) { RestorableUntil = Until }, new CaseDraftRestored(At),
        new CaseDraftSent(SmallOffice.Day, At), new CaseDraftNumbered("1-2026-000001", At), new CaseDraftDiscarded(At),
    ];

    public static DispatchEvent[] LetterEvents { get; } =
    [
        new LetterQueued("1-2026-000001", "notice.7", ["tag"], true, At), new LetterQueued("1-2026-000002", "letter.3", [], false, At),
        new LetterQueued("1-2026-000003", "notice.4", [], true, At), new LetterWithdrawn("1-2026-000003", "notice.4", At),
        new BatchPrinted(1, new("anna"), At), new BatchPosted(1, SmallOffice.Day, new("anna"), At),
        new LetterCameBack("1-2026-000001", "notice.7", "sealed", new("anna"), At),
        new LetterNotTaken("1-2026-000001", "notice.7", "case-closed", At),
    ];

    public static PersonFileEvent[] PersonEvents { get; } =
    [
        new PersonCaseAdded("1-2026-000001", At), new PersonCaseAdded("1-2026-000002", At),
        new PersonCaseSeen(new("1-2026-000001", new("anna"), At), At), new PersonCaseSeen(new("1-2026-000002", new("anna"), At), At),
        new PersonCaseDropped("1-2026-000001", At),
        new PersonDraftAdded("one", At, At), new PersonDraftAdded("two", Until, At), new PersonDraftAdded("three", Until, At),
        new PersonDraftDropped("two", At),
    ];

    public static SequenceEvent[] NumberEvents { get; } = [new NumberGiven("one", 1, At), new NumberGiven("two", 2, At)];

    public static StockEvent[] StockEvents { get; } =
    [
        new PiecesAdded(1, 9, new("anna"), At), new PiecesReserved("a", [1, 2], SmallOffice.Day, SmallOffice.Day.AddDays(2), Until, At),
        new PieceEnded(2, PieceEnd.Lost, new("anna"), At), new PiecesAssigned("a", "1-2026-000001", At),
        new PiecesGivenOut("1-2026-000001", false, At), new LoanOverdue("1-2026-000001", At), new PiecesTakenBack("1-2026-000001", At),
        new PiecesReserved("b", [3], SmallOffice.Day, null, null, At), new PiecesGivenOut("b", true, At),
        new PiecesReserved("c", [4], SmallOffice.Day, null, null, At), new PiecesReleased("c", At),
        new PiecesReserved("d", [5], SmallOffice.Day, null, Until, At),
    ];

    private static CaseMoved Moved(CaseStep step, CaseState to) => new(step, to, CaseActor.Engine, null, Until, At);

    private static KeyValuePair<string, Sample> Of<TEvent>(string name, TEvent value, params string[] mayLack)
        where TEvent : notnull => value switch
        {
            CaseEvent e => new($"journal/{name}", new Sample<CaseEvent>(e, WireSamples.Domain<CaseEvent>()) { MayLack = mayLack }),
            DispatchEvent e => new($"journal/{name}", new Sample<DispatchEvent>(e, WireSamples.Domain<DispatchEvent>())),
            ClaimEvent e => new($"journal/{name}", new Sample<ClaimEvent>(e, WireSamples.Domain<ClaimEvent>())),
            ProcedureEvent e => new($"journal/{name}", new Sample<ProcedureEvent>(e, WireSamples.Domain<ProcedureEvent>())),
            CaseDraftEvent e => new($"journal/{name}",
                new Sample<CaseDraftEvent>(e, WireSamples.Domain<CaseDraftEvent>()) { MayLack = mayLack }),
            PersonFileEvent e => new($"journal/{name}", new Sample<PersonFileEvent>(e, WireSamples.Domain<PersonFileEvent>())),
            StockEvent e => new($"journal/{name}", new Sample<StockEvent>(e, WireSamples.Domain<StockEvent>())),
            SequenceEvent e => new($"journal/{name}", new Sample<SequenceEvent>(e, WireSamples.Domain<SequenceEvent>())),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
