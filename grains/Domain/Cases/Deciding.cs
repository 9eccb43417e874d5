namespace Aufruf.Domain.Cases;

/// <summary>The decision, the second pair of eyes, and how it leaves the house.</summary>
internal static class Deciding
{
    public static Decision<CaseEvent> Decide(CitizenCase c, CaseCommand.Decide command, DateTimeOffset now) =>
        c.State.After(CaseStep.Decide, command.By.Role, out var refusal) is null ? refusal!
        : c.Tasks.Values.Any(task => task.HoldsDecisionUp) ? Refusal.TasksOpen
        : TaskHolding.IsHeldByAnother(c, CaseTask.Decide, command.By) ? Refusal.TaskHeld
        : command.Outcome is DecisionOutcome.Refused && string.IsNullOrEmpty(command.Reason) ? Refusal.ReasonMissing
        : command.Outcome is DecisionOutcome.Refused && c.Plan!.MayHear && !c.WasHeard ? Refusal.HearingMissing
        : command.Reason?.Length > CitizenCase.LongestReason ? Refusal.CaseFull
        : Taken(c, command.Outcome, command.By, command.Reason, now);

    public static CaseEvent.DecisionTaken Taken(CitizenCase c, DecisionOutcome outcome, CaseActor by, string? reason, DateTimeOffset now) =>
        c.State is CaseState.InProgress ? new(outcome, by, reason, now.AddDays(Moving.LeavingDays), now) : throw new UnreachableException();

    /// <summary>The person who decided never agrees to it: not in another role, and not as a substitute of another person.</summary>
    public static Decision<CaseEvent> Approve(CitizenCase c, CaseCommand.Approve command, DateTimeOffset now) =>
        c.State is not CaseState.Decided ? Refusal.CaseInProgress
        : command.By.Role is not CaseRole.Second || command.By.Clerk is not { } clerk ? Refusal.StepOfAnother
        : clerk == c.DecidedBy ? Refusal.SamePerson
        : c.ApprovedBy == clerk ? Array.Empty<CaseEvent>()
        : c.ApprovedBy is not null || !c.Plan!.FourEyes ? Refusal.CaseDecided
        : TaskHolding.IsHeldByAnother(c, CaseTask.Second, command.By) ? Refusal.TaskHeld
        : new CaseEvent.DecisionApproved(command.By, now);

    public static Decision<CaseEvent> Post(CitizenCase c, CaseCommand.Post command, DateTimeOffset now) =>
        c.State.After(CaseStep.Dispatch, command.By.Role, out var refusal) is null ? refusal!
        : c.Plan!.FourEyes && c.ApprovedBy is null ? Refusal.ApprovalMissing
        : new CaseEvent.DecisionPosted(command.PostedOn, command.AnnouncedAt, c.Plan.RemedyMonths is null ? null : command.RemedyUntil,
            command.By, now);

    public static Decision<CaseEvent> ProposeDestruction(CitizenCase c, CaseCommand.ProposeDestruction command, DateTimeOffset now) =>
        c.State is not (CaseState.Retained or CaseState.Offered) ? Refusal.CaseInProgress
        : command.By.Clerk is not { } clerk ? Refusal.StepOfAnother
        : c.DestructionProposedBy == clerk ? Array.Empty<CaseEvent>()
        : new CaseEvent.DestructionProposed(command.By, now);

    public static CitizenCase Apply(CitizenCase c, CaseEvent.DecisionTaken e) => c with
    {
        State = CaseState.Decided,
        Outcome = e.Outcome,
        DecidedBy = e.By.Clerk,
        ApprovedBy = null,
        Until = e.Until,
        IsLate = false,
        Tasks = TaskHolding.After(c, CaseState.Decided, e.At),
    };

    public static CitizenCase Apply(CitizenCase c, CaseEvent.DecisionApproved e)
    {
        var approved = c with { ApprovedBy = e.By.Clerk };
        return approved with { Tasks = TaskHolding.After(approved, CaseState.Decided, e.At) };
    }

    public static CitizenCase Apply(CitizenCase c, CaseEvent.DecisionPosted e) => c with
    {
        State = CaseState.Dispatched,
        PostedOn = e.PostedOn,
        Until = e.Until,
        RemedyUntil = e.RemedyUntil,
        IsLate = false,
        Tasks = TaskHolding.After(c, CaseState.Dispatched, e.At),
    };
}
