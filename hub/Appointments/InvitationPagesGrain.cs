using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Orleans.Concurrency;

namespace Aufruf.Hub.Appointments;

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[StatelessWorker, KeepAlive]
internal sealed class InvitationPagesGrain(IInvitations invitations) : Grain, IInvitationPagesGrain
{
    public Task<InvitationView?> ViewAsync(string authority, InvitationId invitation, string code) =>
        invitations.ViewAsync(authority, invitation, code);

    public Task<InvitationAnswer> AcceptAsync(string authority, InvitationId invitation, string code, RequestId request) =>
        invitations.AcceptAsync(authority, invitation, code, request);

    public Task<InvitationAnswer> RefuseAsync(string authority, InvitationId invitation, string code, RequestId request) =>
        invitations.RefuseAsync(authority, invitation, code, request);
}
