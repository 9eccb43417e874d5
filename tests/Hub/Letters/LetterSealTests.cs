using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Aufruf.Hub.Letters;

namespace Aufruf.Tests.Hub.Letters;

public class LetterSealTests
{
    [Fact]
    public async Task A_reader_that_nobody_here_wrote_finds_the_authoritys_seal_valid()
    {
        LetterRoom.NeedsPoppler();
        using var certificate = LetterRoom.Certificate();
        var verdict = await VerdictAsync(await LetterFile.WriteAsync(LetterRoom.Letter, new(certificate, TimeProvider.System)));
        Assert.Contains("Signature is Valid.", verdict, StringComparison.Ordinal);
        Assert.Contains("Total document signed", verdict, StringComparison.Ordinal);
        Assert.Contains("Common Name: Stadt Alsdorf", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_byte_anywhere_breaks_the_seal()
    {
        LetterRoom.NeedsPoppler();
        using var certificate = LetterRoom.Certificate();
        var pdf = await LetterFile.WriteAsync(LetterRoom.Letter, new(certificate, TimeProvider.System));
        var ends = Regex.Match(await VerdictAsync(pdf), @"\[0 - (\d+)\], \[(\d+) - (\d+)\]").Groups.Values.Skip(1)
            .Select(end => int.Parse(end.Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(pdf.Length, ends[2]);
        var places = Enumerable.Range(0, 40).Select(n => n * (pdf.Length - 1) / 39)
            .Concat(Enumerable.Range(0, 20).Select(n => ends[0] + 1 + (n * (ends[1] - ends[0] - 3) / 19))); // Within the seal itself.
        foreach (var place in places)
        {
            byte[] changed = [.. pdf];
            changed[place] = pdf[place] == (byte)'5' ? (byte)'6' : (byte)'5';
            Assert.False((await VerdictAsync(changed)).Contains("Signature is Valid.", StringComparison.Ordinal)
                && IsSealedBy(certificate, changed.AsSpan((ends[0] + 1)..(ends[1] - 1))), $"byte {place}");
        }
    }

    /// <summary>The certificate in the seal is the authority's, and its hash is signed too.</summary>
    private static bool IsSealedBy(X509Certificate2 certificate, ReadOnlySpan<byte> hex)
    {
        var seal = new SignedCms();
        try
        {
            seal.Decode(Convert.FromHexString(Encoding.ASCII.GetString(hex)));
        }
        catch (CryptographicException)
        {
            return false;
        }

        return seal.Certificates[0].RawData.AsSpan().SequenceEqual(certificate.RawData) && seal.SignerInfos[0].SignedAttributes
            .OfType<CryptographicAttributeObject>().Single(each => each.Oid.Value == "1.2.840.113549.1.9.16.2.47")
            .Values[0].RawData.AsSpan()[^32..].SequenceEqual(certificate.GetCertHash(HashAlgorithmName.SHA256));
    }

    private static Task<string> VerdictAsync(byte[] pdf) => LetterRoom.SaysAsync(pdf, "pdfsig", "-nocert");
}
