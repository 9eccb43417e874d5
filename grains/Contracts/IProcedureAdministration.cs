using Aufruf.Domain;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>The procedures of an authority for its administration: draft, check, publish, withdraw, and what was before.</summary>
public interface IProcedureAdministration
{
    IReadOnlyList<ProcedureRow> List(string authority);

    /// <returns>Null: there is no such procedure, and no draft of one.</returns>
    ProcedureDesk? Find(string authority, string id);

    /// <summary>Looks for faults, and lets random citizens fill the form in.</summary>
    ProcedureCheck Check(string authority, string id, ProcedureText text);

    /// <summary>Saves a draft. Of a new procedure, the id is the one in the text.</summary>
    /// <param name="seen">The revision that the form was filled from; 0: nothing was there.</param>
    Task<ProcedureAnswer> SaveAsync(string authority, string? id, ProcedureText text, int seen, string who);

    Task<ProcedureAnswer> PublishAsync(string authority, string id, int seen, string who);

    Task<ProcedureAnswer> DiscardAsync(string authority, string id, int seen, string who);

    /// <summary>No new application begins. Open cases go on.</summary>
    Task<ProcedureAnswer> WithdrawAsync(string authority, string id, string who);

    /// <summary>A withdrawn procedure begins again with its last version.</summary>
    Task<ProcedureAnswer> OfferAgainAsync(string authority, string id, string who);

    /// <summary>The versions with their differences, the newest first.</summary>
    Task<IReadOnlyList<ProcedureEdition>> HistoryAsync(string authority, string id);
}

/// <param name="Json">The declaration.</param>
/// <param name="Library">Tables and templates that come with it.</param>
public sealed record ProcedureText(string Json, IReadOnlyList<string> Library);

/// <param name="Version">In force; null: none.</param>
/// <param name="IsOnline">Citizens can begin it.</param>
/// <param name="IsAtCounter">Clerks can begin it.</param>
/// <param name="IsReadable">False: this program cannot read the version any more.</param>
/// <param name="DraftBy">Null: there is no draft.</param>
public sealed record ProcedureRow(string Id, Texts Title, int? Version, DateOnly? ValidFrom, bool IsOnline, bool IsAtCounter,
    bool IsOffered, bool IsReadable, string? DraftBy);

/// <param name="Text">Of the draft, or of the newest version with the next number.</param>
/// <param name="Revision">Goes along in forms: an older one is refused.</param>
public sealed record ProcedureDesk(ProcedureRow Row, ProcedureText Text, int Revision, string? DraftBy, DateTimeOffset? DraftAt,
    string TimeZone);

/// <param name="Faults">By file: the empty name is the declaration.</param>
/// <param name="Citizens">So many random citizens came through; 0: faults were found before.</param>
/// <param name="Refusal">Why it cannot be published although nothing is wrong in it; null: nothing.</param>
public sealed record ProcedureCheck(IReadOnlyList<(string File, Fault Fault)> Faults, int Citizens, Refusal? Refusal)
{
    /// <summary>That which could be better in the declaration. It is published all the same.</summary>
    public IReadOnlyList<Fault> Remarks { get; init; } = [];

    public bool MayBePublished => Faults.Count == 0 && Refusal is null;
}

/// <param name="Id">Of the procedure; null: the text has none.</param>
public sealed record ProcedureAnswer(string? Id, Refusal? Refusal = null);

/// <param name="Number">Null: it was withdrawn.</param>
/// <param name="Text">As it was published; null: it was withdrawn.</param>
public sealed record ProcedureEdition(int? Number, string By, DateTimeOffset At, IReadOnlyList<OfficeDifference> Changes,
    ProcedureText? Text);
