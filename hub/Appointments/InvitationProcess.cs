using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>The process of invitations: books what a crash has left, sends the mail, sets the deadlines, and frees what is
/// refused.</summary>
internal sealed class InvitationProcess(PlacedInvitations invitations, InvitationMails mails, OfficeDirectory offices, IDeadlines deadlines,
    FollowUpNeeds needs, ILogger<InvitationProcess> log) : FollowUp("invitations", Invitations.StreamKind, needs, log)
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var authority = entry.Stream[(Invitations.StreamKind.Length + 1)..];
        foreach (var happened in EntryContent<InvitationEvent>.Read(entry).Events)
        {
            await (happened switch
            {
                InvitationEvent.InvitationMade e => invitations.PlaceAsync(authority, e.Invitation.Id),
                InvitationEvent.InvitationChosen e => invitations.PlaceAsync(authority, e.Id),
                InvitationEvent.InvitationPlaced e => PlacedAsync(authority, e, new(entry.Stream, entry.Version)),
                InvitationEvent.InvitationMoved e => AwaitDayAsync(authority, e.Id, e.Slot),
                InvitationEvent.InvitationEnded { Outcome: InvitationState.Refused or InvitationState.NoAnswer } e =>
                    FreeAsync(authority, e.Id, e.Outcome),
                _ => Task.CompletedTask,
            });
        }
    }

    private async Task PlacedAsync(string authority, InvitationEvent.InvitationPlaced placed, Cause cause)
    {
        if (await invitations.FindAsync(authority, placed.Id) is not { } found)
        {
            return;
        }

        await InvitationDeadlines.SetAsync(deadlines, InvitationDeadlines.Answer, authority, placed.Id, placed.Until);
        await AwaitDayAsync(authority, placed.Id, found.Slot);
        if (found.State is InvitationState.Placed)
        {
            await mails.SendAsync(authority, found, cause);
        }
    }

    /// <summary>At the end of the day it is known whether somebody came.</summary>
    private Task AwaitDayAsync(string authority, InvitationId id, InvitedSlot slot) =>
        InvitationDeadlines.SetAsync(deadlines, InvitationDeadlines.Day, authority, id,
            offices.Find(slot.Slot.Week.OfficeKey) is { } owner ? owner.Instant(owner.Day(slot.From).AddDays(1), WallTime.DayBegins)
                : slot.From.AddDays(1));

    private async Task FreeAsync(string authority, InvitationId id, InvitationState outcome)
    {
        if (await invitations.FindAsync(authority, id) is { } found)
        {
            await invitations.FreeAsync(found, outcome is InvitationState.Refused ? CancelledBy.Citizen : CancelledBy.Unanswered);
        }
    }
}
