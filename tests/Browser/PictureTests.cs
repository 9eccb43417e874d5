using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>The pictures of the README, from the running house. With AUFRUF_PICTURES=folder they are kept.</summary>
public sealed class PictureTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    [Fact]
    public async Task A_busy_morning_can_be_shown_to_others()
    {
        await using var box = await VirtualDevice.BoxAsync(hall.Hub);
        await using var board = await chromium.OpenAsync();
        await board.GoAsync(hall.Hub.Address, hall.BoardAddress);
        await board.IsAsync("data-state", "idle");

        // A morning behind them, so that numbers and counts are those of a town and not of a first start.
        for (var citizen = 0; citizen < 31; citizen++)
        {
            await hall.CallAsync("3", citizen % 3 == 2 ? "wohnsitz" : "ausweis");
            await hall.ActAsync("3", "finish");
        }

        await hall.CallAsync("1");
        await hall.ActAsync("1", "arrived");
        await hall.CallAsync("2", "wohnsitz");
        await hall.ActAsync("2", "arrived");
        var called = await hall.CallAsync("3");
        foreach (var service in new[] { "ausweis", "wohnsitz", "fuehrerschein", "ausweis", "abholung", "wohnsitz", "ausweis",
            "fuehrerschein" })
        {
            await hall.Hub.TakeAsync(service);
        }

        await using var printer = await VirtualDevice.PrinterAsync(hall.Hub);
        await using var foyer = await chromium.OpenAsync(1280, 820);
        await printer.OpenAsync(foyer);
        await foyer.SaysAsync("#device-pin-map", "Drucker bereit");
        await foyer.At("#button-3").ClickAsync();
        await foyer.SeesAsync("#slip-1");
        await foyer.PictureAsync("slip");

        await using var counter = await chromium.OpenAsync(900, 780);
        await box.OpenAsync(counter);
        await Assertions.Expect(counter.At("#sign")).ToHaveAttributeAsync("data-text", called);
        await counter.PictureAsync("box");

        await board.ShowsAsync("#hero-number", called);
        await Assertions.Expect(board.At("#rows > li:not(.empty)")).ToHaveCountAsync(2);
        await board.SaysAsync("#waiting", "Wohnsitz anmelden 3 warten");
        await board.PictureAsync("board");

        await using var kiosk = await chromium.OpenAsync(1080, 1920);
        await kiosk.GoAsync(hall.Hub.Address, hall.KioskAddress);
        await kiosk.SaysAsync("#tiles", "min Wartezeit"); // After such a morning waits are known.
        await kiosk.PictureAsync("kiosk");

        await hall.ActAsync("3", "arrived");
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress("3"));
        await desk.IsAsync("data-mode", "serving");
        await desk.ShowsAsync("#ticket-number", called);
        await desk.SaysAsync("#connection-text", "Belegdrucker");
        await desk.PictureAsync("desk");
        Assert.All(new[] { board, foyer, counter, kiosk, desk }, window => window.ComplainedOfNothing());
    }
}
