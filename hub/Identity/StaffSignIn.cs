using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>Signs clerks in to the staff's pages by the token they have for the desk.</summary>
internal sealed class StaffSignIn(CredentialCache credentials, CredentialWatch watch, IGrainFactory grains) : IStaffSignIn
{
    public async Task<StaffPass?> EnterAsync(string token) =>
        Secret.Parse(token) is { } secret && await watch.FindAsync(secret) is { Kind: CredentialKind.Clerk } credential
            ? new(secret.Office, credential.Holder, credential.SecretHash, credential.Session)
            : null;

    public bool IsGood(StaffPass pass) =>
        credentials.Of(pass.Office).ByHolder.TryGetValue(pass.Holder, out var credential)
            && credential is { Kind: CredentialKind.Clerk, SecretHash: var hash, Session: var session }
            && (hash, session) == (pass.TokenHash, pass.Session);

    public Task LeaveAsync(StaffPass pass) => grains.GetGrain<ICredentialsGrain>(CredentialCache.StreamOf(pass.Office))
        .Handle(new RequestId(Guid.CreateVersion7()), new CredentialsCommand.EndSessions(pass.Holder));
}
