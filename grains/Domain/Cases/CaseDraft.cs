using Aufruf.Domain.Cases.Declarations;
using static Aufruf.Domain.Cases.CaseDraftCommand;
using static Aufruf.Domain.Cases.CaseDraftEvent;

namespace Aufruf.Domain.Cases;

/// <summary>An application that is being filled in, on the server from its first page. Its code leads to the case later.</summary>
/// <param name="Answers">Sealed.</param>
/// <param name="Revision">How often answers were saved.</param>
/// <param name="Until">The end of the draft. Its seal ends then too.</param>
/// <param name="SentOn">The day that counts for law, rates and file number; null: not sent.</param>
/// <param name="Number">The file number; null: not given yet.</param>
/// <param name="Origin">A clerk fills it in; null: the citizen does.</param>
public sealed record CaseDraft(string Procedure, int Version, string Language, string Answers, int Revision, DateTimeOffset Until,
    DateOnly? SentOn, string? Number, bool IsDiscarded, DraftOrigin? Origin = null)
    : IAggregate<CaseDraft, CaseDraftCommand, CaseDraftEvent>
{
    public const string StreamKind = "draft";

    /// <summary>Pages of a form, corrections included.</summary>
    public const int MostRevisions = 2_000;

    /// <summary>A discarded draft comes back within this time.</summary>
    public static readonly TimeSpan TimeToRestore = TimeSpan.FromMinutes(15);

    public static int Schema => 5;

    public static CaseDraft Empty { get; } = new("", 0, "", "", 0, DateTimeOffset.MinValue, null, null, false);

    /// <summary>The number of the case whose answers it corrects; null: it becomes a case of its own.</summary>
    public string? Amends { get; init; }

    /// <summary>The account that it belongs to; null: its code is enough.</summary>
    public DraftAccount? Account { get; init; }

    /// <summary>The last saving, or the beginning.</summary>
    public DateTimeOffset SavedAt { get; init; }

    /// <summary>It is discarded, and comes back until then; null: it is not discarded, or for good.</summary>
    public DateTimeOffset? RestorableUntil { get; init; }

    /// <summary>"draft/alsdorf.47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU".</summary>
    /// <param name="codeHash">The hash of the code that its citizen has.</param>
    public static string StreamOf(string authority, string codeHash) => $"{StreamKind}/{authority}.{codeHash}";

    /// <summary>A repeat has new seals.</summary>
    public static CaseDraftCommand Compared(CaseDraftCommand command) => command is Save c ? c with { Answers = "", Seen = 0 }
        : command is Begin b ? b with { Until = default, Answers = "" } : command;

    /// <summary>It can be filled in and sent.</summary>
    public bool IsOpenAt(DateTimeOffset now) => Version > 0 && SentOn is null && !IsDiscarded && now < Until;

    public Decision<CaseDraftEvent> Decide(CaseDraftCommand command, DateTimeOffset now) => command switch
    {
        Begin c => Version > 0 ? Array.Empty<CaseDraftEvent>()
            : c.Answers?.Length > CitizenCase.LongestAnswers ? Refusal.ApplicationFull
            : new CaseDraftBegun(c.Procedure, c.Version, c.Language, c.Until, now, c.Origin)
            { Amends = c.Amends, Account = c.Account, Answers = c.Answers },
        SetNumber c when SentOn is not null && Number is null => new CaseDraftNumbered(c.Number, now),
        SetNumber when Number is not null => Array.Empty<CaseDraftEvent>(),
        Send when SentOn is not null => Array.Empty<CaseDraftEvent>(),
        EndRestoring c => RestorableUntil <= c.DueAt ? new CaseDraftDiscarded(now) : Array.Empty<CaseDraftEvent>(),
        _ when SentOn is not null => Refusal.ApplicationSent,
        Restore when IsOpenAt(now) => Array.Empty<CaseDraftEvent>(),
        Restore when now < RestorableUntil => new CaseDraftRestored(now),
        _ when !IsOpenAt(now) => Refusal.ApplicationGone,
        Save c when c.Seen != Revision => Refusal.ApplicationChanged,
        Save c => c.Answers.Length > CitizenCase.LongestAnswers || Revision >= MostRevisions ? Refusal.ApplicationFull
            : new CaseDraftSaved(c.Answers, now),
        Send c => c.Seen != Revision ? Refusal.ApplicationChanged : new CaseDraftSent(c.Day, now),
        Discard => Amends is not null ? Refusal.ApplicationGone : new CaseDraftDiscarded(now)
        { RestorableUntil = now + TimeToRestore < Until ? now + TimeToRestore : Until },
        SetNumber => Refusal.ApplicationGone,
        _ => throw new UnreachableException(),
    };

    public CaseDraft Apply(CaseDraftEvent happened) => happened switch
    {
        CaseDraftBegun e => Empty with
        {
            Procedure = e.Procedure,
            Version = e.Version,
            Language = e.Language,
            Until = e.Until,
            Origin = e.Origin,
            Amends = e.Amends,
            Account = e.Account,
            Answers = e.Answers ?? "",
            SavedAt = e.At,
        },
        CaseDraftSaved e => this with { Answers = e.Answers, Revision = Revision + 1, SavedAt = e.At },
        CaseDraftSent e => this with { SentOn = e.Day },
        CaseDraftNumbered e => this with { Number = e.Number, Answers = "" },
        CaseDraftDiscarded e => this with
        {
            IsDiscarded = true,
            Answers = e.RestorableUntil is null ? "" : Answers,
            RestorableUntil = e.RestorableUntil,
        },
        CaseDraftRestored => this with { IsDiscarded = false, RestorableUntil = null },
        _ => throw new UnreachableException(),
    };
}

/// <summary>The account with which a citizen began an application.</summary>
/// <param name="Person">A key that leads to nobody without the secret of the authority.</param>
/// <param name="Trust">The level at that time.</param>
public sealed record DraftAccount(string Person, TrustLevel Trust);

/// <summary>How an application came that a clerk fills in.</summary>
/// <param name="Channel">"counter" or "post".</param>
/// <param name="Visit">The ticket of the person at the counter; null: none.</param>
public sealed record DraftOrigin(string Channel, ClerkId Clerk, CaseVisit? Visit)
{
    public const string Online = "online", Counter = "counter", Post = "post";
}

[JsonDerivedType(typeof(Begin), "begin")]
[JsonDerivedType(typeof(Save), "save")]
[JsonDerivedType(typeof(Send), "send")]
[JsonDerivedType(typeof(SetNumber), "set-number")]
[JsonDerivedType(typeof(Discard), "discard")]
[JsonDerivedType(typeof(Restore), "restore")]
[JsonDerivedType(typeof(EndRestoring), "end-restoring")]
public abstract record CaseDraftCommand
{
    private CaseDraftCommand() { }
    public sealed record Begin(string Procedure, int Version, string Language, DateTimeOffset Until, DraftOrigin? Origin = null)
        : CaseDraftCommand
    {
        /// <summary>The case whose answers it corrects; null: none.</summary>
        public string? Amends { get; init; }

        public DraftAccount? Account { get; init; }

        /// <summary>Those that the account gives, sealed; null: none.</summary>
        public string? Answers { get; init; }
    }

    /// <param name="Answers">All of them, sealed.</param>
    /// <param name="Seen">The revision that they were added to.</param>
    public sealed record Save(string Answers, int Seen) : CaseDraftCommand;

    /// <param name="Seen">The revision that was checked.</param>
    public sealed record Send(int Seen, DateOnly Day) : CaseDraftCommand;

    /// <summary>The case exists under this number.</summary>
    public sealed record SetNumber(string Number) : CaseDraftCommand;

    /// <summary>It can come back for a time.</summary>
    public sealed record Discard : CaseDraftCommand;

    public sealed record Restore : CaseDraftCommand;

    /// <summary>The time to bring it back is over.</summary>
    public sealed record EndRestoring(DateTimeOffset DueAt) : CaseDraftCommand;
}

[JsonDerivedType(typeof(CaseDraftBegun), "case-draft-begun")]
[JsonDerivedType(typeof(CaseDraftSaved), "case-draft-saved")]
[JsonDerivedType(typeof(CaseDraftSent), "case-draft-sent")]
[JsonDerivedType(typeof(CaseDraftNumbered), "case-draft-numbered")]
[JsonDerivedType(typeof(CaseDraftDiscarded), "case-draft-discarded")]
[JsonDerivedType(typeof(CaseDraftRestored), "case-draft-restored")]
public abstract record CaseDraftEvent
{
    private CaseDraftEvent() { }
    public sealed record CaseDraftBegun(string Procedure, int Version, string Language, DateTimeOffset Until, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DraftOrigin? Origin = null) : CaseDraftEvent
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Amends { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DraftAccount? Account { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Answers { get; init; }
    }

    public sealed record CaseDraftSaved(string Answers, DateTimeOffset At) : CaseDraftEvent;
    public sealed record CaseDraftSent(DateOnly Day, DateTimeOffset At) : CaseDraftEvent;
    public sealed record CaseDraftNumbered(string Number, DateTimeOffset At) : CaseDraftEvent;

    public sealed record CaseDraftDiscarded(DateTimeOffset At) : CaseDraftEvent
    {
        /// <summary>Null: for good.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DateTimeOffset? RestorableUntil { get; init; }
    }

    public sealed record CaseDraftRestored(DateTimeOffset At) : CaseDraftEvent;
}

public static class CaseDraftRefusals
{
    extension(Refusal)
    {
        public static Refusal ApplicationGone => new("application-gone",
            "Diesen Entwurf gibt es nicht mehr.", "This draft no longer exists.", RefusalKind.NotFound);

        public static Refusal ApplicationSent => new("application-sent",
            "Der Antrag ist schon abgeschickt.", "The application has already been sent.");

        public static Refusal ApplicationChanged => new("application-changed",
            "Der Entwurf wurde gerade in einem anderen Fenster geändert. Bitte prüfen Sie ihn noch einmal.",
            "The draft was changed in another window. Please check it once more.", RefusalKind.Outdated);

        public static Refusal ApplicationIncomplete => new("application-incomplete",
            "Es fehlen noch Angaben.", "Some answers are still missing.");

        public static Refusal TooManyDrafts => new("too-many-drafts",
            "Von diesem Anschluss wurden gerade sehr viele Anträge begonnen. Bitte versuchen Sie es später noch einmal.",
            "Very many applications were begun from this connection. Please try again later.");

        public static Refusal ProcedureNotOffered => new("procedure-not-offered",
            "Diesen Antrag gibt es hier nicht.", "This application is not offered here.", RefusalKind.NotFound);

        public static Refusal AccountNeeded => new("account-needed",
            "Für diesen Antrag melden Sie sich bitte mit Ihrem Konto an. Ohne Konto helfen wir Ihnen am Schalter.",
            "Please sign in with your account for this application. Without an account we help you at the counter.");

        public static Refusal AccountTooWeak => new("account-too-weak",
            "Dieser Antrag braucht eine sicherere Anmeldung. Melden Sie sich bitte so an, oder kommen Sie an den Schalter.",
            "This application needs a safer sign-in. Please sign in that way, or come to the counter.");

        public static Refusal ApplicationFull => new("application-full",
            "Mehr passt nicht in einen Antrag.", "An application cannot hold more than this.");
    }
}
