namespace Aufruf.Domain.Cases;

[JsonDerivedType(typeof(Submit), "submit")]
[JsonDerivedType(typeof(AddMissing), "add-missing")]
[JsonDerivedType(typeof(Settle), "settle")]
[JsonDerivedType(typeof(TakeStep), "take-step")]
[JsonDerivedType(typeof(Decide), "decide")]
[JsonDerivedType(typeof(Approve), "approve")]
[JsonDerivedType(typeof(Post), "post")]
[JsonDerivedType(typeof(EndClock), "end-clock")]
[JsonDerivedType(typeof(ClaimTask), "claim-task")]
[JsonDerivedType(typeof(ReleaseTask), "release-task")]
[JsonDerivedType(typeof(TakeOverTask), "take-over-task")]
[JsonDerivedType(typeof(FinishTask), "finish-task")]
[JsonDerivedType(typeof(ForwardTask), "forward-task")]
[JsonDerivedType(typeof(NoteMessage), "note-message")]
[JsonDerivedType(typeof(AddNote), "add-note")]
[JsonDerivedType(typeof(NoteScan), "note-scan")]
[JsonDerivedType(typeof(AddDocument), "add-document")]
[JsonDerivedType(typeof(AddParticipant), "add-participant")]
[JsonDerivedType(typeof(ProposeDestruction), "propose-destruction")]
[JsonDerivedType(typeof(NoteVisit), "note-visit")]
public abstract record CaseCommand
{
    private CaseCommand() { }

    /// <param name="Number">From the sequence of file numbers.</param>
    /// <param name="Answers">Sealed by the shell.</param>
    /// <param name="Channel">"counter" or "post"; null: online.</param>
    public sealed record Submit(string Number, CasePlan Plan, string Answers, CaseActor By, string? Channel = null) : CaseCommand
    {
        /// <summary>In which the form was filled in; null: not known.</summary>
        public string? Language { get; init; }

        /// <summary>The person who sent it with an account; null: without one.</summary>
        public string? Person { get; init; }
    }

    /// <summary>The citizen adds that which was missing. The plan follows from the new answers, by the same law.</summary>
    public sealed record AddMissing(CasePlan Plan, string Answers, CaseActor By) : CaseCommand
    {
        /// <summary>"counter" or "post": a clerk entered what came on paper; null: online.</summary>
        public string? Channel { get; init; }
    }

    /// <summary>All that had to be paid before is paid.</summary>
    public sealed record Settle : CaseCommand;

    /// <param name="Reason">Sealed.</param>
    public sealed record TakeStep(CaseStep Step, CaseActor By, string? Reason) : CaseCommand;

    public sealed record Decide(DecisionOutcome Outcome, CaseActor By, string? Reason) : CaseCommand;

    /// <summary>The second of four eyes agrees.</summary>
    public sealed record Approve(CaseActor By) : CaseCommand;

    /// <summary>The documents leave the house. The shell counts both days by the law of the plan.</summary>
    public sealed record Post(DateOnly PostedOn, DateTimeOffset AnnouncedAt, DateTimeOffset? RemedyUntil, CaseActor By) : CaseCommand;

    public sealed record EndClock(CaseClock Clock) : CaseCommand;

    public sealed record ClaimTask(string Task, CaseActor By) : CaseCommand;

    public sealed record ReleaseTask(string Task, CaseActor By) : CaseCommand;

    /// <summary>A substitute goes on with a task that another person has.</summary>
    public sealed record TakeOverTask(string Task, CaseActor By) : CaseCommand;

    /// <param name="Result">Sealed.</param>
    public sealed record FinishTask(string Task, CaseActor By, string? Result) : CaseCommand;

    /// <summary>The one who has the task gives it to a role or a person. Where it is free, anybody of its role does.</summary>
    /// <param name="Role">Null: everybody who works on such cases.</param>
    /// <param name="To">Null: it is free in the role.</param>
    public sealed record ForwardTask(string Task, string? Role, ClerkId? To, CaseActor By) : CaseCommand;

    public sealed record NoteMessage(string Message, bool FromCitizen) : CaseCommand
    {
        /// <summary>Sealed; null: it is kept elsewhere.</summary>
        public string? Text { get; init; }

        /// <summary>Null: the engine, or the citizen.</summary>
        public CaseActor? By { get; init; }
    }

    /// <summary>A remark of the staff. The citizen never sees it.</summary>
    /// <param name="Text">Sealed.</param>
    public sealed record AddNote(string Note, string Text, CaseActor By) : CaseCommand;

    /// <summary>The scanner has looked at a file that had to wait for it.</summary>
    public sealed record NoteScan(string Hash, bool IsClean) : CaseCommand;

    /// <param name="Hash">Of the content, under which it is stored.</param>
    public sealed record AddDocument(string Document, string Hash, CaseActor By) : CaseCommand;

    /// <param name="Person">A key that leads to nobody without the secret of the authority.</param>
    public sealed record AddParticipant(string Person, string Part) : CaseCommand;

    public sealed record ProposeDestruction(CaseActor By) : CaseCommand;

    /// <summary>A visit that the case belongs to has ended, or goes on after all.</summary>
    /// <param name="Number">Of the ticket: "A042".</param>
    /// <param name="Clerk">Null: a device ended it.</param>
    public sealed record NoteVisit(CaseVisit Visit, string Number, VisitEnd End, ClerkId? Clerk) : CaseCommand;
}

/// <summary>Facts about one case, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(CaseSubmitted), "case-submitted")]
[JsonDerivedType(typeof(AnswersAdded), "answers-added")]
[JsonDerivedType(typeof(CaseMoved), "case-moved")]
[JsonDerivedType(typeof(DecisionTaken), "decision-taken")]
[JsonDerivedType(typeof(DecisionApproved), "decision-approved")]
[JsonDerivedType(typeof(DecisionPosted), "decision-posted")]
[JsonDerivedType(typeof(CaseLate), "case-late")]
[JsonDerivedType(typeof(TaskClaimed), "task-claimed")]
[JsonDerivedType(typeof(TaskReleased), "task-released")]
[JsonDerivedType(typeof(TaskFinished), "task-finished")]
[JsonDerivedType(typeof(TaskForwarded), "task-forwarded")]
[JsonDerivedType(typeof(CaseMessageNoted), "case-message-noted")]
[JsonDerivedType(typeof(CaseNoteAdded), "case-note-added")]
[JsonDerivedType(typeof(FileScanned), "file-scanned")]
[JsonDerivedType(typeof(CaseDocumentAdded), "case-document-added")]
[JsonDerivedType(typeof(ParticipantAdded), "participant-added")]
[JsonDerivedType(typeof(DestructionProposed), "destruction-proposed")]
[JsonDerivedType(typeof(VisitNoted), "visit-noted")]
public abstract record CaseEvent
{
    private CaseEvent() { }
    public sealed record CaseSubmitted(string Number, CasePlan Plan, string Answers, CaseActor By, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Channel = null) : CaseEvent
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Language { get; init; }
    }

    public sealed record AnswersAdded(CasePlan Plan, string Answers, CaseActor By, DateTimeOffset At) : CaseEvent
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Channel { get; init; }
    }

    /// <param name="Until">The end of the new state's clock.</param>
    public sealed record CaseMoved(CaseStep Step, CaseState To, CaseActor By, string? Reason, DateTimeOffset? Until, DateTimeOffset At)
        : CaseEvent;

    public sealed record DecisionTaken(DecisionOutcome Outcome, CaseActor By, string? Reason, DateTimeOffset Until, DateTimeOffset At)
        : CaseEvent;

    public sealed record DecisionApproved(CaseActor By, DateTimeOffset At) : CaseEvent;
    public sealed record DecisionPosted(DateOnly PostedOn, DateTimeOffset Until, DateTimeOffset? RemedyUntil, CaseActor By,
        DateTimeOffset At)
        : CaseEvent;

    /// <summary>A clock has ended at which people go on; the case stands on the list of late ones.</summary>
    public sealed record CaseLate(CaseClock Clock, DateTimeOffset At) : CaseEvent;

    public sealed record TaskClaimed(string Task, CaseActor By, DateTimeOffset At) : CaseEvent;
    public sealed record TaskReleased(string Task, CaseActor By, DateTimeOffset At) : CaseEvent;
    public sealed record TaskFinished(string Task, CaseActor By, string? Result, DateTimeOffset At) : CaseEvent;
    public sealed record TaskForwarded(string Task, string? Role, ClerkId? To, CaseActor By, DateTimeOffset At) : CaseEvent;
    public sealed record CaseMessageNoted(string Message, bool FromCitizen, DateTimeOffset At) : CaseEvent
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Text { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public CaseActor? By { get; init; }
    }

    public sealed record CaseNoteAdded(string Note, string Text, CaseActor By, DateTimeOffset At) : CaseEvent;
    public sealed record FileScanned(string Hash, bool IsClean, DateTimeOffset At) : CaseEvent;
    public sealed record CaseDocumentAdded(string Document, string Hash, CaseActor By, DateTimeOffset At) : CaseEvent;
    public sealed record ParticipantAdded(string Person, string Part, DateTimeOffset At) : CaseEvent;
    public sealed record DestructionProposed(CaseActor By, DateTimeOffset At) : CaseEvent;
    public sealed record VisitNoted(CaseVisit Visit, string Number, VisitEnd End, ClerkId? Clerk, DateTimeOffset At) : CaseEvent;
}

/// <summary>The one who acts, and in which part.</summary>
/// <param name="Clerk">The person who really acts; null: the citizen, the archive or the engine.</param>
/// <param name="For">The person for whom a substitute acts. It never counts as the one who acted.</param>
public sealed record CaseActor(CaseRole Role, ClerkId? Clerk, ClerkId? For)
{
    public static CaseActor Engine { get; } = new(CaseRole.Engine, null, null);

    public static CaseActor Citizen { get; } = new(CaseRole.Citizen, null, null);
}

[JsonConverter(typeof(KebabEnum<DecisionOutcome>))]
public enum DecisionOutcome { Granted, Refused }
