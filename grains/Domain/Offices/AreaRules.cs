using System.Text.Json.Serialization;

namespace Aufruf.Domain.Offices;

/// <summary>What a waiting area decides once, so that its clerks need not decide it each time.</summary>
public sealed record AreaRules
{
    public static AreaRules Default { get; } = new();

    /// <summary>Who is next.</summary>
    public PolicyKind Policy { get; init; } = PolicyKind.AccumulatingPriority;

    /// <summary>Points a minute, for accumulating priority.</summary>
    public Rates Rates { get; init; } = new();

    /// <summary>For appointments first: a walk-in who has waited this long goes before appointments that become due from then on.</summary>
    public int PatienceMinutes { get; init; } = 30;

    /// <summary>How often a citizen who did not come is put back into the queue before the ticket counts as missed.</summary>
    public int MissedReturns { get; init; }

    /// <summary>After how many other calls such a citizen is called again.</summary>
    public int MissedReturnsAfter { get; init; } = 2;

    /// <summary>Two presses of "next" within this time at a counter with buttons only: the first citizen did not come. 0: never.</summary>
    public int TwiceNextSeconds { get; init; } = 5;

    /// <summary>Whether clerks may call any ticket they choose, and not only the next one.</summary>
    public bool MayCallAny { get; init; } = true;

    /// <summary>Tickets end this long before the office closes.</summary>
    public int LastTicketMinutes { get; init; }

    /// <summary>Tickets end for a service when its next ticket would probably not be served before closing.</summary>
    public bool StopsWhenFull { get; init; }
}

/// <summary>How fast a waiting ticket gains on the others, in points a minute from the moment it is due.</summary>
public sealed record Rates(double WalkIn = 1, double Appointment = 4, double Priority = 2, double Transferred = 3);

[JsonConverter(typeof(KebabEnum<PolicyKind>))]
public enum PolicyKind
{
    /// <summary>Everybody gains points from the moment they are due, some faster; the most points are next.</summary>
    AccumulatingPriority,
    /// <summary>First come, first served.</summary>
    Fifo,
    /// <summary>Due appointments first, as long as no walk-in has waited too long.</summary>
    AppointmentsFirst,
}

/// <summary>Which services a clerk calls, in which order.</summary>
/// <param name="Groups">A later group is called only when nobody of an earlier one waits.</param>
public sealed record WorkProfile(string Id, Texts Name, IReadOnlyList<IReadOnlyList<ServiceId>> Groups)
{
    /// <summary>"When the longest wait for X exceeds N minutes, also call X."</summary>
    public IReadOnlyList<AlsoCall> Also { get; init; } = [];

    public AlsoCall? AlsoFor(ServiceId service) => Also.FirstOrDefault(a => a.Service == service);
}

/// <summary>Somebody who waits longer than this for a service is called like one of the first group.</summary>
public sealed record AlsoCall(ServiceId Service, int WhenMinutes);

/// <summary>A stated reason to be called before others, from the office's list.</summary>
public sealed record PriorityReason(string Id, Texts Name);

/// <summary>What the configuration says about one queue: its area, and the office around it.</summary>
public sealed record Setting(Office Office, WaitingArea Area)
{
    /// <summary>The area left the configuration: it serves nobody any more, but what is open at its counters can still be finished.</summary>
    public static Setting Gone(Queues.QueueKey key) => new(
        new(new(key.Authority, new()), key.Office, new(), "", "UTC", [], [], [], []),
        new(key.Area, new(), [], [], []));
}
