using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Domain.Forecasts;

/// <summary>Everything a waiting area knows at one moment that decides how long it still takes.</summary>
/// <param name="Now">In the office's local offset: the hour of the day matters to what was learned about pauses.</param>
/// <param name="Counters">Those that serve today, on pause or not; one that went home is left out.</param>
/// <param name="Waiting">In any order.</param>
public sealed record Situation(DateTimeOffset Now, AreaRules Rules, IReadOnlyList<CounterNow> Counters, IReadOnlyList<WaitingNow> Waiting)
{
    /// <summary>Appointments of today that have not checked in.</summary>
    public IReadOnlyList<ExpectedAppointment> Expected { get; init; } = [];

    /// <summary>When the office closes; null: nobody knows, and twelve hours count as the end.</summary>
    public DateTimeOffset? ClosesAt { get; init; }
}

/// <summary>A counter, whom it calls, and what it does now.</summary>
/// <param name="Groups">Ordered: a later group is called only when nobody of an earlier one waits. <see cref="WorkProfile.Groups"/>, or one group of the counter's own services.</param>
public sealed record CounterNow(CounterId Id, IReadOnlyList<IReadOnlyList<ServiceId>> Groups)
{
    public IReadOnlyList<AlsoCall> Also { get; init; } = [];

    /// <summary>Who is called to it or served at it; null: it is free.</summary>
    public VisitNow? Visit { get; init; }

    /// <summary>Since when it is free; null: it has just become free, or nobody knows.</summary>
    public DateTimeOffset? FreeSince { get; init; }

    /// <summary>Pauses, present and planned, in order of time.</summary>
    public IReadOnlyList<Absence> Absences { get; init; } = [];
}

/// <summary>A counter does not call from one time to another. A visit that runs is finished first.</summary>
/// <param name="Until">Null: nobody knows; then what was learned about pauses decides.</param>
public sealed record Absence(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>A visit that goes on.</summary>
/// <param name="CalledAt">When the counter became busy: the call.</param>
public sealed record VisitNow(TicketId Ticket, ServiceId Service, DateTimeOffset CalledAt);

/// <summary>Somebody who waits.</summary>
public sealed record WaitingNow(Candidate Candidate)
{
    /// <summary>Sent to this counter: no other calls it, and it belongs to this one's first group.</summary>
    public CounterId? ForCounter { get; init; }

    /// <summary>Is not called before this time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Is not called before the area has made so many further calls, as long as somebody else is there to be called.</summary>
    public int NotBeforeCalls { get; init; }
}

/// <summary>An appointment that may still come.</summary>
/// <param name="Id">The appointment's own id, or any other that stays the same all day.</param>
/// <param name="Comes">Probability 0..1 that the citizen comes; null: what was learned about the service.</param>
public sealed record ExpectedAppointment(Guid Id, ServiceId Service, DateTimeOffset Booked, double? Comes = null)
{
    public WaitingClass Class { get; init; } = WaitingClass.Appointment;
}
