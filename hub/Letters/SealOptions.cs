using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aufruf.Hub.Letters;

/// <summary>An authority's certificate for the seal of its documents, under "Hub:Seals:AUTHORITY".</summary>
public sealed class SealOptions
{
    /// <summary>A PKCS#12 file with the certificate, its chain and its private key.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The file that holds the password of the certificate's file and nothing else.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>One sentence for each setting that is wrong.</summary>
    internal IEnumerable<string> Wrong(string authority)
    {
        var (here, wrong) = ($"Hub:Seals:{authority}", "");
        if (!File.Exists(PasswordFile) || new FileInfo(PasswordFile).Length > 4096)
        {
            yield return $"{here}:PasswordFile must name a file with the password; '{PasswordFile}' is none.";
            yield break;
        }

        try
        {
            using var certificate = Open();
            wrong = certificate.HasPrivateKey ? "" : "it has no private key";
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            wrong = error.Message;
        }

        if (wrong.Length > 0)
        {
            yield return $"{here}:CertificateFile must name a PKCS#12 file that the password opens; '{CertificateFile}': {wrong}.";
        }
    }

    internal X509Certificate2 Open() =>
        X509CertificateLoader.LoadPkcs12FromFile(CertificateFile, File.ReadAllText(PasswordFile).TrimEnd('\r', '\n'));
}
