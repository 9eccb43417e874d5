using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub about invitations. A repeated request has the same id, so it changes nothing more.</summary>
internal sealed class HubInvitations(HubLink hubs) : IInvitations
{
    public Task<InvitationView?> ViewAsync(string authority, InvitationId invitation, string code) =>
        AskAsync(authority, pages => pages.ViewAsync(authority, invitation, code));

    public Task<InvitationAnswer> AcceptAsync(string authority, InvitationId invitation, string code, RequestId request) =>
        AskAsync(authority, pages => pages.AcceptAsync(authority, invitation, code, request));

    public Task<InvitationAnswer> RefuseAsync(string authority, InvitationId invitation, string code, RequestId request) =>
        AskAsync(authority, pages => pages.RefuseAsync(authority, invitation, code, request));

    private Task<T> AskAsync<T>(string authority, Func<IInvitationPagesGrain, Task<T>> ask) => hubs.AskAsync(authority, ask);
}
