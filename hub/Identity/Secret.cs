using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>The password of a device, a screen or a person's program: "alsdorf.rathaus~box-3~" and 32 random bytes.</summary>
/// <remarks>The hub keeps its hash.</remarks>
/// <param name="Place">An office; of a person's key the authority, whose name has no '.'.</param>
public sealed record Secret(string Place, string Holder, string Text)
{
    // Longer than any issued token. Longer input is not hashed.
    private const int LongestToken = 200;

    public static Secret New(string place, string holder)
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        return new(place, holder, Base64Url.EncodeToString(random));
    }

    /// <summary>As it is shown in a bearer header or behind "#token=".</summary>
    public string Token => $"{Place}~{Holder}~{Text}";

    public string Hash => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static Secret? Parse(string? token) =>
        token is { Length: <= LongestToken } && token.Split('~') is [{ Length: > 0 } place, { Length: > 0 } holder, { Length: > 0 } text]
            ? new(place, holder, text)
            : null;

    /// <summary>As a session of its person; null: it is of an office.</summary>
    public SessionPass? OfPerson => Place.Contains('.', StringComparison.Ordinal) ? null : new(Place, Holder, Text);

    /// <summary>Compares in constant time.</summary>
    public bool Opens(Credential credential) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(credential.SecretHash));
}
