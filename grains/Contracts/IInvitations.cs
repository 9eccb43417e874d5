using Aufruf.Domain;
using Aufruf.Domain.Appointments;

namespace Aufruf.Contracts;

/// <summary>Invitations for those who are invited: answered by the hub the portal runs in, or through a hub from outside.</summary>
/// <remarks>Nothing but the methods with a request changes anything. The code stands in the mail of an invitation alone.</remarks>
public interface IInvitations
{
    /// <returns>Null: there is no invitation with this code, or no longer.</returns>
    Task<InvitationView?> ViewAsync(string authority, InvitationId invitation, string code);

    /// <summary>The citizen will come.</summary>
    Task<InvitationAnswer> AcceptAsync(string authority, InvitationId invitation, string code, RequestId request);

    /// <summary>The citizen will not come. The slot is free at once.</summary>
    Task<InvitationAnswer> RefuseAsync(string authority, InvitationId invitation, string code, RequestId request);
}

/// <summary>For a portal that runs outside of a hub. Key: one of 64 for all authorities.</summary>
public interface IInvitationPagesGrain : IGrainWithStringKey, IInvitations;

/// <summary>Books the slots of invitations. Key: the authority, "alsdorf".</summary>
public interface IInvitationPlacingGrain : IGrainWithStringKey
{
    Task PlaceAsync(string authority, InvitationId id);
}

/// <param name="Refusal">Null: it was done.</param>
/// <param name="View">Null: there is no such invitation.</param>
public sealed record InvitationAnswer(InvitationView? View, Refusal? Refusal = null);

/// <summary>An invitation as its citizen may see it.</summary>
/// <param name="Until">The citizen answers before.</param>
/// <param name="Booked">The appointment, which may be moved once.</param>
public sealed record InvitationView(DateTimeOffset At, string Authority, InvitationId Id, IReadOnlyList<WantedService> Services,
    AppointmentKind Kind, WishOffice Office, DateTimeOffset From, int Minutes, DateOnly NotBefore, DateOnly NotAfter, string Language,
    InvitationState State, DateTimeOffset Until, AppointmentAddress Booked);
