using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>The credential by which a screen, a device or a program was let in.</summary>
/// <param name="Office">The one office it is good for, "alsdorf.rathaus".</param>
/// <param name="SecretHash">Distinguishes it from an older or newer one of the same holder. It is no password.</param>
public sealed record Pass(string Office, CredentialKind Kind, string Holder, string SecretHash)
{
    public static Pass Of(string office, Credential shown) => new(office, shown.Kind, shown.Holder, shown.SecretHash);

    public Principal Principal => Principal.Of(Kind, Office, Holder);
}
