using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain;

namespace Aufruf.Portal.Citizens;

/// <summary>A form is written with an id. Sent twice with the same content it is one request, and with other content another one.</summary>
public static class FormId
{
    /// <summary>The name of the hidden field.</summary>
    public const string Field = "form";

    public static string New() => Guid.CreateVersion7().ToString("N");

    /// <param name="form">As it was sent; anything else than an id counts as a form of its own.</param>
    /// <param name="content">All that the request depends on.</param>
    public static RequestId RequestOf(string? form, params IEnumerable<string?> content) => new(new Guid(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', content.Prepend(Guid.TryParseExact(form, "N", out _) ? form : New()))))[..16]));
}
