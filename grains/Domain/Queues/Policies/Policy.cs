using System.Diagnostics;
using Aufruf.Domain.Offices;

namespace Aufruf.Domain.Queues.Policies;

/// <summary>Who of those that are due is called next, and why. Pure: the same line, the same answer, on every machine.</summary>
/// <remarks>
/// Every policy keeps the order of <see cref="Candidate.CompareTo"/> among tickets of one service and one class,
/// so it needs to see only the first of each line: its cost does not grow with the queue.
/// </remarks>
public static class Policy
{
    /// <param name="due">At least one; each is due at <paramref name="now"/>, or nobody is.</param>
    public static Candidate Next(this AreaRules rules, IReadOnlyList<Candidate> due, DateTimeOffset now) => rules.Policy switch
    {
        PolicyKind.Fifo => due.Min(),
        PolicyKind.AppointmentsFirst => AppointmentsFirst(due, rules),
        PolicyKind.AccumulatingPriority => AccumulatingPriority(due, rules.Rates, now),
        _ => throw new UnreachableException(),
    };

    /// <summary>Everybody earns points from the moment they are due, some faster: the most points are next. (Kleinrock's time-dependent priority.)</summary>
    /// <remarks>
    /// Nobody starves. Let T earn r points a minute and be called w minutes after it was due. Who is called before T although due later,
    /// by d minutes, and earns R: at that call, at most w minutes after T was due, R (w - d) &gt;= r w, so d &lt;= (1 - r/R) w.
    /// Nobody who becomes due in the last r/R of T's wait can overtake it: of a finite stream only finitely many go before.
    /// Held by Policies/OvertakingTests.
    /// </remarks>
    private static Candidate AccumulatingPriority(IReadOnlyList<Candidate> due, Rates rates, DateTimeOffset now)
    {
        var (best, most) = (due[0], Points(due[0], rates, now));
        for (var i = 1; i < due.Count; i++)
        {
            var points = Points(due[i], rates, now);
            if (points > most || (points == most && due[i] < best))
            {
                (best, most) = (due[i], points);
            }
        }

        return best;
    }

    /// <summary>Who should have been called earliest: appointments at their time, walk-ins when their patience ends, the others half-way.</summary>
    /// <remarks>Nobody starves: an appointment goes before a walk-in only if it becomes due within the patience after the walk-in came.</remarks>
    private static Candidate AppointmentsFirst(IReadOnlyList<Candidate> due, AreaRules rules) =>
        due.MinBy(c => (c.DueAt + TimeSpan.FromMinutes(rules.PatienceMinutes * PatienceOf(c.Class)), c));

    /// <summary>Points a ticket has now; below zero while it is not yet due.</summary>
    public static double Points(Candidate candidate, Rates rates, DateTimeOffset now) => rates.Of(candidate.Class) * (now - candidate.DueAt).TotalMinutes;

    public static double Of(this Rates rates, WaitingClass of) => of switch
    {
        WaitingClass.WalkIn => rates.WalkIn,
        WaitingClass.Appointment => rates.Appointment,
        WaitingClass.Priority => rates.Priority,
        WaitingClass.PriorityAppointment => Math.Max(rates.Priority, rates.Appointment),
        WaitingClass.Transferred => rates.Transferred,
        _ => throw new UnreachableException(),
    };

    private static double PatienceOf(WaitingClass of) => of switch
    {
        WaitingClass.Appointment or WaitingClass.PriorityAppointment => 0,
        WaitingClass.Priority or WaitingClass.Transferred => 0.5,
        _ => 1,
    };
}
