using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>The session of the person at a desk: who it is, locked, unlocked and ended.</summary>
internal static class SessionEndpoints
{
    private const int LongestPassword = 128;

    public static void MapSession(this IEndpointRouteBuilder clerks)
    {
        var session = clerks.MapGroup("/session");
        session.MapGet("", Look).Needs(Permission.Public).WithMetadata(new WhileLockedAttribute())
            .WithSummary("The caller, and whether the desk is locked; an empty name: nobody is signed in");
        session.MapPost("/lock", LockAsync).Needs(Permission.OwnAccount).WithMetadata(new WhileLockedAttribute())
            .WithSummary("Refuses all requests of this session until the password is entered again");
        session.MapPost("/unlock", UnlockAsync).Needs(Permission.OwnAccount).WithMetadata(new WhileLockedAttribute())
            .WithSummary("Takes the password, and lets the session go on");
        session.MapPost("/end", EndAsync).Needs(Permission.OwnAccount).WithMetadata(new WhileLockedAttribute())
            .WithSummary("Signs the caller out; a key is worth nothing from then on");
    }

    private static SessionInfo Look(HttpContext http) => http.User.Person() is { } person
        ? new(person.Session.Name, person.DisplayName, !person.IsByKey, person.IsLocked)
        : new(http.User.Principal().Who, http.User.Principal().Who, IsSession: false, IsLocked: false);

    private static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> LockAsync(HttpContext http, IStaffAccounts accounts)
    {
        if (http.User.Person() is not { IsByKey: false } person)
        {
            return Problems.Refused(Refusal.SessionUnknown);
        }

        await accounts.LockAsync(person.Session);
        return TypedResults.Ok(Look(http) with { IsLocked = true });
    }

    private static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> UnlockAsync(
        UnlockRequest request, HttpContext http, IStaffAccounts accounts, SignInAttempts attempts)
    {
        if (http.User.Person() is not { IsByKey: false } person)
        {
            return Problems.Refused(Refusal.SessionUnknown);
        }

        if (request.Password is not { Length: > 0 and <= LongestPassword } password || !attempts.MayTry(http)
            || !await accounts.UnlockAsync(person.Session, password))
        {
            attempts.CountWrong(http);
            return Problems.Refused(StatusCodes.Status409Conflict, "password-wrong",
                "Das Passwort ist falsch, oder es war zu oft falsch.", "The password is wrong, or it was wrong too often.");
        }

        return TypedResults.Ok(Look(http) with { IsLocked = false });
    }

    private static async Task<NoContent> EndAsync(HttpContext http, IStaffAccounts accounts)
    {
        if (http.User.Person() is { } person)
        {
            await accounts.LeaveAsync(person.Session);
        }

        await http.SignOutAsync(StaffAccess.Scheme);
        return TypedResults.NoContent();
    }
}

/// <param name="IsSession">False: the caller came with a key or a token, which cannot be locked.</param>
internal sealed record SessionInfo(string Name, string DisplayName, bool IsSession, bool IsLocked);

internal sealed record UnlockRequest(string? Password);
