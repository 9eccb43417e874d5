using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>Lets clerks into the staff's pages by the token they have for the desk.</summary>
internal sealed class StaffDoor(CredentialBook credentials, IGrainFactory grains) : IStaffDoor
{
    public async Task<StaffPass?> EnterAsync(string token) =>
        Secret.Parse(token) is { } secret && await credentials.FindAsync(secret, grains) is { Kind: CredentialKind.Clerk } credential
            ? new(secret.Office, credential.Holder, credential.SecretHash)
            : null;

    public bool IsGood(StaffPass pass) =>
        credentials.Of(pass.Office).ByHolder.TryGetValue(pass.Holder, out var credential) && credential.Kind is CredentialKind.Clerk && credential.SecretHash == pass.Seal;
}
