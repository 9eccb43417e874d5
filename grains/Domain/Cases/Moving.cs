namespace Aufruf.Domain.Cases;

/// <summary>A case moves from state to state as the skeleton allows, and the engine takes the steps that need nobody.</summary>
internal static class Moving
{
    public const int LeavingDays = 2, DestroyingDays = 30, ArchiveMonths = 6;

    public static Decision<CaseEvent> Submit(CitizenCase c, CaseCommand.Submit command, DateTimeOffset now) =>
        c.Plan is not null ? Refusal.CaseChecked
        : c.State.After(CaseStep.Submit, command.By.Role, out var refusal) is null ? refusal!
        : command.Number.Length is 0 or > CitizenCase.LongestWord || command.Person?.Length > CitizenCase.LongestWord / 2
            || command.Answers.Length > CitizenCase.LongestAnswers ? Refusal.CaseFull
        : Followed(c, [new CaseEvent.CaseSubmitted(command.Number, command.Plan, command.Answers, command.By, now, command.Channel)
        { Language = command.Language?.Length is > 0 and < CitizenCase.LongestWord ? command.Language : null },
            .. command.Person is { } person ? [new CaseEvent.ParticipantAdded(person, PersonFile.Part, now)] : (CaseEvent[])[]], now);

    public static Decision<CaseEvent> AddMissing(CitizenCase c, CaseCommand.AddMissing command, DateTimeOffset now) =>
        c.State.After(CaseStep.AddMissing, command.By.Role, out var refusal) is null ? refusal!
        : command.Answers.Length > CitizenCase.LongestAnswers ? Refusal.CaseFull
        : !IsSameLaw(c.Plan!, command.Plan) ? Refusal.LawPinned
        : Followed(c, [new CaseEvent.AnswersAdded(command.Plan, command.Answers, command.By, now) { Channel = command.Channel },
            Moved(c, CaseStep.AddMissing, command.By, null, now)], now);

    public static Decision<CaseEvent> TakeStep(CitizenCase c, CaseCommand.TakeStep command, DateTimeOffset now) => command.Step switch
    {
        // These have commands of their own, or follow from others.
        CaseStep.Submit or CaseStep.AddMissing or CaseStep.Decide or CaseStep.Dispatch or CaseStep.AskForPayment or CaseStep.Receive =>
            Refusal.StepOfAnother,
        CaseStep.Reject or CaseStep.AskForMore or CaseStep.Hear or CaseStep.Reopen or CaseStep.Return
            when string.IsNullOrEmpty(command.Reason) => Refusal.ReasonMissing,
        CaseStep.Return or CaseStep.Destroy when command.By.Role is CaseRole.Second
            && (command.By.Clerk is null || command.By.Clerk == Earlier(c, command.Step)) => Refusal.SamePerson,
        CaseStep.Destroy when c.State is CaseState.Retained && c.Plan!.ToArchive => Refusal.ArchiveFirst,
        CaseStep.Destroy when command.By.Role is CaseRole.Second && c.DestructionProposedBy is null => Refusal.ApprovalMissing,
        CaseStep.Destroy when command.By.Role is CaseRole.Engine && c.State is CaseState.Retained && !c.Plan!.DestroysAlone =>
            Refusal.ApprovalMissing,
        CaseStep.Object when command.By.Role is CaseRole.Citizen && c.State is CaseState.Announced or CaseState.Closed
            && (c.RemedyUntil is null || now >= c.RemedyUntil) => Refusal.RemedyOver,
        CaseStep.Begin or CaseStep.AskForMore or CaseStep.Hear or CaseStep.Reject
            when TaskHolding.IsHeldByAnother(c, CaseTask.Complete, command.By)
            || TaskHolding.IsHeldByAnother(c, CaseTask.Decide, command.By) => Refusal.TaskHeld,
        _ => Take(c, command.Step, command.By, command.Reason, now),
    };

    public static Decision<CaseEvent> EndClock(CitizenCase c, CaseCommand.EndClock command, DateTimeOffset now) =>
        c.Clock != command.Clock || command.Clock is CaseClock.None || now < c.Until ? Refusal.ClockMoved
        : command.Clock.AtEnd(c.Plan!.WhenMissing) is { } step ? Take(c, step, CaseActor.Engine, null, now)
        : new CaseEvent.CaseLate(command.Clock, now);

    public static Decision<CaseEvent> Take(CitizenCase c, CaseStep step, CaseActor by, string? reason, DateTimeOffset now) =>
        c.State.After(step, by.Role, out var refusal) is null ? refusal!
        : reason?.Length > CitizenCase.LongestReason ? Refusal.CaseFull
        : Followed(c, [Moved(c, step, by, reason, now)], now);

    /// <summary>The events, and those of the steps that the engine takes at once.</summary>
    public static Decision<CaseEvent> Followed(CitizenCase c, CaseEvent[] first, DateTimeOffset now)
    {
        List<CaseEvent> all = [.. first];
        var next = first.Aggregate(c, (state, happened) => state.Apply(happened));
        while (Next(next, now) is { } more)
        {
            all.Add(more);
            next = next.Apply(more);
        }

        return all.ToArray();
    }

    public static CitizenCase Apply(CitizenCase c, CaseEvent.CaseMoved e)
    {
        var isEmptied = e.To.IsEnd();
        var next = c with
        {
            State = e.To,
            Until = e.Until,
            IsLate = false,
            WasHeard = c.WasHeard || e.Step is CaseStep.EndHearing,
            CameBack = c.CameBack || e.Step is CaseStep.Object or CaseStep.Reopen or CaseStep.Return,
            Tasks = TaskHolding.After(c, e.To, e.At),
            PausedSince = e.To is CaseState.Supplement ? e.At : null,
            DecideUntil = c.PausedSince is { } since ? c.DecideUntil + (e.At - since)
                : c.DecideUntil ?? (e.To is CaseState.Received ? e.At.AddDays(c.Plan!.DecideDays) : null),
        };
        return isEmptied ? CitizenCase.Empty with { Number = c.Number, State = e.To, Plan = c.Plan }
            : e.To is CaseState.InProgress ? AsUndecided(next, e.Step, e.At) : next;
    }

    /// <summary>An objection or a reopening begins the time for the decision again.</summary>
    private static CitizenCase AsUndecided(CitizenCase c, CaseStep step, DateTimeOffset at) => c with
    {
        Outcome = null,
        DecidedBy = null,
        ApprovedBy = null,
        PostedOn = null,
        RemedyUntil = null,
        DecideUntil = step is CaseStep.Object or CaseStep.Reopen ? at.AddDays(c.Plan!.DecideDays) : c.DecideUntil,
    };

    private static CaseEvent? Next(CitizenCase c, DateTimeOffset now) => c.State switch
    {
        CaseState.Submitted => Moved(c, c.Plan!.PaymentDays is null ? CaseStep.Receive : CaseStep.AskForPayment,
            CaseActor.Engine, null, now),
        CaseState.Received when c.Plan!.BeginsAlone => Moved(c, CaseStep.Begin, CaseActor.Engine, null, now),
        CaseState.InProgress when c.Plan!.DecidesAlone && !c.Tasks.Values.Any(task => task.HoldsDecisionUp)
            && !c.CameBack => Deciding.Taken(c, DecisionOutcome.Granted, CaseActor.Engine, null, now),
        CaseState.Announced when c.RemedyUntil is null => Moved(c, CaseStep.Close, CaseActor.Engine, null, now),
        CaseState.Retained when c.Plan!.ToArchive => Moved(c, CaseStep.Offer, CaseActor.Engine, null, now),
        CaseState.Retained when c.Plan!.DestroysAlone => Moved(c, CaseStep.Destroy, CaseActor.Engine, null, now),
        _ => null,
    };

    private static CaseEvent.CaseMoved Moved(CitizenCase c, CaseStep step, CaseActor by, string? reason, DateTimeOffset now)
    {
        var to = c.State.After(step, by.Role, out _) ?? throw new UnreachableException();
        return new(step, to, by, reason, UntilOf(c, to, step, now), now);
    }

    /// <summary>The end of the new state's clock. The time for a decision goes on where it stood.</summary>
    private static DateTimeOffset? UntilOf(CitizenCase c, CaseState to, CaseStep step, DateTimeOffset now) => to.Clock() switch
    {
        CaseClock.Payment => AfterLastDay(now, c.Plan!.PaymentDays ?? 0),
        CaseClock.Completeness => now.AddDays(c.Plan!.CompleteDays),
        CaseClock.Missing => AfterLastDay(now, c.Plan!.SupplementDays),
        CaseClock.Decision when step is CaseStep.Object or CaseStep.Reopen || c.DecideUntil is null => now.AddDays(c.Plan!.DecideDays),
        CaseClock.Decision => c.DecideUntil + (c.PausedSince is { } since ? now - since : TimeSpan.Zero),
        CaseClock.Comment => AfterLastDay(now, c.Plan!.HearingDays),
        CaseClock.Leaving => now.AddDays(LeavingDays),
        CaseClock.Remedy => c.RemedyUntil,
        CaseClock.Keeping => now.AddYears(c.Plan!.RetainYears),
        CaseClock.ArchiveAnswer => now.AddMonths(ArchiveMonths),
        _ => null,
    };

    /// <summary>The citizen has the whole last day. Source: §§ 187(1), 188(1) BGB.</summary>
    private static DateTimeOffset AfterLastDay(DateTimeOffset now, int days) => now.AddDays(days + 1);

    private static ClerkId? Earlier(CitizenCase c, CaseStep step) => step is CaseStep.Destroy ? c.DestructionProposedBy : c.DecidedBy;

    /// <summary>New answers never move a case to another law.</summary>
    private static bool IsSameLaw(CasePlan old, CasePlan plan) =>
        (old.Procedure, old.Version) == (plan.Procedure, plan.Version) && old.Editions.SequenceEqual(plan.Editions);
}
