using System.Buffers.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Microsoft.AspNetCore.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>Shows the passkeys of all people to Identity's handler, which checks answers. Only commands to the grain change them.</summary>
internal sealed class PasskeyStore(PeopleGate people, IStaffAccounts accounts) : IUserPasskeyStore<PasskeyOwner>
{
    /// <remarks>Another hub may have added the passkey a moment ago.</remarks>
    public async Task<PasskeyOwner?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (Owners().FirstOrDefault(owner => owner.Handle == userId) is { } known)
        {
            return known;
        }

        await Task.WhenAll(accounts.Authorities.Select(people.ReadAsync));
        return Owners().FirstOrDefault(owner => owner.Handle == userId);
    }

    public Task<PasskeyOwner?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Owners().FirstOrDefault(owner => owner.Person.Passkeys.ContainsKey(Base64Url.EncodeToString(credentialId))));

    public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(user.Person.Passkeys.TryGetValue(Base64Url.EncodeToString(credentialId), out var found) ? Of(found) : null);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Person.Passkeys.Values.Select(Of)]);

    public Task<string> GetUserIdAsync(PasskeyOwner user, CancellationToken cancellationToken) => Task.FromResult(user.Handle);

    public Task<string?> GetUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Person.Name);

    public Task<string?> GetNormalizedUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        GetUserNameAsync(user, cancellationToken);

    public Task AddOrUpdatePasskeyAsync(PasskeyOwner user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw ByCommand();

    public Task RemovePasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) => throw ByCommand();

    public Task SetUserNameAsync(PasskeyOwner user, string? userName, CancellationToken cancellationToken) => throw ByCommand();

    public Task SetNormalizedUserNameAsync(PasskeyOwner user, string? normalizedName, CancellationToken cancellationToken) =>
        throw ByCommand();

    public Task<IdentityResult> CreateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw ByCommand();

    public Task<IdentityResult> UpdateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw ByCommand();

    public Task<IdentityResult> DeleteAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw ByCommand();

    public Task<PasskeyOwner?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw ByCommand();

    public void Dispose()
    {
    }

    private IEnumerable<PasskeyOwner> Owners() => accounts.Authorities.SelectMany(authority => people.Of(authority).ByName.Values
        .Where(person => !person.Passkeys.IsEmpty).Select(person => new PasskeyOwner(authority, person)));

    // The attestation is not kept: no device is preferred to another.
    private static UserPasskeyInfo Of(Passkey passkey) => new(Base64Url.DecodeFromChars(passkey.Id),
        Base64Url.DecodeFromChars(passkey.PublicKey), passkey.AddedAt, passkey.SignCount, [.. passkey.Transports], isUserVerified: true,
        passkey.IsBackupEligible, passkey.IsBackedUp, attestationObject: [], clientDataJson: []);

    private static NotSupportedException ByCommand() => new("Commands to the grain of the people do this.");
}
