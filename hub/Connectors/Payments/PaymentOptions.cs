using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aufruf.Hub.Connectors.Payments;

/// <summary>How the hub reaches a town's payment provider, under "Hub:Payments:AUTHORITY".</summary>
public sealed class PaymentOptions
{
    public const string Contract = "xbezahldienste", Form = "form";

    public const string Token = "token", Password = "password", Certificate = "certificate";

    private const int LongestSecret = 4096;

    /// <summary>"xbezahldienste", or "form" for a provider that takes signed forms.</summary>
    public string Kind { get; set; } = Contract;

    /// <summary>The base of the provider's addresses, such as "https://pay.example/xbezahldienste/api/v1.0.0/".</summary>
    public string Address { get; set; } = "";

    /// <summary>"token", "password" or "certificate": the way in which XBezahldienste lets this hub in.</summary>
    public string SignIn { get; set; } = Token;

    /// <summary>The address that gives tokens.</summary>
    public string TokenAddress { get; set; } = "";

    /// <summary>The name under which the provider knows the authority: user, client or merchant.</summary>
    public string User { get; set; } = "";

    /// <summary>The file that holds the secret and nothing else: password, client secret, or the certificate's password.</summary>
    public string SecretFile { get; set; } = "";

    /// <summary>The client's certificate with its key, as PKCS#12.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The authority's id in the provider's addresses.</summary>
    public string Originator { get; set; } = "";

    /// <summary>The cash office's id in the provider's addresses.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The project of a provider that takes signed forms.</summary>
    public string Project { get; set; } = "";

    /// <summary>How long the hub waits for an answer.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The secret; empty: there is none.</summary>
    internal string Secret => SecretFile.Length > 0 ? File.ReadAllText(SecretFile).Trim() : "";

    internal X509Certificate2 ReadCertificate() => X509CertificateLoader.LoadPkcs12FromFile(CertificateFile, Secret);

    /// <summary>One sentence for each setting that is wrong.</summary>
    internal IEnumerable<string> Wrong(string authority)
    {
        var here = $"Hub:Payments:{authority}";
        if (authority.Length == 0 || authority.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-')))
        {
            yield return $"Hub:Payments must name authorities such as alsdorf; '{authority}' is none.";
        }

        if (!IsSafe(Address))
        {
            yield return $"{here}:Address must be an https address such as https://pay.example/api/; '{Address}' is not.";
        }

        if (Patience < TimeSpan.FromMilliseconds(100) || Patience > TimeSpan.FromMinutes(1))
        {
            yield return $"{here}:Patience must be between 0.1 and 60 seconds.";
        }

        foreach (var wrong in Kind switch
        {
            Contract => WrongContract(here),
            Form => WrongForm(here),
            _ => [$"{here}:Kind must be {Contract} or {Form}; '{Kind}' is neither."],
        })
        {
            yield return wrong;
        }
    }

    private IEnumerable<string> WrongContract(string here)
    {
        if (Originator.Length == 0 || Endpoint.Length == 0)
        {
            yield return $"{here}:Originator and {here}:Endpoint must be the ids in the provider's addresses.";
        }

        if (SignIn is not (Token or Password or Certificate))
        {
            yield return $"{here}:SignIn must be {Token}, {Password} or {Certificate}; '{SignIn}' is none of them.";
        }

        if (SignIn is Token && !IsSafe(TokenAddress))
        {
            yield return $"{here}:TokenAddress must be an https address that gives tokens; '{TokenAddress}' is not.";
        }

        if (SignIn is Certificate)
        {
            if ((SecretFile.Length > 0 && !IsSecret()) || WhyNoCertificate() is not null)
            {
                yield return $"{here}:CertificateFile must be a PKCS#12 file, and {here}:SecretFile the file with its password: "
                    + $"'{CertificateFile}' cannot be read. {WhyNoCertificate()}".TrimEnd();
            }
        }
        else if (User.Length == 0 || !IsSecret())
        {
            yield return $"{here}:User and {here}:SecretFile must be the name and the file with the secret; '{SecretFile}' is none.";
        }
    }

    private IEnumerable<string> WrongForm(string here)
    {
        if (User.Length == 0 || Project.Length == 0)
        {
            yield return $"{here}:User and {here}:Project must be the numbers of merchant and project.";
        }

        if (!IsSecret())
        {
            yield return $"{here}:SecretFile must name a file with the project's password; '{SecretFile}' is none.";
        }
    }

    private bool IsSecret() => File.Exists(SecretFile) && new FileInfo(SecretFile).Length is > 0 and <= LongestSecret;

    private string? WhyNoCertificate()
    {
        try
        {
            using var certificate = ReadCertificate();
            return certificate.HasPrivateKey ? null : "It has no private key.";
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return error.Message;
        }
    }

    /// <summary>Encrypted, or on this machine.</summary>
    private static bool IsSafe(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Query.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
