using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>One question, one touch, one number.</summary>
public sealed class KioskTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    [Fact]
    public async Task A_touch_gives_a_number_with_its_code_and_the_kiosk_is_ready_for_the_next()
    {
        await using var kiosk = await OpenAsync();
        await Tile(kiosk, "Wohnsitz anmelden").TapAsync();
        await kiosk.SeesAsync("#ticket-number");
        Assert.Matches("^C[0-9]{3}$", await kiosk.At("#ticket-number").InnerTextAsync());
        await kiosk.ShowsAsync("#ticket-service", "Wohnsitz anmelden");
        await kiosk.ShowsAsync("#ticket-title", "Bitte fotografieren Sie die Nummer"); // Here no printer is connected.
        await kiosk.UntilAsync("document.querySelector('#ticket-code').naturalWidth > 0");
        await kiosk.PictureAsync("kiosk-ticket");
        await kiosk.At("#done").TapAsync();
        await Assertions.Expect(kiosk.At("#ticket")).ToBeHiddenAsync();
        await kiosk.IsAsync("data-screen", "home");
        kiosk.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_double_tap_takes_one_number()
    {
        await using var kiosk = await OpenAsync();
        var requests = 0;
        kiosk.Page.Request += (_, request) => requests += request.Method == "POST"
            && request.Url.EndsWith("/tickets", StringComparison.Ordinal) ? 1 : 0;
        var tile = (await Tile(kiosk, "Führerschein").BoundingBoxAsync())!;
        var (x, y) = (tile.X + (tile.Width / 2), tile.Y + (tile.Height / 2));
        await Task.WhenAll(kiosk.Page.Touchscreen.TapAsync(x, y), kiosk.Page.Touchscreen.TapAsync(x, y));
        await kiosk.SeesAsync("#ticket-number");
        var number = await kiosk.At("#ticket-number").InnerTextAsync();
        var next = (await hall.Hub.TakeAsync("fuehrerschein")).Number;
        Assert.Equal(int.Parse(number[1..], null) + 1, int.Parse(next[1..], null));
        Assert.Equal(1, requests);
        kiosk.ComplainedOfNothing();
    }

    [Fact]
    public async Task The_kiosk_speaks_english_for_one_citizen_and_german_to_the_next()
    {
        await using var kiosk = await OpenAsync();
        await kiosk.At("#languages button", "English").TapAsync();
        await kiosk.ShowsAsync(".home h1", "What would you like to do?");
        await Assertions.Expect(kiosk.At("html")).ToHaveAttributeAsync("lang", "en");
        await Tile(kiosk, "Certificate").TapAsync();
        await kiosk.ShowsAsync("#ticket-title", "Please take a photo of the number");
        await kiosk.At("#done").TapAsync();
        await kiosk.ShowsAsync(".home h1", "Was möchten Sie erledigen?");
        await Assertions.Expect(kiosk.At("html")).ToHaveAttributeAsync("lang", "de");
        kiosk.ComplainedOfNothing();
    }

    [Fact]
    public async Task All_that_can_be_touched_is_on_the_screen_and_large_enough_for_a_finger()
    {
        await using var kiosk = await OpenAsync();
        foreach (var low in new[] { false, true })
        {
            if (low)
            {
                await kiosk.At("#low").TapAsync();
                await Assertions.Expect(kiosk.At("body")).ToContainClassAsync("low");
            }

            foreach (var target in await kiosk.At("button:visible").AllAsync())
            {
                var box = (await target.BoundingBoxAsync())!;
                Assert.True(box is { Width: >= 44, Height: >= 44 } && box.Y >= (low ? 0.4f * 1920 : 0) && box.Y + box.Height <= 1920,
                    $"{await target.InnerTextAsync()}: {box.Width} x {box.Height} at {box.Y}, low: {low}");
            }
        }
    }

    [Fact]
    public async Task A_kiosk_without_a_valid_token_gives_nothing_and_says_so()
    {
        foreach (var token in (string[])["", $"#token={hall.Hub.DisplayToken}", "#token=made~up~token"])
        {
            await using var kiosk = await chromium.OpenAsync(1080, 1920, o => o.HasTouch = true);
            await kiosk.GoAsync(hall.Hub.Address, $"/kiosk/?kiosk={Aufruf.Tests.Running.TestHub.Kiosk}{token}");
            await kiosk.IsAsync("data-screen", "unauthorised");
            await kiosk.SaysAsync("#notice-title", "Der Automat ist nicht angemeldet");
            await kiosk.HasNoBarrierAsync("kiosk without a token");
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_hand_cannot_open_a_menu_drag_zoom_or_swipe_the_page_away(bool isKiosk)
    {
        await using var screen = await chromium.OpenAsync(1080, 1920, o => o.HasTouch = true);
        await screen.GoAsync(hall.Hub.Address, isKiosk ? hall.KioskAddress : hall.BoardAddress);
        await screen.SeesAsync(isKiosk ? "#tiles button >> nth=0" : "#office");
        Assert.Equal("", await screen.Page.EvaluateAsync<string>("""
            () => {
              const events = [
                new MouseEvent("contextmenu", { bubbles: true, cancelable: true }),
                new DragEvent("dragstart", { bubbles: true, cancelable: true }),
                new DragEvent("drop", { bubbles: true, cancelable: true }),
                new WheelEvent("wheel", { bubbles: true, cancelable: true, ctrlKey: true }),
                new Event("selectstart", { bubbles: true, cancelable: true }),
                new Event("gesturestart", { bubbles: true, cancelable: true }),
              ];
              const all = [...document.querySelectorAll("html, body, body *:not(svg *)")];
              const free = all.filter(e => !["none", "pan-y"].includes(getComputedStyle(e).touchAction)).map(e => e.tagName);
              const roots = [document.documentElement, document.body]
                .filter(e => getComputedStyle(e).overscrollBehaviorX !== "none").map(e => "overscroll " + e.tagName);
              return [...events.filter(e => document.body.dispatchEvent(e)).map(e => e.type), ...new Set(free), ...roots].join();
            }
            """));

        // A true pinch and a true swipe to the right, as fingers make them.
        var fingers = await screen.Page.Context.NewCDPSessionAsync(screen.Page);
        var address = screen.Page.Url;
        await TouchAsync(fingers, [(440, 900), (640, 900)], [(240, 900), (840, 900)]);
        await TouchAsync(fingers, [(20, 900)], [(900, 900)]);
        Assert.Equal(1, await screen.Page.EvaluateAsync<double>("visualViewport.scale"));
        Assert.Equal((0, address), (await screen.Page.EvaluateAsync<double>("visualViewport.pageLeft"), screen.Page.Url));
        screen.ComplainedOfNothing();
    }

    private static async Task TouchAsync(ICDPSession fingers, (int X, int Y)[] from, (int X, int Y)[] to)
    {
        foreach (var (type, points) in new[] { ("touchStart", from), ("touchMove", to), ("touchEnd", []) })
        {
            await fingers.SendAsync("Input.dispatchTouchEvent", new()
            {
                ["type"] = type,
                ["touchPoints"] = points.Select((p, id) => new { x = p.X, y = p.Y, id }).ToArray(),
            });
        }
    }

    private static ILocator Tile(Window kiosk, string service) => kiosk.At("#tiles button", service);

    private async Task<Window> OpenAsync()
    {
        var kiosk = await chromium.OpenAsync(1080, 1920, o => o.HasTouch = true);
        await kiosk.GoAsync(hall.Hub.Address, hall.KioskAddress);
        await kiosk.IsAsync("data-screen", "home");
        return kiosk;
    }
}
