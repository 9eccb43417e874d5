using Aufruf.Contracts;
using Aufruf.Domain.Appointments;

namespace Aufruf.Hub.Appointments;

/// <summary>Places the invitations of an authority, one after the other.</summary>
[KeepAlive]
internal sealed class InvitationPlacingGrain(PlacedInvitations invitations) : Grain, IInvitationPlacingGrain
{
    public Task PlaceAsync(string authority, InvitationId id) => invitations.PlaceAloneAsync(authority, id);
}
