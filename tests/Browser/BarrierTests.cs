using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>axe looks once at every state of board, kiosk and the citizens' pages.</summary>
/// <remarks>It looks at one state of each in forced colours, and in endure at all. The desk has <see cref="DeskStateTests"/>.</remarks>
public sealed class BarrierTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    [Fact]
    public async Task The_board_has_no_barrier()
    {
        await hall.EmptyAsync();
        await using var board = await chromium.OpenAsync();
        await board.GoAsync(hall.Hub.Address, hall.BoardAddress);
        await board.IsAsync("data-state", "idle");
        await board.HasNoBarrierAsync("board, idle");
        await hall.CallAsync("1");
        await hall.ActAsync("1", "arrived");
        await board.IsAsync("data-state", "quiet");
        await board.HasNoBarrierAsync("board, quiet");
        await hall.CallAsync("3");
        await board.IsAsync("data-state", "calling");
        await board.HasNoBarrierAsync("board, calling", inForcedColours: true);
        await board.Page.SetViewportSizeAsync(1080, 1920);
        await board.HasNoBarrierAsync("board, calling, tall");
        board.ComplainedOfNothing();

        await using var foreign = await chromium.OpenAsync();
        await foreign.GoAsync(hall.Hub.Address, hall.BoardAddress + "wrong");
        await foreign.IsAsync("data-state", "unauthorised");
        await foreign.HasNoBarrierAsync("board, not signed in");
    }

    [Fact]
    public async Task The_kiosk_has_no_barrier()
    {
        await using var kiosk = await chromium.OpenAsync(1080, 1920);
        await kiosk.GoAsync(hall.Hub.Address, hall.KioskAddress);
        await kiosk.IsAsync("data-screen", "home");
        await kiosk.HasNoBarrierAsync("kiosk, home", inForcedColours: true);
        await kiosk.At("#languages button", "English").ClickAsync();
        await kiosk.ShowsAsync(".home h1", "What would you like to do?");
        await kiosk.At("#low").ClickAsync();
        await kiosk.At("#contrast").ClickAsync();
        await Assertions.Expect(kiosk.At("body")).ToContainClassAsync("low contrast");
        await kiosk.HasNoBarrierAsync("kiosk, English, low, high contrast");
        await kiosk.At("#tiles button >> nth=0").ClickAsync();
        await kiosk.SeesAsync("#ticket-number");
        await kiosk.HasNoBarrierAsync("kiosk, number given");
        await kiosk.SeesAsync("#ticket-number");
        kiosk.ComplainedOfNothing();

        // A service that is refused, as when all numbers are taken.
        await kiosk.At("#done").ClickAsync();
        await kiosk.Page.RouteAsync("**/tickets", route =>
            route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = "{}" }));
        await kiosk.At("#tiles button >> nth=0").ClickAsync();
        await kiosk.SaysAsync("#refused-text", "Es konnte keine Nummer vergeben werden");
        await kiosk.HasNoBarrierAsync("kiosk, refused");
        kiosk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task The_citizens_pages_have_no_barrier()
    {
        await hall.EmptyAsync();
        await using var phone = await chromium.OpenAsync(390, 844);
        await phone.GoAsync(hall.Hub.Address, "/");
        await phone.ShowsAsync("h1", "Was möchten Sie erledigen?");
        await phone.HasNoBarrierAsync("portal, home");
        var mine = await hall.Hub.TakeAsync();
        await phone.GoAsync(hall.Hub.Address, mine.StatusPath);
        await phone.SaysAsync("#live", "Live");
        await phone.HasNoBarrierAsync("ticket, waiting", inForcedColours: true);
        foreach (var (step, state) in new[] { ("call-next", "called"), ("arrived", "serving"), ("finish", "served") })
        {
            await hall.ActAsync("3", step);
            await phone.IsAsync("data-state", state);
            await phone.HasNoBarrierAsync("ticket, " + state);
        }

        var late = await hall.Hub.TakeAsync();
        await phone.GoAsync(hall.Hub.Address, late.StatusPath);
        await phone.SaysAsync("#live", "Live");
        await hall.ActAsync("3", "call-next");
        await hall.ActAsync("3", "missed");
        await phone.IsAsync("data-state", "waiting"); // The demo office gives a second chance.
        await hall.ActAsync("3", "call-next");
        await hall.ActAsync("3", "missed");
        await phone.IsAsync("data-state", "missed");
        await phone.HasNoBarrierAsync("ticket, missed");
        await phone.Page.ReloadAsync();
        await phone.ShowsAsync("#state", "Aufruf verpasst");
        phone.ComplainedOfNothing();

        await phone.GoAsync(hall.Hub.Address, late.StatusPath[..^3] + "AAA");
        await phone.ShowsAsync("h1", "Diese Nummer gibt es nicht");
        await phone.HasNoBarrierAsync("ticket, unknown");
    }
}
