using System.Security.Claims;
using Aufruf.Contracts;

namespace Aufruf.Portal.Identity;

/// <summary>A person as the user of a request. The claims name the session only: rights are looked up with each request.</summary>
public sealed class PersonIdentity : ClaimsIdentity
{
    private const string Authority = "authority";
    private const string SessionId = "session-id";

    private PersonIdentity(SignedIn person, string scheme) : base(ClaimsOf(person.Session), scheme) => Person = person;

    public SignedIn Person { get; }

    /// <summary>With the rights of this moment.</summary>
    public static ClaimsPrincipal Of(SignedIn person, string scheme) => new(new PersonIdentity(person, scheme));

    /// <summary>For a cookie.</summary>
    public static ClaimsPrincipal Of(SessionPass session, string scheme) => new(new ClaimsIdentity(ClaimsOf(session), scheme));

    /// <summary>The session that a cookie names; null: it holds none.</summary>
    public static SessionPass? SessionIn(ClaimsPrincipal? user) =>
        user?.FindFirst(Authority) is { } authority && user.FindFirst(ClaimTypes.Name) is { } name && user.FindFirst(SessionId) is { } id
            ? new(authority.Value, name.Value, id.Value) : null;

    private static Claim[] ClaimsOf(SessionPass session) =>
        [new(ClaimTypes.Name, session.Name), new(Authority, session.Authority), new(SessionId, session.Id)];
}

public static class PersonExtensions
{
    /// <summary>The person of a session or a key; null: a screen, a citizen, a device.</summary>
    public static SignedIn? Person(this ClaimsPrincipal? user) =>
        user?.Identities.OfType<PersonIdentity>().FirstOrDefault()?.Person;
}
