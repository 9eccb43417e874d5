using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>Applications and cases for citizens: answered by the hub the portal runs in, or through a hub from outside.</summary>
/// <remarks>Nothing but the methods with a request changes anything. One code leads to the draft, and to the case after it.</remarks>
public interface ICitizenCases
{
    /// <summary>The procedures that can be applied for here, by their ids.</summary>
    Task<IReadOnlyList<ProcedureView>> OfferedAsync(string authority);

    /// <summary>Begins a draft. The same request gives the same code.</summary>
    Task<CaseBegun> BeginAsync(string authority, string procedure, string language, RequestId request);

    /// <summary>The account that the draft or case of a code belongs to. Null: there is none, and the code is enough.</summary>
    Task<CaseOwner?> OwnerAsync(string authority, string code);

    /// <returns>Null: there is no draft with this code, or no longer.</returns>
    Task<FormView?> FormAsync(string authority, string code);

    /// <summary>Keeps the answers of one page, whether they are right or not.</summary>
    /// <param name="typed">By field: "name.given".</param>
    Task<FormAnswer> SaveAsync(string authority, string code, string page, IReadOnlyDictionary<string, string> typed, RequestId request);

    /// <summary>Keeps a file as the answer of a field, if its content is of a type that the field takes.</summary>
    Task<FormAnswer> AttachAsync(string authority, string code, UploadedFile file, RequestId request);

    /// <summary>Takes the file of a field back.</summary>
    Task<FormAnswer> DetachAsync(string authority, string code, string field, RequestId request);

    /// <summary>Sends the application, as it was checked at this revision.</summary>
    Task<FormAnswer> SubmitAsync(string authority, string code, int revision, RequestId request);

    /// <summary>The citizen does not want the draft. It comes back for a time; then its answers are destroyed.</summary>
    /// <returns>Null: it was done.</returns>
    Task<Refusal?> DiscardAsync(string authority, string code, RequestId request);

    /// <summary>Brings a discarded draft back.</summary>
    /// <returns>Null: it was done.</returns>
    Task<Refusal?> RestoreAsync(string authority, string code, RequestId request);

    /// <summary>A discarded draft that can come back; null: none.</summary>
    Task<DiscardedDraft?> DiscardedAsync(string authority, string code);

    /// <returns>Null: there is no case with this code.</returns>
    Task<CaseView?> ViewAsync(string authority, string code);

    /// <summary>The citizen takes the application back.</summary>
    Task<CaseAnswer> WithdrawAsync(string authority, string code, RequestId request);

    /// <summary>The citizen writes a message, comments before a decision, or objects to it.</summary>
    Task<CaseAnswer> WriteAsync(string authority, string code, CitizenText letter, string text, RequestId request);
}

/// <summary>For a portal that runs outside of a hub. Key: one of 64 for all authorities.</summary>
public interface ICasePagesGrain : IGrainWithStringKey, ICitizenCases;

/// <param name="DraftDays">A draft is kept for so long.</param>
/// <param name="Pages">Their titles.</param>
public sealed record ProcedureView(string Id, Texts Title, int DraftDays, IReadOnlyList<Texts> Pages)
{
    /// <summary>The least level of the account that it needs; null: none is needed.</summary>
    public TrustLevel? Trust { get; init; }
}

/// <param name="Code">Null: refused.</param>
public sealed record CaseBegun(string? Code, Refusal? Refusal = null);

/// <param name="Title">Of the procedure.</param>
/// <param name="Until">It comes back until then.</param>
public sealed record DiscardedDraft(Texts Title, DateTimeOffset Until, string TimeZone);

/// <param name="Form">Null: there is no such draft, or it is sent by now.</param>
public sealed record FormAnswer(FormView? Form, Refusal? Refusal = null);

/// <param name="View">Null: there is no such case.</param>
public sealed record CaseAnswer(CaseView? View, Refusal? Refusal = null);

/// <summary>A form as it is filled in by now.</summary>
/// <param name="Pages">Those that are shown for these answers.</param>
/// <param name="Faults">Of all pages; those of pages that nobody has opened yet are among them.</param>
public sealed record FormView(string Procedure, Texts Title, DateTimeOffset Until, string TimeZone, int Revision,
    IReadOnlyList<FormPageView> Pages, IReadOnlyList<FieldFault> Faults, bool IsComplete)
{
    /// <summary>The number of the case whose answers are corrected; null: none. It has the old ones until these are sent.</summary>
    public string? Amends { get; init; }
}

public sealed record FormPageView(string Id, Texts Title, bool IsDone, IReadOnlyList<FieldView> Fields);

/// <param name="Path">Its name in the form.</param>
/// <param name="Most">The most letters; null: one line.</param>
/// <param name="IsOwn">It asks for something about the one who fills it in, so a browser may know it.</param>
/// <param name="Parts">The parts under which it is sent; none: it is one.</param>
/// <param name="Values">The typed texts, by path.</param>
public sealed record FieldView(string Path, FieldType Type, Texts Label, Texts? Hint, bool IsRequired, int? Most, bool IsOwn,
    IReadOnlyList<ChoiceView> Choices, IReadOnlyList<FieldPart> Parts, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Of a file: the types that the field takes.</summary>
    public IReadOnlyList<string> Mime { get; init; } = [];

    /// <summary>Of a file: the largest size.</summary>
    public int? MaxMiB { get; init; }

    /// <summary>The file that was given; null: none.</summary>
    public FileView? File { get; init; }

    /// <summary>The answer has this origin, and is only shown. Null: the one who fills the form in answers.</summary>
    public FieldSource? From { get; init; }
}

/// <summary>A file that was given.</summary>
public sealed record FileView(string Name, long Bytes, string Mime, FileCheck Check);

/// <summary>The scanner's word on a file.</summary>
public enum FileCheck { Good, Waits, Infected }

/// <param name="Field">The path of its field.</param>
/// <param name="Name">As the browser names it.</param>
public sealed record UploadedFile(string Page, string Field, string Name, byte[] Content);

/// <summary>A text of the citizen to the office.</summary>
public enum CitizenText { Message, Comment, Objection }

/// <summary>A message between citizen and office.</summary>
public sealed record CaseMessage(DateTimeOffset At, bool FromCitizen, string Text);

public sealed record ChoiceView(string Id, Texts Label);

/// <summary>A case as its citizen may see it.</summary>
/// <param name="Number">The file number; null: it is sent, and the number is given in a moment.</param>
/// <param name="Says">The procedure's own sentence about the state; null: the engine's.</param>
/// <param name="Until">The end of the clock that runs.</param>
/// <param name="DoneBy">The decision is due.</param>
public sealed record CaseView(string? Number, string Procedure, Texts Title, CaseState State, Texts? Says, DateTimeOffset? Until,
    DateTimeOffset? DoneBy, string TimeZone, DecisionOutcome? Outcome, bool MayWithdraw)
{
    /// <summary>The service and article that the procedure belongs to; null: none.</summary>
    public string? Article { get; init; }

    /// <summary>The office asks for this, or gives this reason; null: nothing.</summary>
    public string? Asked { get; init; }

    public bool MayAdd { get; init; }

    public bool MayComment { get; init; }

    public bool MayObject { get; init; }

    public bool MayWrite { get; init; }

    /// <summary>The earliest first.</summary>
    public IReadOnlyList<CaseMessage> Messages { get; init; } = [];
}
