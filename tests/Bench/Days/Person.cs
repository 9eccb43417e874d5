using Aufruf.Domain;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Bench.Days;

/// <summary>One who comes on a generated day; what is decided before anybody is called, so that every policy meets the same people.</summary>
/// <param name="comes">Minutes after opening at which a ticket is taken or the appointment checked in; null: booked, and stays away.</param>
/// <param name="booked">Minutes after opening; null: no appointment.</param>
/// <param name="occupies">Minutes from the call until the counter is free.</param>
/// <param name="gap">Minutes after that until the clerk calls again.</param>
internal sealed class Person(TicketId ticket, ServiceId service, WaitingClass of, double? comes, double? booked, double occupies, double gap)
{
    public TicketId Ticket => ticket;
    public ServiceId Service => service;
    public WaitingClass Class => of;
    public double? Comes => comes;
    public double? Booked => booked;
    public double Occupies => occupies;
    public double Gap => gap;

    /// <summary>Minutes after opening from which the wait counts.</summary>
    public double Due => Math.Max(Comes ?? double.NaN, Booked ?? 0);

    public long Place { get; set; }

    public double? Called { get; set; }
}
