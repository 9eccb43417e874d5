using Aufruf.Contracts;
using Aufruf.Domain.Cases;

namespace Aufruf.Hub.Cases;

/// <summary>Cases whose time is over: those that wait for the archive or two persons, and the little left of the others.</summary>
internal static class CaseEnds
{
    private const string Archive = "archive";

    /// <summary>Those that a person sees, the oldest first. Instead of a holder stands the person who proposed the destruction.</summary>
    public static WorkList List(IEnumerable<CitizenCase> cases, CaseRoles roles, Func<CitizenCase, Texts> titleOf, int most,
        string timeZone)
    {
        var rows = (from found in cases
                    where found.State is CaseState.Retained or CaseState.Offered && roles.See(found)
                    let due = found.Until ?? found.Tasks.GetValueOrDefault(CaseTask.Destroy)?.DueAt ?? default
                    orderby due, found.Number
                    select new WorkRow(found.Number, titleOf(found), found.State is CaseState.Offered ? Archive : CaseTask.Destroy, null,
                        due, found.DestructionProposedBy?.Value, found.IsLate)).ToList();
        return new([.. rows.Take(most)], rows.Count, timeZone);
    }

    /// <summary>After its end a case says only that it existed, and how it ended.</summary>
    public static IReadOnlyList<CaseEntry> Left(CaseState state, IReadOnlyList<CaseEntry> history) => !state.IsEnd() ? history
        : [.. history.Where(entry => entry.What is "submitted" or "proposed" || entry.To?.IsEnd() is true)
            .Select(entry => entry with { Reason = null })];
}
