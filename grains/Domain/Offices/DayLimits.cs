namespace Aufruf.Domain.Offices;

/// <summary>Whether somebody may take a ticket at all: hours, closed days and the day's cap, before the queue is asked.</summary>
public static class DayLimits
{
    /// <summary>Why no ticket of this service is given now, or null. The reason that lasts longest is named first.</summary>
    /// <param name="takenToday">Tickets of this service taken on the instant's day at the office, whatever became of them.</param>
    public static Refusal? RefusalOf(Setting setting, Service service, DateTimeOffset instant, int takenToday)
    {
        var office = setting.Office;
        return !office.IsOpenAt(instant) ? Refusal.OfficeClosed
            : service.Closed.Any(days => days.Contains(office.Day(instant))) ? Refusal.ServiceClosed
            : !office.TakesTicketsAt(instant, setting.Area.Rules.LastTicketMinutes) ? Refusal.TicketsEnded
            : takenToday >= service.DailyCap ? Refusal.CapReached
            : null;
    }
}
