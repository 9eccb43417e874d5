using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>Signs clerks in to the staff's pages by the token they have for the desk.</summary>
internal sealed class StaffSignIn(CredentialCache credentials, IGrainFactory grains) : IStaffSignIn
{
    public async Task<StaffPass?> EnterAsync(string token) =>
        Secret.Parse(token) is { } secret && await credentials.FindAsync(secret, grains) is { Kind: CredentialKind.Clerk } credential
            ? new(secret.Office, credential.Holder, credential.SecretHash)
            : null;

    public bool IsGood(StaffPass pass) =>
        credentials.Of(pass.Office).ByHolder.TryGetValue(pass.Holder, out var credential) && credential.Kind is CredentialKind.Clerk
            && credential.SecretHash == pass.TokenHash;
}
