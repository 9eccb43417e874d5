using Aufruf.Contracts;
using Aufruf.Domain.Appointments;

namespace Aufruf.Hub.Appointments;

/// <summary>Places one invitation, by one call after the other.</summary>
internal sealed class InvitationPlacingGrain(PlacedInvitations invitations) : Grain, IInvitationPlacingGrain
{
    public Task PlaceAsync(string authority, InvitationId id) => invitations.PlaceAloneAsync(authority, id);
}
