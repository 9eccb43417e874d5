using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Staff;

namespace Aufruf.Hub.Identity;

/// <summary>Signs clerks in to the staff's pages by the token they have for the desk.</summary>
internal sealed class StaffSignIn(CredentialCache credentials, CredentialWatch watch, IGrainFactory grains) : IStaffSignIn
{
    public async Task<Pass?> EnterAsync(string token) =>
        Secret.Parse(token) is { } secret && await watch.FindAsync(secret) is { } credential
            && Pass.Of(secret.Office, credential) is var pass && pass.Principal.May(StaffPage.Permission)
            ? pass
            : null;

    public bool IsGood(Pass pass) => credentials.Of(pass.Office).ByHolder.TryGetValue(pass.Holder, out var credential)
        && Pass.Of(pass.Office, credential) == pass;

    public Task LeaveAsync(Pass pass) => grains.GetGrain<ICredentialsGrain>(CredentialCache.StreamOf(pass.Office))
        .Handle(new RequestId(Guid.CreateVersion7()), new CredentialsCommand.EndSessions(pass.Holder));
}
