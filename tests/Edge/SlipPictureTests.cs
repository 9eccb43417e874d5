using System.Diagnostics;
using Aufruf.Edge;

namespace Aufruf.Tests.Edge;

[Trait("Needs", "process")]
public sealed class SlipPictureTests
{
    private static PrintedSlip Printed()
    {
        var page = new EscPosPage();
        var job = new SlipLayout(new PrinterProfile("test")).Bytes(Device.Slip(), "0001"u8);
        return new EscPosTokenizer().Feed(job).Select(page.Take).OfType<PrintedSlip>().Single();
    }

    [Fact]
    public async Task The_qr_code_on_the_picture_of_a_slip_is_read_by_an_independent_decoder()
    {
        const string Decoder = "zbarimg";
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, Decoder)));
        Assert.SkipUnless(isThere || Environment.GetEnvironmentVariable("AUFRUF_REQUIRE_ALL") == "1",
            "zbarimg is not installed (Debian: zbar-tools).");

        var file = Path.Combine(Directory.CreateTempSubdirectory("aufruf-slip-").FullName, "slip.png");
        await File.WriteAllBytesAsync(file, SlipRenderer.Png(Printed()), TestContext.Current.CancellationToken);
        using var zbar = Process.Start(new ProcessStartInfo(Decoder, ["--quiet", "--raw", file]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("zbarimg did not start.");
        Assert.Equal("https://aufruf.example/t/7Q3F", (await zbar.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken))
            .Trim());
    }

    [Fact]
    public void The_picture_of_a_slip_is_as_wide_as_the_print_head()
    {
        var png = SlipRenderer.Png(Printed());
        Assert.Equal(576, png[18] << 8 | png[19]);
        Assert.Contains("<svg", SlipRenderer.Svg(Printed()), StringComparison.Ordinal);
    }
}
