using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>What a device, display or clerk shows: "alsdorf.rathaus~box-3~" and 32 random bytes. The hub keeps only a hash of it.</summary>
public sealed record Secret(string Office, string Holder, string Text)
{
    // Longer than any token we issue; longer input is not even hashed.
    private const int LongestToken = 200;

    public static Secret New(string office, string holder)
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        return new(office, holder, Base64Url.EncodeToString(random));
    }

    /// <summary>As it is shown in a bearer header or behind "#token=".</summary>
    public string Token => $"{Office}~{Holder}~{Text}";

    public string Hash => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static Secret? Parse(string? token) =>
        token is { Length: > 0 and <= LongestToken } && token.Split('~') is [{ Length: > 0 } office, { Length: > 0 } holder, { Length: > 0 } text]
            ? new(office, holder, text)
            : null;

    /// <summary>Compares in constant time.</summary>
    public bool Opens(Credential credential) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(credential.SecretHash));
}
