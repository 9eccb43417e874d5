using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>The cases of an authority for those who work on them. A person sees the cases that a role of theirs has to do with.</summary>
public interface IStaffCases
{
    /// <summary>The open tasks of a person's roles, the most urgent first.</summary>
    WorkList List(string authority, string who, WorkChoice choice);

    /// <summary>Whether the person works on this case, or may read it.</summary>
    bool Sees(string authority, string number, string who);

    /// <returns>Null: there is no such case, or it is none of the person's.</returns>
    Task<StaffCase?> FindAsync(string authority, string number, string who);

    /// <summary>The case decides: of two clerks who take one task, one gets it.</summary>
    /// <returns>Null: it was done.</returns>
    Task<Refusal?> DoAsync(string authority, string number, string who, CaseDeed deed, RequestId request);

    /// <summary>A file among the answers. One that the scanner has not seen is not opened.</summary>
    Task<StaffFileAnswer> OpenFileAsync(string authority, string number, string who, string field);
}

/// <summary>The parts of the work list. All: of the person's roles. Due: soon, and not late. Ends: cases whose time is over, which are
/// destroyed or handed over.</summary>
public enum WorkChoice { All, Mine, Free, Due, Late, Ends }

/// <param name="File">Null: refused.</param>
public sealed record StaffFileAnswer(StaffFile? File, Refusal? Refusal = null);

public sealed record StaffFile(byte[] Content, string Mime, string Name);

/// <param name="Count">Of all; the rows may be fewer.</param>
public sealed record WorkList(IReadOnlyList<WorkRow> Rows, int Count, string TimeZone)
{
    /// <summary>The hub has just started and still reads the cases: rows may be missing.</summary>
    public bool IsBeingRead { get; init; }
}

/// <param name="Label">Of the task, where the procedure names it; null: one of the engine's.</param>
/// <param name="HeldBy">Null: nobody has it.</param>
public sealed record WorkRow(string Number, Texts Title, string Task, Texts? Label, DateTimeOffset DueAt, string? HeldBy, bool IsLate)
{
    /// <summary>The one who has it is away, and the reader is the substitute.</summary>
    public bool MayTakeOver { get; init; }
}

public enum CaseDeedKind
{
    Claim,
    Release,
    Finish,
    TakeOver,
    Forward,
    Note,
    Answer,
    Begin,
    AskForMore,
    Reject,
    Hear,
    EndHearing,
    Grant,
    Refuse,
    Approve,
    Return,
    Post,
    CameBack,
    Object,
    Reopen,
    Withdraw,
    ProposeDestruction,
    Destroy,
    HandOver,
}

/// <param name="Task">Of claim, release and finish.</param>
/// <param name="Reason">Why, for the citizen and the file.</param>
/// <param name="Day">The day of posting.</param>
public sealed record CaseDeed(CaseDeedKind Kind, string? Task = null, string? Reason = null, DateOnly? Day = null)
{
    /// <summary>Of forward: "role:tax" or "person:anna".</summary>
    public string? To { get; init; }
}

/// <summary>A case as those see it who work on it.</summary>
/// <param name="Pages">The answers, by the pages of the form; empty: they are destroyed.</param>
/// <param name="Values">That which follows from them, such as a fee. They are read as answers are.</param>
/// <param name="Deeds">Possible now, for this person.</param>
public sealed record StaffCase(string Number, Texts Title, string Procedure, int Version, CaseState State, DateTimeOffset? Until,
    DateTimeOffset? DecideUntil, bool IsLate, DecisionOutcome? Outcome, bool FourEyes, string TimeZone,
    IReadOnlyList<FormPageView> Pages, IReadOnlyList<FieldView> Values, IReadOnlyList<WorkRow> Tasks,
    IReadOnlyList<CaseDeedKind> Deeds, IReadOnlyList<CaseEntry> History)
{
    public IReadOnlyList<CaseMessage> Messages { get; init; } = [];

    /// <summary>Where a task can go.</summary>
    public IReadOnlyList<ForwardTarget> Targets { get; init; } = [];

    public bool MayWrite { get; init; }

    /// <summary>The case waits for the citizen, and the person may enter an answer that came on paper.</summary>
    public bool MayAnswer { get; init; }
}

/// <param name="To">"role:tax" or "person:anna".</param>
public sealed record ForwardTarget(string To, Texts Name);

/// <summary>One thing that happened to a case.</summary>
/// <param name="What">The event: "case-moved".</param>
/// <param name="To">The state after it; null: the same.</param>
/// <param name="Reason">As it was typed.</param>
public sealed record CaseEntry(DateTimeOffset At, string What, CaseState? To, string? Who, string? Reason)
{
    /// <summary>Of an application or an answer that a clerk entered: "counter" or "post".</summary>
    public string? Channel { get; init; }

    /// <summary>Of a visit: the number of its ticket, and how it ended.</summary>
    public (string Number, VisitEnd End)? Visit { get; init; }

    /// <summary>Of an event about a task: its id.</summary>
    public string? Task { get; init; }

    /// <summary>The name of the task or document as it is declared; null: it is of neither, or the task is the engine's.</summary>
    public Texts? About { get; init; }

    /// <summary>The person for whom a substitute acted.</summary>
    public string? For { get; init; }
}
