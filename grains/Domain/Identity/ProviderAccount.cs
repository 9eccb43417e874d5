namespace Aufruf.Domain.Identity;

/// <summary>An account at a town's own provider of sign-ins (OpenID Connect).</summary>
/// <param name="Issuer">The provider, "https://login.alsdorf.example".</param>
/// <param name="Subject">The provider's name for the account. It is never given to somebody else.</param>
public sealed record ProviderAccount(string Issuer, string Subject);

/// <summary>A value that the provider says of a person, and the role that it gives in a place.</summary>
/// <param name="Value">For example a group: "rathaus-service".</param>
public sealed record ClaimRole(string Value, string Role, string Place);
