using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Passkeys by the browser's script (WebAuthn): a challenge, then the answer of the device to it.</summary>
internal static class PasskeyEndpoints
{
    // A key of 4,096 bits with its attestation, in base64url. Longer answers are not read.
    private const int LongestAnswer = 16_000;

    public static void MapPasskeys(this IEndpointRouteBuilder session)
    {
        session.MapPost("/passkey/challenge", ChallengeAsync).Needs(Permission.Public).WithMetadata(new WhileLockedAttribute())
            .WithSummary("A challenge to sign in with a passkey, or to unlock this desk").Produces<JsonElement>();
        session.MapPost("/passkey", AnswerAsync).Needs(Permission.Public).WithMetadata(new WhileLockedAttribute())
            .WithSummary("Takes the answer of the passkey, once: signs in, or unlocks the desk");
        session.MapPost("/passkeys/challenge", OfferAsync).Needs(Permission.OwnAccount)
            .WithSummary("Takes the password, and gives a challenge for a new passkey").Produces<JsonElement>();
        session.MapPost("/passkeys", AddAsync).Needs(Permission.OwnAccount).WithSummary("Takes the answer of the new passkey");
    }

    // A key cannot be guessed: the limit of requests is enough here, and a whole office may have one address.
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ChallengeAsync(HttpContext http, Passkeys passkeys) =>
        !http.Request.IsForeign()
            ? TypedResults.Content(await passkeys.ChallengeAsync(http, http.User.Person()), "application/json") : Refused();

    private static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> AnswerAsync(
        JsonElement answer, HttpContext http, Passkeys passkeys, IStaffAccounts accounts)
    {
        if (http.Request.IsForeign() || answer.GetRawText() is not { Length: <= LongestAnswer } text)
        {
            return Refused();
        }

        if (http.User.Person() is { IsLocked: true } locked)
        {
            if (await passkeys.UnlockAsync(http, locked.Session, text))
            {
                return TypedResults.Ok(new SessionInfo(locked.Session.Name, locked.DisplayName, IsSession: true, IsLocked: false));
            }
        }
        else if (await passkeys.EnterAsync(http, text) is { } session && await accounts.FindAsync(session) is { } person)
        {
            await http.EnterAsync(session);
            return TypedResults.Ok(new SessionInfo(session.Name, person.DisplayName, IsSession: true, IsLocked: false));
        }

        return Refused();
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> OfferAsync(
        UnlockRequest request, HttpContext http, Passkeys passkeys, IStaffAccounts accounts, SignInAttempts attempts)
    {
        if (http.User.Person() is not { IsByKey: false } person)
        {
            return Problems.Refused(Refusal.SessionUnknown);
        }

        if (request.Password is not { Length: > 0 and <= SessionEndpoints.LongestPassword } password || !attempts.MayTry(http)
            || !await accounts.IsPasswordAsync(person.Session, password))
        {
            attempts.CountWrong(http);
            return SessionEndpoints.WrongPassword();
        }

        return TypedResults.Content(await passkeys.OfferAsync(http, person.Session), "application/json");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> AddAsync(PasskeyRequest added, HttpContext http, Passkeys passkeys) =>
        http.User.Person() is not { IsByKey: false } person ? Problems.Refused(Refusal.SessionUnknown)
        : added.Credential.GetRawText() is not { Length: <= LongestAnswer } text ? Problems.Refused(Refusal.PasskeyNotGood)
        : await passkeys.AddAsync(http, person.Session, added.Label?.Trim() ?? "", text) is { } refusal ? Problems.Refused(refusal)
        : TypedResults.NoContent();

    /// <summary>One answer to all: it says nothing of an account.</summary>
    private static ProblemHttpResult Refused() => Problems.Refused(StatusCodes.Status409Conflict, "passkey-refused",
        "Mit diesem Passkey ging es nicht. Versuchen Sie es noch einmal, oder nehmen Sie Ihr Passwort.",
        "This passkey did not work. Try again, or use your password.");
}

/// <param name="Label">As the person calls it: "office laptop".</param>
internal sealed record PasskeyRequest(string? Label, JsonElement Credential);
