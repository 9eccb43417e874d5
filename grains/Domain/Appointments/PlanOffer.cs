namespace Aufruf.Domain.Appointments;

/// <summary>A time that a plan holds for a citizen.</summary>
/// <param name="Office">Where it takes place: "rathaus".</param>
public sealed record PlanOffer(AppointmentRef Slot, string Office, DateTimeOffset From, int Minutes)
{
    /// <summary>More are hard to choose from, and each takes room from others.</summary>
    public const int Most = 3;

    // A citizen without an answer is called before the appointment begins.
    private const int MinutesToCall = 60;

    /// <summary>Until when a citizen may choose, if asked now: two days, but in time to call; null: too little time is left.</summary>
    /// <param name="present">The beginning of the booking that is hit.</param>
    public static DateTimeOffset? UntilOf(DateTimeOffset now, DateTimeOffset present, IEnumerable<DateTimeOffset> offered) =>
        WishOffer.UntilOf(now, offered.Append(present).Min(), MinutesToCall);
}

/// <summary>The line of a plan. The plan belongs to the office of the booking that is hit.</summary>
public sealed record PlanLineRef(PlanId Plan, int Line);
