namespace Aufruf.Domain.Queues.Policies;

/// <summary>The order in which waiting tickets are called.</summary>
/// <remarks>
/// Every policy keeps the order of <see cref="Candidate.CompareTo"/> among tickets of one service and one class.
/// So only the first ticket of each line is compared, and the cost does not grow with the queue.
/// </remarks>
public static class Policy
{
    /// <summary>Whether one is called before the other, if both may be called by the same counter.</summary>
    public static bool IsBefore(this AreaRules rules, Candidate one, Candidate other, DateTimeOffset now) =>
        rules.Turn(one, now).CompareTo(rules.Turn(other, now)) is not 0 and var turn ? turn < 0 : one < other;

    /// <summary>Every policy gives each ticket a number, and the lowest is next.</summary>
    private static double Turn(this AreaRules rules, Candidate candidate, DateTimeOffset now) => rules.Policy switch
    {
        PolicyKind.Fifo => -Waited(candidate, now),
        PolicyKind.AppointmentsFirst => AppointmentsFirst(candidate, rules.PatienceMinutes, now),
        PolicyKind.AccumulatingPriority => AccumulatingPriority(candidate, rules.Rates, now),
        _ => throw new UnreachableException(),
    };

    /// <summary>Every ticket earns points from the moment it is due, some faster: the most points are next. (Kleinrock's time-dependent
    /// priority.)</summary>
    /// <remarks>
    /// No ticket waits for ever. Let T earn r points a minute and be called w minutes after it was due.
    /// Let another ticket be due d minutes later, earn R points a minute and be called before T.
    /// At that call, at most w minutes after T was due, R (w - d) &gt;= r w. So d &lt;= (1 - r/R) w.
    /// A ticket that becomes due in the last r/R of T's wait cannot overtake T. Held by Policies/OvertakingTests.
    /// </remarks>
    private static double AccumulatingPriority(Candidate candidate, Rates rates, DateTimeOffset now) =>
        -rates.Of(candidate.Class) * Waited(candidate, now);

    /// <summary>Each ticket has a time by which it should be called: an appointment its own, a walk-in the end of its patience, others
    /// half of that.</summary>
    /// <remarks>An appointment overtakes a walk-in only if it becomes due within the patience after the walk-in came.</remarks>
    private static double AppointmentsFirst(Candidate candidate, int patienceMinutes, DateTimeOffset now) => candidate.Class switch
    {
        WaitingClass.Appointment or WaitingClass.PriorityAppointment => -Waited(candidate, now),
        WaitingClass.Priority or WaitingClass.Transferred => (patienceMinutes / 2.0) - Waited(candidate, now),
        _ => patienceMinutes - Waited(candidate, now),
    };

    /// <summary>Minutes since it was due; below zero before.</summary>
    private static double Waited(Candidate candidate, DateTimeOffset now) => (now - candidate.DueAt).TotalMinutes;

    public static double Of(this Rates rates, WaitingClass of) => of switch
    {
        WaitingClass.WalkIn => rates.WalkIn,
        WaitingClass.Appointment => rates.Appointment,
        WaitingClass.Priority => rates.Priority,
        WaitingClass.PriorityAppointment => Math.Max(rates.Priority, rates.Appointment),
        WaitingClass.Transferred => rates.Transferred,
        _ => throw new UnreachableException(),
    };
}
