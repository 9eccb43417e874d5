using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>axe on every page in every state, in ordinary and in forced colours. The state is on the screen before it is looked at.</summary>
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
        await board.HasNoBarrierAsync("board, calling");
        await board.Page.SetViewportSizeAsync(1080, 1920);
        await board.HasNoBarrierAsync("board, calling, tall");
        board.ComplainedOfNothing();

        await using var foreign = await chromium.OpenAsync();
        await foreign.GoAsync(hall.Hub.Address, hall.BoardAddress + "wrong");
        await foreign.IsAsync("data-state", "unauthorised");
        await foreign.HasNoBarrierAsync("board, not signed in");
    }

    [Fact]
    public async Task The_desk_has_no_barrier()
    {
        await hall.EmptyAsync();
        await using var wire = new CutWire(hall.Hub.Http);
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.GoAsync(wire.Address, "/desk/");
        await desk.IsAsync("data-view", "signin");
        await desk.At("#signin-form button").ClickAsync();
        await desk.SaysAsync("#key-error", "Bitte geben Sie Ihren Zugangsschlüssel ein.");
        await desk.HasNoBarrierAsync("desk, key asked for");
        await desk.At("#key").FillAsync(hall.Hub.ClerkToken);
        await desk.At("#signin-form button").ClickAsync();
        await desk.SeesAsync("#choose a >> nth=0");
        await desk.HasNoBarrierAsync("desk, choosing a counter");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Schalter 3" }).ClickAsync();
        await desk.IsAsync("data-mode", "idle");
        await desk.At("#primary").ClickAsync();
        await desk.SaysAsync("#message", "Es wartet niemand");
        await desk.HasNoBarrierAsync("desk, nobody waits");
        await hall.CallAsync("3");
        await hall.Hub.TakeAsync("wohnsitz");
        await hall.Hub.TakeAsync("auskunft");
        await desk.IsAsync("data-mode", "called");
        await desk.HasNoBarrierAsync("desk, called");
        await hall.ActAsync("3", "arrived");
        await desk.IsAsync("data-mode", "serving");
        await desk.At("#language-en").ClickAsync();
        await desk.ShowsAsync("#primary-text", "Finish and next");
        await desk.HasNoBarrierAsync("desk, serving, English");
        await wire.CutAsync();
        await desk.IsAsync("data-state", "offline");
        await desk.SeesAsync("#offline");
        await desk.HasNoBarrierAsync("desk, offline");
        desk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task The_kiosk_has_no_barrier()
    {
        await using var kiosk = await chromium.OpenAsync(1080, 1920);
        await kiosk.GoAsync(hall.Hub.Address, Hall.KioskAddress);
        await kiosk.IsAsync("data-screen", "home");
        await kiosk.HasNoBarrierAsync("kiosk, home");
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
        await kiosk.Page.RouteAsync("**/tickets", route => route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = "{}" }));
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
        await phone.ShowsAsync("h1", "Aufruf");
        await phone.HasNoBarrierAsync("portal, home");
        var mine = await hall.Hub.TakeAsync();
        await phone.GoAsync(hall.Hub.Address, mine.StatusPath);
        await phone.SaysAsync("#live", "Live");
        await phone.HasNoBarrierAsync("ticket, waiting");
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
