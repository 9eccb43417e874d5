using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Appointments;

/// <summary>Ends an invitation that nobody has answered, and says after the day whether somebody came.</summary>
/// <param name="kind">One of the two kinds of deadlines.</param>
internal sealed class InvitationDeadlines(string kind, PlacedInvitations invitations, TimeProvider clock) : IDeadlineHandler
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
        if (kind is Answer)
        {
            await invitations.DoAsync(authority, new InvitationCommand.End(id, InvitationState.NoAnswer));
        }
        else if (await invitations.FindAsync(authority, id) is { IsLive: true } found
            && await invitations.PresentAsync(found) is var (_, present) && present.To <= clock.GetUtcNow()
            && present.State is AppointmentState.CheckedIn or AppointmentState.Confirmed)
        {
            await invitations.DoAsync(authority, new InvitationCommand.End(id,
                present.State is AppointmentState.CheckedIn ? InvitationState.Attended : InvitationState.Missed));
        }
    }
}
