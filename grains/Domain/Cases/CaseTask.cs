namespace Aufruf.Domain.Cases;

/// <summary>A piece of work in a case. One person has it, or nobody.</summary>
/// <param name="Role">The role that does it; null: everybody who works on such cases.</param>
/// <param name="At">The state in which it began.</param>
/// <param name="IsOwn">The skeleton's own: it ends with its state.</param>
public sealed record CaseTask(string Id, string? Role, CaseState At, DateTimeOffset DueAt, ClerkId? HeldBy, bool IsOpen, bool IsOwn)
{
    public const string Complete = "complete", Decide = "decide", Second = "second", Leave = "leave", Destroy = "destroy",
        Message = "message";

    /// <summary>Names that a declaration cannot give to a task.</summary>
    public static IReadOnlyList<string> Own { get; } = [Complete, Decide, Second, Leave, Destroy, Message];

    /// <summary>The decision waits for it.</summary>
    [JsonIgnore]
    public bool HoldsDecisionUp => IsOpen && !IsOwn && (At is CaseState.Received or CaseState.InProgress || (Id == Message && At.IsLive()));
}

/// <summary>Of two clerks who take one task, one gets it: the case decides, however old the list was.</summary>
internal static class TaskHolding
{
    public static Decision<CaseEvent> Claim(CitizenCase c, CaseCommand.ClaimTask command, DateTimeOffset now) =>
        Open(c, command.Task) is not { } task ? Refusal.TaskGone
        : command.By.Clerk is not { } clerk ? Refusal.StepOfAnother
        : task.HeldBy == clerk ? Array.Empty<CaseEvent>()
        : task.HeldBy is not null ? Refusal.TaskHeld
        : task.Id == CaseTask.Second && clerk == c.DecidedBy ? Refusal.SamePerson
        : new CaseEvent.TaskClaimed(task.Id, command.By, now);

    public static Decision<CaseEvent> Release(CitizenCase c, CaseCommand.ReleaseTask command, DateTimeOffset now) =>
        Open(c, command.Task) is not { HeldBy: { } holder } ? Array.Empty<CaseEvent>()
        : holder != command.By.Clerk ? Refusal.TaskHeld
        : new CaseEvent.TaskReleased(command.Task, command.By, now);

    public static Decision<CaseEvent> TakeOver(CitizenCase c, CaseCommand.TakeOverTask command, DateTimeOffset now) =>
        Open(c, command.Task) is not { } task ? Refusal.TaskGone
        : command.By.Clerk is not { } clerk ? Refusal.StepOfAnother
        : task.HeldBy == clerk ? Array.Empty<CaseEvent>()
        // A stale list: somebody else has it by now, and not the one who is substituted.
        : task.HeldBy is not null && task.HeldBy != command.By.For ? Refusal.TaskHeld
        : task.Id == CaseTask.Second && clerk == c.DecidedBy ? Refusal.SamePerson
        : new CaseEvent.TaskClaimed(task.Id, command.By, now);

    public static Decision<CaseEvent> Finish(CitizenCase c, CaseCommand.FinishTask command, DateTimeOffset now)
    {
        if (Open(c, command.Task) is not { IsOwn: false } task)
        {
            return Refusal.TaskGone;
        }

        if (task.HeldBy is not null && task.HeldBy != command.By.Clerk)
        {
            return Refusal.TaskHeld;
        }

        return command.Result?.Length > CitizenCase.LongestReason ? Refusal.CaseFull
            : Moving.Followed(c, [new CaseEvent.TaskFinished(task.Id, command.By, command.Result, now)], now);
    }

    /// <summary>It goes to a role, or to a person of it. The shell knows who has which role.</summary>
    public static Decision<CaseEvent> Forward(CitizenCase c, CaseCommand.ForwardTask command, DateTimeOffset now) =>
        Open(c, command.Task) is not { } task ? Refusal.TaskGone
        : command.By.Clerk is not { } clerk ? Refusal.StepOfAnother
        : task.HeldBy is not null && task.HeldBy != clerk ? Refusal.TaskHeld
        : (task.Role, task.HeldBy) == (command.Role, command.To) ? Array.Empty<CaseEvent>()
        : task.Id == CaseTask.Second && command.To is not null && command.To == c.DecidedBy ? Refusal.SamePerson
        : command.Role?.Length > CitizenCase.LongestWord ? Refusal.CaseFull
        : new CaseEvent.TaskForwarded(task.Id, command.Role, command.To, command.By, now);

    /// <summary>Another person than the one who has the task must not do its work.</summary>
    public static bool IsHeldByAnother(CitizenCase c, string task, CaseActor by) =>
        by.Clerk is { } clerk && Open(c, task)?.HeldBy is { } holder && holder != clerk;

    /// <summary>The tasks after a step: the own ones of the state that is left end, and those of the new state begin.</summary>
    public static ImmutableDictionary<string, CaseTask> After(CitizenCase c, CaseState next, DateTimeOffset at)
    {
        var tasks = c.Tasks.RemoveRange(c.Tasks.Values.Where(task => task.IsOwn).Select(task => task.Id));
        if (!next.IsLive() && next is not (CaseState.Decided or CaseState.Dispatched or CaseState.Announced or CaseState.Closed))
        {
            tasks = tasks.Clear();
        }

        foreach (var planned in c.Plan!.Tasks.Where(p => p.At == next && !tasks.ContainsKey(p.Id)))
        {
            tasks = tasks.Add(planned.Id, new(planned.Id, planned.Role, next, at.AddDays(planned.Days), null, true, false));
        }

        (string Id, string? Role, int Days)? own = next switch
        {
            CaseState.Received => (CaseTask.Complete, c.Plan.CompleteRole, c.Plan.CompleteDays),
            CaseState.InProgress => (CaseTask.Decide, c.Plan.DecideRole, c.Plan.DecideDays),
            CaseState.Decided when c.Plan.FourEyes && c.ApprovedBy is null => (CaseTask.Second, c.Plan.DecideRole, Moving.LeavingDays),
            CaseState.Decided => (CaseTask.Leave, c.Plan.DecideRole, Moving.LeavingDays),
            CaseState.Retained => (CaseTask.Destroy, null, Moving.DestroyingDays),
            _ => null,
        };
        return own is not { } begun ? tasks
            : tasks.SetItem(begun.Id, new(begun.Id, begun.Role, next, at.AddDays(begun.Days), null, true, true));
    }

    private static CaseTask? Open(CitizenCase c, string task) => c.Tasks.GetValueOrDefault(task) is { IsOpen: true } open ? open : null;
}

public static class TaskRefusals
{
    extension(Refusal)
    {
        public static Refusal TaskGone => new("task-gone",
            "Diese Aufgabe gibt es nicht mehr.", "This task does not exist any more.", RefusalKind.NotFound);

        public static Refusal TaskHeld => new("task-held",
            "Diese Aufgabe hat schon jemand anderes.", "Another person has this task already.");

        public static Refusal TasksOpen => new("tasks-open",
            "Vor der Entscheidung müssen noch Aufgaben erledigt werden.", "Some tasks have to be done before the decision.");

        public static Refusal SamePerson => new("same-person",
            "Hier muss eine zweite Person handeln.", "A second person has to do this.");

        public static Refusal ApprovalMissing => new("approval-missing",
            "Die zweite Person hat noch nicht zugestimmt.", "The second person has not agreed yet.");

        public static Refusal HearingMissing => new("hearing-missing",
            "Vor einer Ablehnung muss Gelegenheit zur Äußerung sein.",
            "The citizen can comment before a decision against the application.");

        public static Refusal ArchiveFirst => new("archive-first",
            "Zuerst muss der Vorgang dem Archiv angeboten werden.", "The case has to be offered to the archive first.");

        public static Refusal ClockMoved => new("clock-moved",
            "Diese Frist gilt nicht mehr.", "This time limit does not apply any more.", RefusalKind.Outdated);

        public static Refusal CaseFull => new("case-full",
            "Mehr passt nicht in einen Vorgang.", "A case cannot hold more than this.");

        public static Refusal DocumentFixed => new("document-fixed",
            "Ein Dokument mit diesem Namen gibt es schon; es wird nicht geändert.",
            "There is a document with this name already; it is never changed.");

        public static Refusal LawPinned => new("law-pinned",
            "Der Vorgang läuft nach dem Recht des Tages, an dem er begann.", "The case runs by the law of the day on which it began.");

        public static Refusal ReasonMissing => new("reason-missing",
            "Dieser Schritt braucht eine Begründung.", "This step needs a reason.");
    }
}
