using System.Security.Claims;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Portal.Identity;

/// <summary>A pass as the claims of a request, and back. They name no permission: those are always the ones of this build.</summary>
public static class PassClaims
{
    private const string Office = "office";
    private const string Kind = "kind";
    private const string Secret = "secret-hash";

    public static ClaimsPrincipal AsUser(this Pass pass, string scheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, pass.Holder), new(Office, pass.Office), new(Kind, pass.Kind.ToString()), new(Secret, pass.SecretHash)],
        scheme));

    /// <summary>The credential that was shown; null when none was.</summary>
    public static Pass? Pass(this ClaimsPrincipal? user) =>
        user?.FindFirst(Office) is { } office && user.FindFirst(ClaimTypes.Name) is { } holder && user.FindFirst(Secret) is { } secret
            && Enum.TryParse<CredentialKind>(user.FindFirst(Kind)?.Value, out var kind)
            ? new(office.Value, kind, holder.Value, secret.Value)
            : null;

    public static Principal Principal(this ClaimsPrincipal? user) => user.Person()?.Principal ?? user.Pass()?.Principal
        ?? Domain.Identity.Principal.Citizen;
}
