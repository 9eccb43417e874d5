namespace Aufruf.Domain.Cases;

/// <summary>That which a declaration means for one case, on the day it was sent. The case keeps it, whatever becomes of the
/// declaration.</summary>
/// <param name="Day">The day whose law and rates count.</param>
/// <param name="Editions">The tables that it was computed with.</param>
/// <param name="PaymentDays">Null: nothing is paid before.</param>
/// <param name="BeginsAlone">No clerk has to look whether all is there.</param>
/// <param name="DecidesAlone">The engine decides once all tasks are done.</param>
/// <param name="MayHear">The citizen may comment before a decision against the application.</param>
/// <param name="RemedyMonths">Null: nothing is decided that one could object to.</param>
/// <param name="Law">The rule by which a decision counts as announced.</param>
/// <param name="ToArchive">The archive is asked before it is destroyed.</param>
/// <param name="DestroysAlone">The engine destroys it; otherwise two persons do.</param>
public sealed record CasePlan(string Procedure, int Version, DateOnly Day, IReadOnlyList<string> Editions, int? PaymentDays,
    bool BeginsAlone, string? CompleteRole, int CompleteDays, int SupplementDays, WhenMissing WhenMissing, bool DecidesAlone,
    string? DecideRole,
    int DecideDays, bool FourEyes, bool MayHear, int HearingDays, int? RemedyMonths, string Law, int RetainYears, bool ToArchive,
    bool DestroysAlone, IReadOnlyList<PlannedTask> Tasks);

/// <param name="At">The state in which it begins.</param>
public sealed record PlannedTask(string Id, CaseState At, string Role, int Days);
