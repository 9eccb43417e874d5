using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>The parts of the skeleton that a procedure uses, with their roles and days.</summary>
public sealed record Flow
{
    public PayWhen Pay { get; init; }

    /// <summary>Days until it must be paid.</summary>
    public int PaymentDays { get; init; } = 14;

    public CompleteCheck Complete { get; init; } = new();
    public DecidingRule Decide { get; init; } = new();
    public AnnouncingRule Announce { get; init; } = new();
    public RetentionRule? Retain { get; init; }
}

public enum PayWhen { None, Before, Notice }

/// <param name="Automatic">The condition under which no clerk has to look.</param>
public sealed record CompleteCheck(string? Role = null, int Days = 14, int SupplementDays = 21,
    WhenMissing Else = WhenMissing.DeemWithdrawn, Formula? Automatic = null);

/// <param name="Automatic">The condition under which the engine decides.</param>
/// <param name="Adverse">The condition under which the citizen may comment before the decision.</param>
/// <param name="Remedy">The template of the text about the remedy; null: the procedure decides nothing.</param>
public sealed record DecidingRule(string? Role = null, int Days = 90, Formula? FourEyes = null, Formula? Automatic = null,
    Formula? Adverse = null, int HearingDays = 28, string? Remedy = null, int RemedyMonths = 1)
{
    /// <summary>Something is decided that one can object to.</summary>
    public bool Decides { get; init; } = true;
}

public sealed record AnnouncingRule(AnnounceBy By = AnnounceBy.Portal, string? Law = null);

public enum AnnounceBy { Post, Portal, Counter }

/// <param name="Alone">The engine destroys it by itself; otherwise two persons do.</param>
public sealed record RetentionRule(int Years, RetainThen Then, bool Alone);

public enum RetainThen { Destroy, Offer }

public sealed record DeclaredTask(string Id, CaseState At, string Role, int Days, Texts Label, Formula? If)
{
    internal JsonPart? Place { get; init; }
}

/// <summary>Another body is asked while the case is worked on.</summary>
/// <param name="Silence">The meaning of no answer in time.</param>
public sealed record DeclaredHearing(string Id, string Role, int Days, Texts Label, WhenSilent Silence, Formula? If)
{
    internal JsonPart? Place { get; init; }
}

public enum WhenSilent { Agrees, Asks }

/// <param name="Years">A date: one claim for each calendar year from its year on. The amount then sees the day "from" of each year.</param>
public sealed record DeclaredClaim(string Id, CaseState At, Formula Amount, Collect Collect, string? Debit, string? Account, Formula? Years)
{
    internal JsonPart? Place { get; init; }

    /// <summary>Its name for people; null: they read the id.</summary>
    public Texts? Label { get; init; }
}

public enum Collect { Online, Notice, Counter }

/// <summary>Numbered pieces that a case needs.</summary>
/// <param name="By">Fields of codes that say more about the item: "chair-white-large".</param>
/// <param name="At">The state in which they are reserved; submitted: before the application is sent, so that the form can say that
/// they lack.</param>
/// <param name="From">The first day; null: the day of the reservation.</param>
/// <param name="Until">The last day; null: none is known.</param>
/// <param name="Out">The task with whose end they are given out; null: with the documents.</param>
/// <param name="Back">The task with whose end they are back; null: somebody notes it in the list, or they never come back.</param>
public sealed record DeclaredStock(string Item, IReadOnlyList<string> By, Formula Quantity, CaseState At, Formula? From, Formula? Until,
    string? Out, string? Back)
{
    internal JsonPart? Place { get; init; }

    /// <summary>The name of one piece for people; null: they read the id.</summary>
    public Texts? Label { get; init; }

    /// <summary>They come back.</summary>
    public bool Returns { get; init; }
}

public sealed record DeclaredDocument(string Id, CaseState At, string Template, DocumentTo To, IReadOnlyList<string> Encloses, Formula? If)
{
    internal JsonPart? Place { get; init; }

    /// <summary>It is sealed by electronic signature.</summary>
    public bool Sealed { get; init; }

    /// <summary>The field with another address for it; null, or not given: the citizen's own one.</summary>
    public string? Address { get; init; }
}

public enum DocumentTo { Portal, Announce, Post, Counter }

public sealed record DeclaredNotice(CaseState At, string Text);
