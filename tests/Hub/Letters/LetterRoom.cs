using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aufruf.Hub.Letters;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub.Letters;

/// <summary>A letter of a small town, and a reader of PDF that nobody here wrote.</summary>
internal static class LetterRoom
{
    public static Letter Letter { get; } = new(
        new("Stadt Alsdorf", "Bürgeramt", "Stadt Alsdorf · Hubertusstraße 17 · 52477 Alsdorf",
            ["Telefon 02404 50-0", "www.alsdorf.example"]),
        ["Frau", "Łucja Đặng-Müller", "Rathausstraße 12", "52477 Alsdorf"],
        [new("Aktenzeichen", "20.32.10-2026-000017"), new("Datum", "29. November 2026")],
        "Bescheid über eine Gebühr",
        [new LetterBlock.Paragraph("Guten Tag, Łucja Đặng-Müller,"), new LetterBlock.Heading("So setzt sich der Betrag zusammen")]);

    /// <summary>A certificate of the test's own, as an authority would buy one.</summary>
    public static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Stadt Alsdorf", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>A program of poppler describes the file.</summary>
    public static async Task<string> SaysAsync(byte[] pdf, string program, params string[] options)
    {
        using var folder = new TempFolder();
        var file = folder.File("letter.pdf");
        await File.WriteAllBytesAsync(file, pdf, TestContext.Current.CancellationToken);
        using var reader = Process.Start(new ProcessStartInfo(program, [.. options, file, .. program == "pdftotext" ? ["-"] : (string[])[]])
        {
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException($"{program} did not start.");
        var words = await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await reader.WaitForExitAsync(TestContext.Current.CancellationToken);
        return words;
    }

    /// <summary>Poppler is there, or the test is skipped where it may be.</summary>
    public static void NeedsPoppler() => Assert.SkipUnless(File.Exists("/usr/bin/pdfsig")
        || Environment.GetEnvironmentVariable("AUFRUF_REQUIRE_ALL") == "1", "pdfsig is not installed (Debian: poppler-utils).");
}
