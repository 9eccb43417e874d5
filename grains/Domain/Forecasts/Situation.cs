namespace Aufruf.Domain.Forecasts;

/// <summary>Everything that a waiting area knows at one moment and that decides how long it still takes.</summary>
/// <param name="Now">In the office's local offset: the hour of the day matters to what was learned about pauses.</param>
/// <param name="Counters">Those that serve today, on pause or not; one that went home is left out.</param>
/// <param name="Waiting">In any order.</param>
public sealed record Situation(DateTimeOffset Now, AreaRules Rules, IReadOnlyList<CounterNow> Counters, IReadOnlyList<WaitingNow> Waiting)
{
    /// <summary>Appointments of today that have not checked in.</summary>
    public IReadOnlyList<ExpectedAppointment> Expected { get; init; } = [];

    /// <summary>Tickets taken at home, whose citizens are not here yet.</summary>
    public IReadOnlyList<ComingNow> Coming { get; init; } = [];

    /// <summary>When the office closes; null: unknown, and the simulation ends after twelve hours.</summary>
    public DateTimeOffset? ClosesAt { get; init; }
}

/// <summary>A counter, the services that it calls, and its present visit.</summary>
/// <param name="Groups">In order: a later group is called only when no ticket of an earlier one waits. Without a work profile: one group of
/// the counter's own services.</param>
public sealed record CounterNow(CounterId Id, IReadOnlyList<IReadOnlyList<ServiceId>> Groups)
{
    public IReadOnlyList<AlsoCall> Also { get; init; } = [];

    /// <summary>The visit called to it or served at it; null: it is free.</summary>
    public VisitNow? Visit { get; init; }

    /// <summary>Pauses, present and planned, in order of time.</summary>
    public IReadOnlyList<Absence> Absences { get; init; } = [];
}

/// <summary>A counter does not call from one time to another. A visit that runs is finished first.</summary>
/// <param name="Until">Null: unknown; then the experience with pauses decides.</param>
public sealed record Absence(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>A visit that goes on.</summary>
/// <param name="CalledAt">When the counter became busy: the call.</param>
public sealed record VisitNow(TicketId Ticket, ServiceId Service, DateTimeOffset CalledAt);

/// <summary>A ticket that waits.</summary>
public sealed record WaitingNow(Candidate Candidate)
{
    /// <summary>Sent to this counter: no other calls it, and it belongs to this one's first group.</summary>
    public CounterId? ForCounter { get; init; }

    /// <summary>Is not called before this time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Is not called before the area has made so many further calls, as long as other tickets can be called.</summary>
    public int NotBeforeCalls { get; init; }
}

/// <summary>A ticket whose citizen is on the way. It has a place in the line, and takes it on arrival.</summary>
/// <param name="Earliest">It is not called before; most citizens come about then.</param>
public sealed record ComingNow(Candidate Candidate, DateTimeOffset Earliest);

/// <summary>An appointment that may still come.</summary>
/// <param name="Id">The appointment's own id, or any other that stays the same all day.</param>
/// <param name="Comes">Probability 0..1 that the citizen comes; null: as learned for the service.</param>
public sealed record ExpectedAppointment(Guid Id, ServiceId Service, DateTimeOffset Booked, double? Comes = null)
{
    public WaitingClass Class { get; init; } = WaitingClass.Appointment;
}
