using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Appointments;

/// <summary>Invitations follow their appointments: the week decides whether one is moved or cancelled.</summary>
internal sealed class InvitedProcess(PlacedInvitations invitations, IGrainFactory grains, FollowUpNeeds needs, ILogger<InvitedProcess> log)
    : FollowUp("invited appointments", CalendarWeekKey.StreamKind, needs, log, "appointment-confirmed", "appointment-cancelled")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (!CalendarWeekKey.TryParseStream(entry.Stream, out var parsed))
        {
            return;
        }

        var week = parsed.Value;
        var state = await grains.GetGrain<ICalendarWeekGrain>(entry.Stream).View();
        foreach (var happened in EntryContent<CalendarEvent>.Read(entry).Events)
        {
            var id = (happened as CalendarEvent.AppointmentConfirmed)?.Id ?? (happened as CalendarEvent.AppointmentCancelled)?.Id;
            if (id is { } concerned && state.Find(concerned) is { Invited: { } invited } found)
            {
                await (found.State is AppointmentState.Cancelled ? EndAsync(week.Authority, invited.Id, found)
                    : found.Replaces is { } before ? MoveAsync(new(week, concerned), invited.Id, found, before) : Task.CompletedTask);
            }
        }
    }

    /// <summary>A slot that was freed because another one was chosen ends nothing.</summary>
    private async Task EndAsync(string authority, InvitationId id, Appointment cancelled)
    {
        if (cancelled.CancelledBy is not CancelledBy.Unanswered
            && (await invitations.FindAsync(authority, id))?.Slot.Origin == cancelled.Origin)
        {
            await invitations.DoAsync(authority, new InvitationCommand.End(id,
                cancelled.CancelledBy is CancelledBy.Citizen ? InvitationState.Refused : InvitationState.Cancelled));
        }
    }

    /// <summary>If it was refused or forgotten meanwhile, the other time is free again.</summary>
    private async Task MoveAsync(AppointmentRef place, InvitationId id, Appointment moved, AppointmentRef before)
    {
        var authority = place.Week.Authority;
        // A plan moves it as staff does; a citizen takes of the public share, or of the times that a plan holds.
        var byOffice = moved.Channel is Channel.Staff && moved.Plan is null;
        if (moved.MovedTo is not null)
        {
            // One of two tabs was taken back. Or staff have moved it on at once: the citizen's move is an answer all the same.
            if (byOffice || await FindAsync(before) is not { } left || left.MovedTo != place
                || await invitations.FindAsync(authority, id) is not { } known
                || await invitations.PresentAsync(known) is not var (now, present))
            {
                return;
            }

            (place, moved) = (now, present);
        }

        var slot = new InvitedSlot(place, moved.Office, moved.From, moved.Minutes) { Origin = moved.Origin };
        if (await invitations.DoAsync(authority, new InvitationCommand.Move(id, slot, byOffice)) is not null
            && await invitations.FindAsync(authority, id) is { State: InvitationState.Refused or InvitationState.NoAnswer } over)
        {
            await invitations.FreeAsync(over, over.State is InvitationState.Refused ? CancelledBy.Citizen : CancelledBy.Unanswered);
        }
    }

    private Task<Appointment?> FindAsync(AppointmentRef place) =>
        grains.GetGrain<ICalendarWeekGrain>(place.Week.Stream).FindById(place.Id);
}
