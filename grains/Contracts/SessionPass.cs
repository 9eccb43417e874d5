using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>A person's session, as the staff's cookie holds it, or as a program shows it.</summary>
/// <param name="Id">32 random bytes. The journal has their hash.</param>
public sealed record SessionPass(string Authority, string Name, string Id)
{
    public string Hash => HashOf(Id);

    /// <summary>SHA-256, base64url: enough for a code that cannot be guessed.</summary>
    public static string HashOf(string code) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    public static string NewCode() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}

/// <summary>A person in a session that goes on, with the rights of this moment.</summary>
public sealed record SignedIn(SessionPass Session, Principal Principal, string DisplayName, bool IsLocked, SignInWay Way)
{
    /// <summary>A program, with a key of the person.</summary>
    public bool IsByKey => Way is SignInWay.Key;
}
