using Aufruf.Domain.Cases;

namespace Aufruf.Hub.Cases.Notices;

/// <summary>The state that a citizen may hear of, by the event that led to it.</summary>
internal static class CaseSteps
{
    /// <summary>Null: none, or a second person has to agree first.</summary>
    public static CaseState? ReachedBy(CaseEvent happened, CitizenCase found) => happened switch
    {
        CaseEvent.CaseSubmitted => CaseState.Submitted,
        CaseEvent.CaseMoved e => e.To,
        CaseEvent.DecisionTaken when found.Plan is { FourEyes: false } => CaseState.Decided,
        CaseEvent.DecisionApproved => CaseState.Decided,
        CaseEvent.DecisionPosted => CaseState.Dispatched,
        _ => null,
    };
}
