namespace Aufruf.Domain.Offices;

/// <summary>The rules of one waiting area.</summary>
public sealed record AreaRules
{
    public static AreaRules Default { get; } = new();

    /// <summary>The order of calls.</summary>
    public PolicyKind Policy { get; init; } = PolicyKind.AccumulatingPriority;

    /// <summary>Points a minute, for accumulating priority.</summary>
    public Rates Rates { get; init; } = new();

    /// <summary>For appointments first: after this wait a walk-in goes before appointments that become due later.</summary>
    public int PatienceMinutes { get; init; } = 30;

    /// <summary>How often a citizen who did not come is put back into the queue before the ticket counts as missed.</summary>
    public int MissedReturns { get; init; }

    /// <summary>After how many other calls such a citizen is called again.</summary>
    public int MissedReturnsAfter { get; init; } = 2;

    /// <summary>At a button box: how long a called citizen has for the way. "Next" is held back before that; after it, a citizen whose
    /// arrival was not marked did not come. 0: was served, for boxes without a button for arrivals.</summary>
    public int TwiceNextSeconds { get; init; } = 2;

    /// <summary>After this wait a ticket that was sent to one counter or clerk is free for all counters. 0: never.</summary>
    public int KeptMinutes { get; init; } = 20;

    /// <summary>Whether clerks may write down name, phone and number of persons. They are deleted at the end of the day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AskName { get; init; }

    /// <summary>Whether clerks may call any ticket they choose, and not only the next one.</summary>
    public bool MayCallAny { get; init; } = true;

    /// <summary>Tickets end this long before the office closes.</summary>
    public int LastTicketMinutes { get; init; }

    /// <summary>Tickets end for a service when its next ticket would probably not be served before closing.</summary>
    public bool StopsWhenFull { get; init; }

    /// <summary>Whether a ticket that was sent to one counter or clerk is still kept for it.</summary>
    public bool Keeps(DateTimeOffset? from, DateTimeOffset now) => KeptMinutes == 0 || !(now - from > TimeSpan.FromMinutes(KeptMinutes));
}

/// <summary>How fast a waiting ticket gains on the others, in points a minute from the moment it is due.</summary>
public sealed record Rates(double WalkIn = 1, double Appointment = 4, double Priority = 2, double Transferred = 3);

[JsonConverter(typeof(KebabEnum<PolicyKind>))]
public enum PolicyKind
{
    /// <summary>Every ticket gains points from the moment it is due, some faster; the most points are next.</summary>
    AccumulatingPriority,
    /// <summary>First come, first served.</summary>
    Fifo,
    /// <summary>Due appointments first, unless a walk-in has waited too long.</summary>
    AppointmentsFirst,
}

/// <summary>The services that a clerk calls, in their order.</summary>
/// <param name="Groups">A later group is called only when no ticket of an earlier one waits.</param>
public sealed record WorkProfile(string Id, Texts Name, IReadOnlyList<IReadOnlyList<ServiceId>> Groups)
{
    /// <summary>"When the longest wait for X exceeds N minutes, also call X."</summary>
    public IReadOnlyList<AlsoCall> Also { get; init; } = [];

    /// <summary>Other areas whose tickets are called too, in one order with those of the first group.</summary>
    public IReadOnlyList<FurtherArea> Further { get; init; } = [];

    public AlsoCall? AlsoFor(ServiceId service) => Also.FirstOrDefault(a => a.Service == service);
}

/// <summary>A ticket that waits longer than this for a service is called like one of the first group.</summary>
public sealed record AlsoCall(ServiceId Service, int WhenMinutes);

/// <summary>Services of another area of the office.</summary>
public sealed record FurtherArea(string Area, IReadOnlyList<ServiceId> Services);

/// <summary>A stated reason to be called before others, from the office's list.</summary>
public sealed record PriorityReason(string Id, Texts Name);

/// <summary>The configuration of one queue: its area, and the office around it.</summary>
public sealed record Setting(Office Office, WaitingArea Area)
{
    /// <summary>Whether a clerk sits in another area, from which this area's tickets can be called.</summary>
    public Func<ClerkId, bool> SitsElsewhere { get; init; } = _ => false;

    /// <summary>The area left the configuration: open visits at its counters can still be finished.</summary>
    public static Setting Gone(Queues.QueueKey key) => new(
        new(new(key.Authority, new()), key.Office, new(), "", "UTC", [], [], [], []),
        new(key.Area, new(), [], [], []));
}
