using System.Collections.Immutable;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Cases;

/// <summary>The roles of a person that work on cases.</summary>
/// <param name="SeesAll">The person reads every case, and changes none.</param>
internal sealed record CaseRoles(ImmutableHashSet<string> Ids, bool SeesAll)
{
    /// <summary>The roles that the person has in the whole authority and that work on cases.</summary>
    public static CaseRoles Of(People known, string authority, string who)
    {
        var held = known.Find(who) is { IsEnabled: true } person
            ? known.GrantsOf(person).Where(grant => grant.Place == authority).Select(grant => known.Role(grant.Role)).OfType<Role>()
                .ToList()
            : [];
        return new([.. held.Where(role => role.Permissions.Contains(Permission.Cases)).Select(role => role.Id)],
            held.Exists(role => role.Permissions.Contains(Permission.SeeCases) && !role.Permissions.Contains(Permission.Cases)));
    }

    /// <summary>Whether the person does the tasks of a role. Case work without another name does all.</summary>
    public bool Do(string? role) => Ids.Contains(Role.CaseWork.Id) || (role is null ? Ids.Count > 0 : Ids.Contains(role));

    /// <summary>A task that was forwarded opens its case too.</summary>
    public bool See(CitizenCase c) => SeesAll || Ids.Contains(Role.CaseWork.Id)
        || ((string?[])[c.Plan!.CompleteRole, c.Plan.DecideRole, .. c.Plan.Tasks.Select(task => task.Role),
            .. c.Tasks.Values.Select(task => task.Role)]).OfType<string>().Any(Ids.Contains);
}

/// <summary>The steps that a person can take in a case now: for the buttons, and for the commands.</summary>
internal static class CaseDeeds
{
    /// <summary>Whether a button for it is shown. The buttons of tasks stand beside their tasks.</summary>
    public static bool IsPossible(CitizenCase c, CaseDeedKind kind, CaseRoles roles, ClerkId who) => StepOf(kind) is { } step
        && roles.Do(RoleOf(c, kind)) && c.State.Allows(step, ActorOf(kind)) && kind switch
        {
            CaseDeedKind.Grant or CaseDeedKind.Refuse => !c.Tasks.Values.Any(task => task.HoldsDecisionUp),
            CaseDeedKind.Post => !c.Plan!.FourEyes || c.ApprovedBy is not null,
            CaseDeedKind.Destroy => c.DestructionProposedBy is not null,
            CaseDeedKind.Hear => c.Plan!.MayHear && !c.WasHeard,
            CaseDeedKind.Object => c.Plan!.RemedyMonths is not null,
            _ => true,
        } || (kind is CaseDeedKind.Approve && c.State is CaseState.Decided && c.Plan!.FourEyes && c.ApprovedBy is null
            && c.DecidedBy != who && roles.Do(RoleOf(c, kind)))
        || (kind is CaseDeedKind.ProposeDestruction && c.State is CaseState.Retained or CaseState.Offered && c.DestructionProposedBy is null
            && roles.Do(c.Plan!.DecideRole));

    /// <summary>An answer on paper is entered by those who asked for it.</summary>
    public static bool MayAnswer(CitizenCase c, CaseRoles roles) => c.State.Allows(CaseStep.AddMissing, CaseRole.Clerk)
        && roles.Do(RoleOf(c, CaseDeedKind.AskForMore));

    public static bool IsAllowed(CitizenCase c, CaseDeed deed, CaseRoles roles) => deed.Kind
        is CaseDeedKind.Claim or CaseDeedKind.Release or CaseDeedKind.Finish or CaseDeedKind.TakeOver or CaseDeedKind.Forward
            ? c.Tasks.GetValueOrDefault(deed.Task ?? "") is not { } task || roles.Do(task.Role) // A task that is gone is refused as such.
            : deed.Kind is CaseDeedKind.Note or CaseDeedKind.Answer ? roles.Ids.Count > 0
            : roles.Do(RoleOf(c, deed.Kind));

    /// <param name="reason">Sealed.</param>
    /// <returns>Null: the day of posting is missing, or its law knows no such day.</returns>
    public static CaseCommand? CommandOf(CitizenCase c, CaseDeed deed, ClerkId clerk, string? reason, HolidaysOf state, string timeZone)
    {
        CaseActor by = new(ActorOf(deed.Kind), clerk, null);
        return deed.Kind switch
        {
            CaseDeedKind.Claim => new CaseCommand.ClaimTask(deed.Task ?? "", by),
            CaseDeedKind.Release => new CaseCommand.ReleaseTask(deed.Task ?? "", by),
            CaseDeedKind.Finish => new CaseCommand.FinishTask(deed.Task ?? "", by, reason),
            CaseDeedKind.Grant => new CaseCommand.Decide(DecisionOutcome.Granted, by, reason),
            CaseDeedKind.Refuse => new CaseCommand.Decide(DecisionOutcome.Refused, by, reason),
            CaseDeedKind.Approve => new CaseCommand.Approve(by),
            CaseDeedKind.ProposeDestruction => new CaseCommand.ProposeDestruction(by),
            CaseDeedKind.Post => deed.Day is { } day ? CasePosting.CommandOf(c.Plan!, day, by, state, timeZone) : null,
            _ => new CaseCommand.TakeStep(StepOf(deed.Kind) ?? throw new System.Diagnostics.UnreachableException(), by, reason),
        };
    }

    private static CaseStep? StepOf(CaseDeedKind kind) => kind switch
    {
        CaseDeedKind.Begin => CaseStep.Begin,
        CaseDeedKind.AskForMore => CaseStep.AskForMore,
        CaseDeedKind.Reject => CaseStep.Reject,
        CaseDeedKind.Hear => CaseStep.Hear,
        CaseDeedKind.EndHearing => CaseStep.EndHearing,
        CaseDeedKind.Object => CaseStep.Object,
        CaseDeedKind.Reopen => CaseStep.Reopen,
        CaseDeedKind.Withdraw => CaseStep.Withdraw,
        CaseDeedKind.Grant or CaseDeedKind.Refuse => CaseStep.Decide,
        CaseDeedKind.Return => CaseStep.Return,
        CaseDeedKind.Post => CaseStep.Dispatch,
        CaseDeedKind.CameBack => CaseStep.ReturnPost,
        CaseDeedKind.Destroy => CaseStep.Destroy,
        CaseDeedKind.HandOver => CaseStep.HandOver,
        _ => null,
    };

    private static CaseRole ActorOf(CaseDeedKind kind) =>
        kind is CaseDeedKind.Approve or CaseDeedKind.Return or CaseDeedKind.Destroy ? CaseRole.Second : CaseRole.Clerk;

    /// <summary>Before the work begins it is the role that looks whether all is there. A forwarded task counts with its new role.
    /// </summary>
    private static string? RoleOf(CitizenCase c, CaseDeedKind kind)
    {
        var isBefore = c.State is CaseState.Submitted or CaseState.AwaitingPayment or CaseState.Received or CaseState.Supplement;
        var own = kind is CaseDeedKind.Approve or CaseDeedKind.Return ? CaseTask.Second : kind is CaseDeedKind.Post ? CaseTask.Leave
            : isBefore ? CaseTask.Complete : CaseTask.Decide;
        return c.Tasks.GetValueOrDefault(own) is { IsOpen: true } task ? task.Role
            : isBefore ? c.Plan!.CompleteRole ?? c.Plan.DecideRole : c.Plan!.DecideRole;
    }
}
