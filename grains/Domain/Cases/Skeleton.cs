using System.Collections.Frozen;
using static Aufruf.Domain.Cases.CaseRole;
using static Aufruf.Domain.Cases.CaseState;

namespace Aufruf.Domain.Cases;

/// <summary>The one table of states that all procedures share: state, step and role give the next state, or a refusal.</summary>
/// <remarks>A declaration switches steps on and sets days and roles. It adds no state, so no case can loop or get stuck.</remarks>
public static class Skeleton
{
    private static readonly CaseState[] Live = [Submitted, AwaitingPayment, Received, Supplement, InProgress, Hearing];
    private static readonly CaseState[] SideEnds = [Withdrawn, Lapsed, DeemedWithdrawn, Rejected];

    private static readonly (CaseState[] From, CaseStep Step, CaseRole[] By, CaseState To)[] Rows =
    [
        ([Draft], CaseStep.Submit, [Citizen, Clerk], Submitted),
        ([Draft], CaseStep.Erase, [Citizen, Engine], Erased),
        ([Submitted], CaseStep.AskForPayment, [Engine], AwaitingPayment),
        ([Submitted, AwaitingPayment], CaseStep.Receive, [Engine], Received),
        ([AwaitingPayment], CaseStep.Lapse, [Engine], Lapsed),
        ([Received, InProgress], CaseStep.Reject, [Clerk], Rejected),
        ([Received, InProgress], CaseStep.AskForMore, [Clerk, Engine], Supplement),
        ([Supplement], CaseStep.AddMissing, [Citizen, Clerk], Received),
        ([Supplement], CaseStep.DecideOnFile, [Engine], InProgress),
        ([Supplement], CaseStep.DeemWithdrawn, [Engine], DeemedWithdrawn),
        ([Received], CaseStep.Begin, [Clerk, Engine], InProgress),
        ([InProgress], CaseStep.Hear, [Clerk], Hearing),
        ([Hearing], CaseStep.EndHearing, [Citizen, Clerk, Engine], InProgress),
        ([InProgress], CaseStep.Decide, [Clerk, Engine], Decided),
        ([Decided], CaseStep.Return, [Second], InProgress),
        ([Decided], CaseStep.Dispatch, [Clerk, Engine], Dispatched),
        ([Dispatched], CaseStep.Announce, [Engine], Announced),
        ([Dispatched, Announced], CaseStep.ReturnPost, [Clerk], Decided),
        ([Announced], CaseStep.Close, [Engine], Closed),
        ([Announced, Closed], CaseStep.Object, [Citizen, Clerk], InProgress),
        ([Closed], CaseStep.Reopen, [Clerk], InProgress),
        (Live, CaseStep.Withdraw, [Citizen, Clerk], Withdrawn),
        ([Closed, .. SideEnds], CaseStep.Retain, [Engine], Retained),
        ([Retained], CaseStep.Offer, [Second, Engine], Offered),
        ([Retained, Offered], CaseStep.Destroy, [Second, Engine], Destroyed),
        ([Offered], CaseStep.HandOver, [CaseRole.Archive, Clerk], HandedOver),
    ];

    private static readonly FrozenDictionary<(CaseState, CaseStep, CaseRole), CaseState> Next = (
        from row in Rows
        from state in row.From
        from role in row.By
        select KeyValuePair.Create((state, row.Step, role), row.To)).ToFrozenDictionary();

    private static readonly FrozenSet<(CaseState, CaseStep)> Possible = [.. Next.Keys.Select(k => (k.Item1, k.Item2))];

    /// <summary>The state after a step, or null and the refusal.</summary>
    public static CaseState? After(this CaseState state, CaseStep step, CaseRole role, out Refusal? refusal)
    {
        var found = Next.TryGetValue((state, step, role), out var next);
        refusal = found ? null : Possible.Contains((state, step)) ? Refusal.StepOfAnother : RefusalIn(state);
        return found ? next : null;
    }

    public static bool Allows(this CaseState state, CaseStep step, CaseRole role) => Next.ContainsKey((state, step, role));

    /// <summary>Nothing follows any more.</summary>
    public static bool IsEnd(this CaseState state) => state is Erased or HandedOver or Destroyed;

    /// <summary>Neither decided nor left: the citizen may still take it back.</summary>
    public static bool IsLive(this CaseState state) => Live.Contains(state);

    /// <summary>Neither ended without a decision nor only kept: citizen and office may write to each other.</summary>
    public static bool TakesMessages(this CaseState state) => state.IsLive() || state is Decided or Dispatched or Announced or Closed;

    /// <summary>The clock that runs in a state.</summary>
    public static CaseClock Clock(this CaseState state) => state switch
    {
        Draft => CaseClock.DraftKept,
        AwaitingPayment => CaseClock.Payment,
        Received => CaseClock.Completeness,
        Supplement => CaseClock.Missing,
        InProgress => CaseClock.Decision,
        Hearing => CaseClock.Comment,
        Decided => CaseClock.Leaving,
        Dispatched => CaseClock.Announcement,
        Announced => CaseClock.Remedy,
        Closed or Withdrawn or Lapsed or DeemedWithdrawn or Rejected => CaseClock.Keeping,
        Offered => CaseClock.ArchiveAnswer,
        _ => CaseClock.None,
    };

    /// <summary>The clock ends within the day after its last one: the citizen has all of that one.</summary>
    public static bool EndsAfterLastDay(this CaseClock clock) =>
        clock is CaseClock.Payment or CaseClock.Missing or CaseClock.Comment or CaseClock.Remedy;

    /// <summary>The step that the engine takes at the end of a clock; null: the case is late, and people go on.</summary>
    public static CaseStep? AtEnd(this CaseClock clock, WhenMissing missing) => clock switch
    {
        CaseClock.DraftKept => CaseStep.Erase,
        CaseClock.Payment => CaseStep.Lapse,
        CaseClock.Missing => missing is WhenMissing.DecideOnFile ? CaseStep.DecideOnFile : CaseStep.DeemWithdrawn,
        CaseClock.Comment => CaseStep.EndHearing,
        CaseClock.Announcement => CaseStep.Announce,
        CaseClock.Remedy => CaseStep.Close,
        CaseClock.Keeping => CaseStep.Retain,
        CaseClock.ArchiveAnswer => CaseStep.Destroy,
        _ => null,
    };

    private static Refusal RefusalIn(CaseState state) => state switch
    {
        Draft => Refusal.CaseNotSent,
        Submitted => Refusal.CaseChecked,
        AwaitingPayment => Refusal.CaseUnpaid,
        Received => Refusal.CaseNotBegun,
        Supplement => Refusal.CaseIncomplete,
        InProgress => Refusal.CaseInProgress,
        Hearing => Refusal.CaseHeard,
        Decided => Refusal.CaseDecided,
        Dispatched or Announced => Refusal.CaseDispatched,
        Closed => Refusal.CaseClosed,
        Withdrawn or Lapsed or DeemedWithdrawn or Rejected => Refusal.CaseEnded,
        Retained or Offered => Refusal.CaseRetained,
        _ => Refusal.CaseGone,
    };
}

/// <summary>The course of a case whose citizen did not add in time that which was missing.</summary>
[JsonConverter(typeof(KebabEnum<WhenMissing>))]
public enum WhenMissing { DeemWithdrawn, DecideOnFile }
