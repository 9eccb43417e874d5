using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Hub.Connectors.Mail;

namespace Aufruf.Hub.Appointments;

/// <summary>Whether mails reach the citizen of an appointment. It follows from the outbox, so nothing else is stored.</summary>
internal sealed class Reach(Outboxes outboxes)
{
    /// <param name="citizen">Null: the data are destroyed, and nobody has to be reached.</param>
    public NoWay? Of(CalendarWeekKey week, AppointmentId id, CitizenData? citizen) => citizen is null ? null
        : citizen.Mail is not { Length: > 0 } ? NoWay.NoAddress : Of(week, id);

    /// <summary>As the messages say, without a look at the address.</summary>
    public NoWay? Of(CalendarWeekKey week, AppointmentId id) =>
        OutboxOf(week.Authority).NoWayTo(week.Stream, Reaching.CitizenOf(id), Reaching.ReminderOf(id));

    /// <summary>The same object until a message changes.</summary>
    public Outbox OutboxOf(string authority) => outboxes.Of(Outbox.StreamOf(authority)).Known;
}
