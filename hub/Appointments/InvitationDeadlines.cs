using Aufruf.Domain.Appointments;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Ends an invitation that nobody has answered, and says after the day whether somebody came.</summary>
/// <param name="kind">One of the two kinds of deadlines.</param>
internal sealed class InvitationDeadlines(string kind, PlacedInvitations invitations, OfficeDirectory offices, IQueues queues,
    TimeProvider clock) : IDeadlineHandler
{
    public const string Answer = "invitation-answer";
    public const string Day = "invitation-day";

    public string Kind => kind;

    public static Task SetAsync(IDeadlines deadlines, string kind, string authority, InvitationId id, DateTimeOffset at) =>
        deadlines.SetAsync(authority, Bookings.RequestOf($"{kind} {authority} {id} {at.UtcTicks}"), new(kind, $"{authority}/{id}", at));

    public async Task CarryOutAsync(Deadline deadline, RequestId request)
    {
        if (deadline.About.Split('/') is not [var authority, var name] || !Guid.TryParse(name, out var guid))
        {
            throw new InvalidOperationException($"'{deadline.About}' is no invitation.");
        }

        var id = new InvitationId(guid);
        if (await invitations.FindAsync(authority, id) is { IsLive: true } found
            && await invitations.PresentAsync(found) is var (place, present)
            && present.State is AppointmentState.CheckedIn or AppointmentState.Confirmed
            && await OutcomeAsync(place.Week, present) is { } outcome)
        {
            await invitations.DoAsync(authority, new InvitationCommand.End(id, outcome));
            // The invitations may live on a hub whose clock is a little behind. Then it is tried again.
            if (outcome is InvitationState.NoAnswer && await invitations.FindAsync(authority, id) is { State: InvitationState.Placed } open
                && open.Until <= deadline.DueAt)
            {
                throw new InvalidOperationException($"{deadline.About} still waits for an answer.");
            }
        }
    }

    /// <summary>Null: it is too early to say.</summary>
    private async Task<InvitationState?> OutcomeAsync(CalendarWeekKey week, Appointment present)
    {
        var now = clock.GetUtcNow();
        if (kind is Answer)
        {
            // Somebody who comes without an answer comes all the same: then the day tells. One who has chosen another time has answered.
            return present.State is AppointmentState.Confirmed && present.From > now && present is { Plan: null, Invited.IsMoved: false }
                ? InvitationState.NoAnswer : null;
        }

        return present.To > now ? null
            : present.State is AppointmentState.CheckedIn && !await HasMissedCallAsync(week, present) ? InvitationState.Attended
            : InvitationState.Missed;
    }

    /// <summary>Checked in, and not there when the number was called.</summary>
    private async Task<bool> HasMissedCallAsync(CalendarWeekKey week, Appointment present) =>
        present.Ticket is { } ticket && Bookings.Place.Of(offices, week, present) is { } place
        && place.Office.Service(present.Services[0].Service) is var (area, _)
        && (await queues.ViewAsync(place.Office.QueueOf(area, present.From))).Queue.Tickets.GetValueOrDefault(ticket)
            is { State: TicketState.Missed };
}
