using System.Diagnostics;
using Aufruf.Domain.Offices;

namespace Aufruf.Domain.Queues.Policies;

/// <summary>Who of those that wait is called next. Pure: the same line, the same answer, on every machine.</summary>
/// <remarks>
/// Every policy keeps the order of <see cref="Candidate.CompareTo"/> among tickets of one service and one class,
/// so it needs to see only the first of each line: its cost does not grow with the queue.
/// </remarks>
public static class Policy
{
    /// <param name="due">At least one.</param>
    public static Candidate Next(this AreaRules rules, IReadOnlyList<Candidate> due, DateTimeOffset now)
    {
        var next = due[0];
        for (var i = 1; i < due.Count; i++)
        {
            next = rules.IsBefore(due[i], next, now) ? due[i] : next;
        }

        return next;
    }

    /// <summary>Whether one is called before the other, if both may be called by the same counter.</summary>
    public static bool IsBefore(this AreaRules rules, Candidate one, Candidate other, DateTimeOffset now) =>
        rules.Turn(one, now).CompareTo(rules.Turn(other, now)) is not 0 and var turn ? turn < 0 : one < other;

    /// <summary>Every policy in one shape: a number for each ticket, and the lowest is next.</summary>
    private static double Turn(this AreaRules rules, Candidate candidate, DateTimeOffset now) => rules.Policy switch
    {
        PolicyKind.Fifo => -Waited(candidate, now),
        PolicyKind.AppointmentsFirst => AppointmentsFirst(candidate, rules.PatienceMinutes, now),
        PolicyKind.AccumulatingPriority => AccumulatingPriority(candidate, rules.Rates, now),
        _ => throw new UnreachableException(),
    };

    /// <summary>Everybody earns points from the moment they are due, some faster: the most points are next. (Kleinrock's time-dependent priority.)</summary>
    /// <remarks>
    /// Nobody starves. Let T earn r points a minute and be called w minutes after it was due. Who is called before T although due later,
    /// by d minutes, and earns R: at that call, at most w minutes after T was due, R (w - d) &gt;= r w, so d &lt;= (1 - r/R) w.
    /// Nobody who becomes due in the last r/R of T's wait can overtake it: of a finite stream only finitely many go before.
    /// Held by Policies/OvertakingTests.
    /// </remarks>
    private static double AccumulatingPriority(Candidate candidate, Rates rates, DateTimeOffset now) => -rates.Of(candidate.Class) * Waited(candidate, now);

    /// <summary>Who should have been called earliest: appointments at their time, walk-ins when their patience ends, the others half-way.</summary>
    /// <remarks>Nobody starves: an appointment goes before a walk-in only if it becomes due within the patience after the walk-in came.</remarks>
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
