using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>The credential by which somebody was let in.</summary>
/// <param name="Office">The one office it is good for, "alsdorf.rathaus".</param>
/// <param name="SecretHash">Distinguishes it from an older or newer one of the same holder. It is no password.</param>
/// <param name="Session">Distinguishes a session of pages from those before the holder's last sign-out.</param>
public sealed record Pass(string Office, CredentialKind Kind, string Holder, string SecretHash, int Session)
{
    public static Pass Of(string office, Credential shown) => new(office, shown.Kind, shown.Holder, shown.SecretHash, shown.Session);

    public Principal Principal => Principal.Of(Kind, Office, Holder);
}
