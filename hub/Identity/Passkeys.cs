using System.Buffers.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Microsoft.AspNetCore.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>People enter, unlock their desk and add keys by passkeys. Identity's handler checks each answer, the grain decides.</summary>
internal sealed class Passkeys(IPasskeyHandler<PasskeyOwner> handler, PasskeyChallenges challenges, PeopleGate people, TimeProvider clock)
{
    private const string ForEntry = "enter";

    /// <summary>A challenge for a locked desk's person; for anybody when nobody is signed in, so that it names no account.</summary>
    public async Task<string> ChallengeAsync(HttpContext http, SignedIn? person)
    {
        var locked = person is { IsLocked: true } ? OwnerOf(person.Session) : null;
        var made = await handler.MakeRequestOptionsAsync(locked, http);
        challenges.Give(http, locked is null ? ForEntry : ForUnlocking(person!.Session), made.AssertionState!);
        return made.RequestOptionsJson;
    }

    /// <returns>The new session; null: the answer lets nobody in.</returns>
    public async Task<SessionPass?> EnterAsync(HttpContext http, string credential)
    {
        if (await CheckAsync(http, ForEntry, credential) is not var (owner, answer))
        {
            return null;
        }

        var session = new SessionPass(owner.Authority, owner.Person.Name, SessionPass.NewCode());
        return await people.HandleAsync(owner.Authority, new PeopleCommand.EnterByPasskey(owner.Person.Name, answer, session.Hash,
            clock.GetUtcNow() + StaffAccounts.SessionLength)) is null ? session : null;
    }

    public async Task<bool> UnlockAsync(HttpContext http, SessionPass session, string credential) =>
        await CheckAsync(http, ForUnlocking(session), credential) is var (owner, answer)
        && (owner.Authority, owner.Person.Name) == (session.Authority, session.Name)
        && await people.HandleAsync(session.Authority, new PeopleCommand.UnlockByPasskey(session.Name, answer, session.Hash)) is null;

    /// <summary>A challenge for a new passkey of this person.</summary>
    public async Task<string> OfferAsync(HttpContext http, SessionPass session)
    {
        var owner = OwnerOf(session) ?? throw new InvalidOperationException("A session has a person.");
        var made = await handler.MakeCreationOptionsAsync(new()
        {
            Id = owner.Handle,
            Name = $"{session.Name}@{session.Authority}",
            DisplayName = owner.Person.DisplayName,
        }, http);
        challenges.Give(http, ForAdding(session), made.AttestationState!);
        return made.CreationOptionsJson;
    }

    public async Task<Refusal?> AddAsync(HttpContext http, SessionPass session, string label, string credential)
    {
        if (challenges.Take(http, ForAdding(session)) is not { } challenge)
        {
            return Refusal.PasskeyAnswered;
        }

        var result = await handler.PerformAttestationAsync(new()
        {
            HttpContext = http,
            CredentialJson = credential,
            AttestationState = challenge.State,
        });
        return result is { Succeeded: true, Passkey: var made }
            ? await people.HandleAsync(session.Authority, new PeopleCommand.AddPasskey(session.Name, new(
                Base64Url.EncodeToString(made.CredentialId), label, Base64Url.EncodeToString(made.PublicKey), made.SignCount,
                [.. made.Transports ?? []], made.IsBackupEligible, made.IsBackedUp)))
            : Refusal.PasskeyNotGood;
    }

    private async Task<(PasskeyOwner Owner, PasskeyAnswer Answer)?> CheckAsync(HttpContext http, string purpose, string credential)
    {
        if (challenges.Take(http, purpose) is not { } challenge)
        {
            return null;
        }

        var result = await handler.PerformAssertionAsync(new()
        {
            HttpContext = http,
            CredentialJson = credential,
            AssertionState = challenge.State,
        });
        return result is { Succeeded: true, User: { } owner, Passkey: { } used }
            ? (owner, new(Base64Url.EncodeToString(used.CredentialId), used.SignCount, used.IsBackedUp, challenge.MadeAt)) : null;
    }

    private PasskeyOwner? OwnerOf(SessionPass session) =>
        people.Of(session.Authority).Find(session.Name) is { } person ? new(session.Authority, person) : null;

    private static string ForUnlocking(SessionPass session) => $"unlock {session.Hash}";

    private static string ForAdding(SessionPass session) => $"add {session.Hash}";
}
