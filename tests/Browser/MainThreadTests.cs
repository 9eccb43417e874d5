using System.Diagnostics;
using System.Text.RegularExpressions;
using Aufruf.Tests.Running;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>The one path the house is built for, through every room, as in `./run`.</summary>
public sealed class MainThreadTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    private const string Zbar = "/usr/bin/zbarimg";

    [Fact]
    public async Task A_number_drawn_at_the_printer_and_called_at_the_box_is_on_the_board_the_sign_and_the_phone()
    {
        Chromium.Require(Zbar);
        await using var printer = await VirtualDevice.PrinterAsync(hall.Hub);
        await using var box = await VirtualDevice.BoxAsync(hall.Hub);
        await using var board = await chromium.OpenAsync();
        await board.GoAsync(hall.Hub.Address, hall.BoardAddress);
        await board.IsAsync("data-state", "idle");

        // A citizen presses "Ausweis und Pass" and takes the slip.
        await using var foyer = await chromium.OpenAsync(1280, 1000);
        await printer.OpenAsync(foyer);
        await foyer.SaysAsync("#device-pin-map", "Drucker bereit");
        await foyer.At("#button-1").ClickAsync();
        await foyer.SeesAsync("#slip-1");
        await foyer.PictureAsync("thread-slip");
        var page = await ReadCodeAsync(new Uri(printer.Address, "slips/1.png"));
        Assert.StartsWith($"{hall.Hub.Address}t/{TestHub.Area}.", page, StringComparison.Ordinal);

        // The phone reads the code on the slip.
        await using var phone = await chromium.OpenAsync(390, 844);
        await phone.Page.GotoAsync(page);
        await phone.IsAsync("data-state", "waiting");
        await phone.SaysAsync("#live", "Live");
        var number = await phone.At("#number").InnerTextAsync();
        await Assertions.Expect(foyer.At("#slip-1 img")).ToHaveAttributeAsync("alt", new Regex(number));

        // The clerk at counter 3 presses "next" at the box.
        await using var clerk = await chromium.OpenAsync(900, 1000);
        await box.OpenAsync(clerk);
        await clerk.At("#button-next").ClickAsync();

        await board.ShowsAsync("#hero-number", number);
        await board.ShowsAsync("#hero-counter", "3");
        await board.IsAsync("data-state", "calling");
        await board.UntilCountAsync("chimes", 1);
        await Assertions.Expect(clerk.At("#sign")).ToHaveAttributeAsync("data-text", number);
        await phone.IsAsync("data-state", "called");
        await phone.ShowsAsync("#state", "Sie sind dran");
        await phone.ShowsAsync("#counter-label", "3");
        await Task.WhenAll(board.PictureAsync("thread-board"), clerk.PictureAsync("thread-box"), phone.PictureAsync("thread-ticket"));

        Assert.Equal(1, await board.ChimesAsync());
        Assert.All(new[] { board, foyer, phone, clerk }, window => window.ComplainedOfNothing());
    }

    /// <summary>Reads the code on the slip as the camera of a phone does.</summary>
    private static async Task<string> ReadCodeAsync(Uri slip)
    {
        using var folder = new TempFolder();
        using var http = new HttpClient();
        await File.WriteAllBytesAsync(folder.File("slip.png"), await http.GetByteArrayAsync(slip));
        using var zbar = Process.Start(new ProcessStartInfo(Zbar, ["--quiet", "--raw", folder.File("slip.png")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })
            ?? throw new InvalidOperationException("zbarimg did not start.");
        var read = await zbar.StandardOutput.ReadToEndAsync();
        await zbar.WaitForExitAsync();
        return read.Trim();
    }
}
