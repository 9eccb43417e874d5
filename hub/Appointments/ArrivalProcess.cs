using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Appointments;

/// <summary>The process of check-ins: a hub may die between the appointment's entry and the ticket. Then this one gives it.</summary>
internal sealed class ArrivalProcess(CheckIns checkIns, Bookings bookings, IGrainFactory grains, IQueues queues, FollowUpNeeds needs,
    ILogger<ArrivalProcess> log) : FollowUp("check-ins", CalendarWeekKey.StreamKind, needs, log, "appointment-checked-in")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (!CalendarWeekKey.TryParseStream(entry.Stream, out var week))
        {
            return;
        }

        foreach (var arrived in EntryContent<CalendarEvent>.Read(entry).Events.OfType<CalendarEvent.AppointmentCheckedIn>())
        {
            var state = await grains.GetGrain<ICalendarWeekGrain>(entry.Stream).View();
            // Undone meanwhile, or the office's configuration lost its calendar: the clerks see the appointment in their list.
            if (state.Find(arrived.Id) is { Ticket: { } ticket } found && ticket == arrived.Ticket
                && bookings.PlaceOf(week.Value, found) is { } place)
            {
                var (arrival, _) = await checkIns.JoinAsync(week.Value, place, found, ticket);
                if (arrival is not null && (await bookings.CitizenOfAsync(found))?.Case is { } about)
                {
                    // A day that is over meanwhile refuses it, and nothing is open.
                    await queues.HandleAsync(arrival.Queue, Bookings.RequestOf($"case of {ticket}"),
                        new QueueCommand.AttachCase(ticket, about, null));
                }
            }
        }
    }
}
