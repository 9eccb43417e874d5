namespace Aufruf.Domain.Queues;

/// <summary>How long a citizen waited, walked and was served; each time is defined here and nowhere else.</summary>
/// <param name="Wait">From arrival in this area, or booked start if later, to the first call here; null: never called.</param>
/// <param name="Walk">From the call to the counter, when the citizen first came; null: nobody marked it.</param>
/// <param name="Service">At counters, all finished parts of the visit added up; null: none was with an arrival.</param>
/// <param name="AreAccurate">False when the day ended during the visit.</param>
public sealed record TicketTimes(TimeSpan? Wait, TimeSpan? Walk, TimeSpan? Service, bool AreAccurate)
{
    public static TicketTimes Of(Ticket ticket)
    {
        var due = ticket.Booked is { } booked && booked > ticket.HereSince ? booked : ticket.HereSince;
        var served = ticket.Parts.Where(p => p.ArrivedAt is not null).ToArray();
        return new(
            ticket.CalledAt is { } called ? Waited(due, called) : null,
            served.Length > 0 ? served[0].WalkTime : ticket.ArrivedAt - ticket.PartCalledAt,
            served.Length > 0 ? served.Aggregate(TimeSpan.Zero, (sum, part) => sum + (part.ServiceTime ?? TimeSpan.Zero)) : null,
            !ticket.CutOff);
    }

    // An appointment that was called before its time has not waited.
    private static TimeSpan Waited(DateTimeOffset due, DateTimeOffset called) => called > due ? called - due : TimeSpan.Zero;
}
