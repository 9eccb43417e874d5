using static Aufruf.Domain.Cases.CaseCommand;
using static Aufruf.Domain.Cases.CaseEvent;

namespace Aufruf.Domain.Cases;

/// <summary>That which the authority owes one citizen, from the application to its end.</summary>
/// <param name="Until">The end of the clock that runs in this state.</param>
/// <param name="DecideUntil">The decision is due; the time in which the citizen has to add something does not count.</param>
/// <param name="PausedSince">Since then the time for the decision stands still.</param>
/// <param name="WasHeard">The citizen could comment before the decision.</param>
/// <param name="CameBack">An objection or a reopening: from then on people decide, and not the engine.</param>
/// <param name="DecidedBy">Null: not decided, or by the engine.</param>
/// <param name="Documents">The hash of each content, by the document's id and the version of the entry that led to it.</param>
public sealed record CitizenCase(
    string Number,
    CaseState State,
    CasePlan? Plan,
    string Answers,
    DateTimeOffset? Until,
    DateTimeOffset? DecideUntil,
    DateTimeOffset? PausedSince,
    bool IsLate,
    bool WasHeard,
    bool CameBack,
    DecisionOutcome? Outcome,
    ClerkId? DecidedBy,
    ClerkId? ApprovedBy,
    ClerkId? DestructionProposedBy,
    DateOnly? PostedOn,
    DateTimeOffset? RemedyUntil,
    ImmutableDictionary<string, CaseTask> Tasks,
    ImmutableDictionary<string, string> Documents,
    ImmutableDictionary<string, string> Participants,
    ImmutableHashSet<string> Messages) : IAggregate<CitizenCase, CaseCommand, CaseEvent>
{
    public const string StreamKind = "case";

    /// <summary>A case of years has some hundreds.</summary>
    public const int MostMessages = 2_000, MostDocuments = 500, MostParticipants = 100;

    /// <summary>Sealed answers and reasons, in characters.</summary>
    public const int LongestAnswers = 400_000, LongestReason = 20_000, LongestWord = 200;

    /// <summary>How each visit ended that the case belongs to.</summary>
    public ImmutableDictionary<TicketId, VisitEnd> Visits { get; init; } = ImmutableDictionary<TicketId, VisitEnd>.Empty;

    /// <summary>In which the citizen filled the form in; null: not known.</summary>
    public string? Language { get; init; }

    public static int Schema => 4;

    public static CitizenCase Empty { get; } = new("", CaseState.Draft, null, "", null, null, null, false, false, false, null, null, null,
        null, null, null, ImmutableDictionary<string, CaseTask>.Empty, ImmutableDictionary<string, string>.Empty,
        ImmutableDictionary<string, string>.Empty, []);

    /// <summary>The scanner's word on files that waited for it, by their hash.</summary>
    public ImmutableDictionary<string, bool> Scans { get; init; } = ImmutableDictionary<string, bool>.Empty;

    /// <summary>"case/alsdorf.20.32.10-2026-000123".</summary>
    public static string StreamOf(string authority, string number) => $"{StreamKind}/{authority}.{number}";

    /// <summary>"alsdorf" of "case/alsdorf.20.32.10-2026-000123".</summary>
    public static string AuthorityOf(string stream) =>
        stream[(StreamKind.Length + 1)..stream.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>A repeat has new seals.</summary>
    public static CaseCommand Compared(CaseCommand command) => command switch
    {
        Submit c => c with { Answers = "" },
        AddMissing c => c with { Answers = "" },
        TakeStep c => c with { Reason = null },
        CaseCommand.Decide c => c with { Reason = null },
        FinishTask c => c with { Result = null },
        AddDocument c => c with { Hash = "" },
        NoteMessage c => c with { Text = null },
        AddNote c => c with { Text = "" },
        _ => command,
    };

    /// <summary>The clock that runs now, or none where nothing would happen at its end.</summary>
    [JsonIgnore]
    public CaseClock Clock => Until is null ? CaseClock.None : State.Clock();

    /// <summary>The state as the citizen hears of it. A decision that a second person has not approved is none yet.</summary>
    [JsonIgnore]
    public CaseState SeenState => State is CaseState.Decided && Plan!.FourEyes && ApprovedBy is null ? CaseState.InProgress : State;

    /// <summary>Something follows: a clock runs, or a task is open, or nothing follows ever.</summary>
    [JsonIgnore]
    public bool GoesOn => State.IsEnd() || Clock is not CaseClock.None || Tasks.Values.Any(task => task.IsOpen);

    public Decision<CaseEvent> Decide(CaseCommand command, DateTimeOffset now) => command switch
    {
        Submit c => Moving.Submit(this, c, now),
        _ when Plan is null => Refusal.CaseNotSent,
        AddMissing c => Moving.AddMissing(this, c, now),
        Settle => Moving.Take(this, CaseStep.Receive, CaseActor.Engine, null, now),
        TakeStep c => Moving.TakeStep(this, c, now),
        EndClock c => Moving.EndClock(this, c, now),
        CaseCommand.Decide c => Deciding.Decide(this, c, now),
        Approve c => Deciding.Approve(this, c, now),
        Post c => Deciding.Post(this, c, now),
        ProposeDestruction c => Deciding.ProposeDestruction(this, c, now),
        ClaimTask c => TaskHolding.Claim(this, c, now),
        ReleaseTask c => TaskHolding.Release(this, c, now),
        TakeOverTask c => TaskHolding.TakeOver(this, c, now),
        FinishTask c => TaskHolding.Finish(this, c, now),
        ForwardTask c => TaskHolding.Forward(this, c, now),
        NoteMessage or AddNote or NoteScan or AddDocument or AddParticipant or NoteVisit
            when State is CaseState.Retained or CaseState.Offered || State.IsEnd() => Refusal.CaseRetained,
        NoteVisit c => Visiting.Note(this, c, now),
        NoteMessage c => Writing.Note(this, c, now),
        AddNote c => Writing.Add(this, c, now),
        NoteScan c => Scans.ContainsKey(c.Hash) ? Array.Empty<CaseEvent>()
            : Scans.Count >= MostDocuments || c.Hash.Length > LongestWord ? Refusal.CaseFull
            : new FileScanned(c.Hash, c.IsClean, now),
        AddDocument c => Documents.GetValueOrDefault(c.Document) == c.Hash ? Array.Empty<CaseEvent>()
            : Documents.ContainsKey(c.Document) ? Refusal.DocumentFixed
            : Documents.Count >= MostDocuments || c.Document.Length + c.Hash.Length > LongestWord ? Refusal.CaseFull
            : new CaseDocumentAdded(c.Document, c.Hash, c.By, now),
        AddParticipant c => Participants.GetValueOrDefault(c.Person) == c.Part ? Array.Empty<CaseEvent>()
            : Participants.Count >= MostParticipants || c.Person.Length + c.Part.Length > LongestWord ? Refusal.CaseFull
            : new ParticipantAdded(c.Person, c.Part, now),
        _ => throw new UnreachableException(),
    };

    public CitizenCase Apply(CaseEvent happened) => happened switch
    {
        CaseSubmitted e => Empty with
        {
            Number = e.Number,
            Plan = e.Plan,
            Answers = e.Answers,
            State = CaseState.Submitted,
            Language = e.Language,
        },
        AnswersAdded e => this with { Plan = e.Plan, Answers = e.Answers },
        CaseMoved e => Moving.Apply(this, e),
        DecisionTaken e => Deciding.Apply(this, e),
        DecisionApproved e => Deciding.Apply(this, e),
        DecisionPosted e => Deciding.Apply(this, e),
        CaseLate => this with { IsLate = true, Until = null },
        TaskClaimed e => With(Tasks[e.Task] with { HeldBy = e.By.Clerk }),
        TaskReleased e => With(Tasks[e.Task] with { HeldBy = null }),
        TaskFinished e => With(Tasks[e.Task] with { IsOpen = false, HeldBy = e.By.Clerk }),
        TaskForwarded e => With(Tasks[e.Task] with { Role = e.Role, HeldBy = e.To }),
        CaseMessageNoted e => Writing.Apply(this, e),
        CaseNoteAdded e => this with { Messages = Messages.Add(e.Note) },
        FileScanned e => this with { Scans = Scans.Add(e.Hash, e.IsClean) },
        CaseDocumentAdded e => this with { Documents = Documents.Add(e.Document, e.Hash) },
        ParticipantAdded e => this with { Participants = Participants.SetItem(e.Person, e.Part) },
        VisitNoted e => Visiting.Apply(this, e),
        DestructionProposed e => this with { DestructionProposedBy = e.By.Clerk },
        _ => throw new UnreachableException(),
    };

    private CitizenCase With(CaseTask task) => this with { Tasks = Tasks.SetItem(task.Id, task) };
}
