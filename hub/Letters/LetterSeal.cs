using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using PdfSharp.Pdf.Signatures;

namespace Aufruf.Hub.Letters;

/// <summary>The authority's seal: signs a PDF with the authority's certificate, so that any changed byte shows.</summary>
internal sealed class LetterSeal(X509Certificate2 certificate, TimeProvider time) : IDigitalSigner
{
    public string CertificateName => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>The exact size: no byte is left over that the signature does not protect.</summary>
    public Task<int> GetSignatureSizeAsync() => Task.FromResult(Sign([0]).Length);

    public async Task<byte[]> GetSignatureAsync(Stream stream)
    {
        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content); // PDFsharp's stream cannot seek, which CopyTo asks.
        return Sign(content);
    }

    private byte[] Sign(byte[] content)
    {
        var signed = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(certificate)
        {
            DigestAlgorithm = new("2.16.840.1.101.3.4.2.1"), // SHA-256
            IncludeOption = X509IncludeOption.WholeChain,
            SignedAttributes = { new Pkcs9SigningTime(time.GetUtcNow().UtcDateTime), SigningCertificate() },
        };
        signed.ComputeSignature(signer);
        return signed.Encode();
    }

    /// <summary>The hash of the certificate, signed too: another certificate of the same key does not pass for it.</summary>
    /// <remarks>Source: RFC 5035, signing-certificate-v2 with SHA-256.</remarks>
    private AsnEncodedData SigningCertificate()
    {
        var value = new AsnWriter(AsnEncodingRules.DER);
        using (value.PushSequence())
        using (value.PushSequence())
        using (value.PushSequence())
        {
            value.WriteOctetString(certificate.GetCertHash(HashAlgorithmName.SHA256));
        }

        return new AsnEncodedData("1.2.840.113549.1.9.16.2.47", value.Encode());
    }
}
