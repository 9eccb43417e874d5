using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>A person as ASP.NET Core Identity's passkey handler knows one.</summary>
internal sealed record PasskeyOwner(string Authority, Person Person)
{
    /// <summary>The user handle, which the device keeps beside the key: always the same for one person, and without the name.</summary>
    public string Handle => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Authority}/{Person.Name}")));
}
