using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>Each state of the desk: on the screen, without a barrier, whole without scrolling. With AUFRUF_PICTURES=folder they are kept as
/// pictures.</summary>
public sealed class DeskStateTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    private static readonly (string Opener, string Title)[] Panels =
    [
        ("#return", "zurück in die Warteschlange"), ("#switch", "weitere Leistung beginnen"), ("#given", "Was wurde erledigt?"),
            ("#transfer", "weiterleiten"),
        ("#park", "parken"), ("#enter", "Jemanden eintragen"), ("#services", "Ticketausgabe"), ("#seat", "Mein Schalter"),
    ];

    [Fact]
    public async Task No_state_of_a_visit_has_a_barrier()
    {
        await hall.EmptyAsync();
        await using var desk = await SignInAsync(hall.Hub.Address);
        await FillHallAsync();
        await desk.SeesAsync("#waiting-list > li >> nth=2");
        await SeenAsync(desk, "idle");
        await desk.Page.Keyboard.PressAsync("F2");
        await desk.IsAsync("data-mode", "called");
        await SeenAsync(desk, "called", inForcedColours: true);
        await IsOneScreenAsync(desk);
        await ReadyAsync(desk);
        await desk.Page.Keyboard.PressAsync("F2");
        await desk.IsAsync("data-mode", "serving");
        await desk.SeesAsync("#undo");
        await SeenAsync(desk, "serving");
        foreach (var (opener, title) in Panels)
        {
            await desk.At(opener).ClickAsync();
            await desk.SaysAsync("#panel-title", title);
            await SeenAsync(desk, $"panel-{opener[1..]}");
        }

        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.At("#language-en").ClickAsync();
        await desk.ShowsAsync("#primary-text", "Finish and next");
        await SeenAsync(desk, "serving-english");
        await desk.At("#language-de").ClickAsync();
        await hall.ActAsync("3", "park");
        await desk.IsAsync("data-mode", "idle");
        await desk.SeesAsync("#undo");
        await SeenAsync(desk, "undo");
        await desk.At("#tab-parked").ClickAsync();
        await desk.At("#waiting-list .more").First.ClickAsync();
        await desk.SeesAsync("#waiting-list .menu button >> nth=0");
        await SeenAsync(desk, "parked");
        await desk.At("#tab-mine").ClickAsync();
        await desk.At("#waiting-list .more").First.ClickAsync();
        await desk.At("#waiting-list .menu button", "Notiz").ClickAsync();
        await desk.SeesAsync("#waiting-list .menu textarea");
        await SeenAsync(desk, "note");
        await desk.At("#presence-pause").ClickAsync();
        await desk.IsAsync("data-mode", "pause");
        await SeenAsync(desk, "pause");
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task Neither_a_refusal_an_emergency_nor_a_cut_connection_is_a_barrier()
    {
        await hall.EmptyAsync();
        await using var wire = new CutWire(hall.Hub.Http);
        await using var desk = await SignInAsync(wire.Address);
        await desk.Page.Keyboard.PressAsync("F2");
        await desk.SaysAsync("#message", "Es wartet niemand");
        await SeenAsync(desk, "nobody-waits");
        await FillHallAsync();
        await hall.ActAsync("2", "emergency");
        await desk.SaysAsync("#emergencies", "Notruf an Schalter 2");
        await SeenAsync(desk, "emergency");
        await hall.ActAsync("2", "emergency-end");
        await hall.ActAsync("3", "emergency");
        await desk.SaysAsync("#emergencies", "Notruf ausgelöst");
        await SeenAsync(desk, "emergency-own");
        await hall.ActAsync("3", "emergency-end");
        await hall.ActAsync("3", "close");
        await desk.IsAsync("data-mode", "away");
        await SeenAsync(desk, "away");
        await desk.At("#waiting-list .more").First.ClickAsync();
        await desk.SaysAsync("#waiting-list .menu button[aria-disabled=true] >> nth=0", "Melden Sie sich zuerst hier an.");
        await desk.At("#waiting-list .more").First.ClickAsync();
        await wire.CutAsync();
        await desk.IsAsync("data-state", "offline");
        await desk.SeesAsync("#offline");
        await SeenAsync(desk, "offline");
        desk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    /// <summary>People wait for several services, and two are at other counters.</summary>
    private async Task FillHallAsync()
    {
        await hall.CallAsync("1");
        await hall.CallAsync("2", "wohnsitz");
        await hall.ActAsync("2", "arrived");
        foreach (var service in new[] { "ausweis", "wohnsitz", "abholung", "fuehrerschein", "auskunft", "bescheinigung" })
        {
            await hall.Hub.TakeAsync(service);
        }
    }

    /// <summary>A clerk with a session chooses counter 3 and is free.</summary>
    private async Task<Window> SignInAsync(Uri address)
    {
        var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, "/desk/", address);
        await desk.SeesAsync("#choose a >> nth=0");
        await desk.HasNoBarrierAsync("desk, choosing a counter");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Schalter 3" }).ClickAsync();
        await desk.IsAsync("data-mode", "idle");
        await ReadyAsync(desk);
        return desk;
    }

    /// <summary>No scrolling on small and large screens; at 200 % or in a narrow window nothing is lost sideways.</summary>
    private static async Task IsOneScreenAsync(Window desk)
    {
        foreach (var (width, height) in new[] { (1024, 768), (1920, 1080) })
        {
            await desk.Page.SetViewportSizeAsync(width, height);
            await FitsAsync(desk);
        }

        await desk.Page.SetViewportSizeAsync(640, 400); // 1280 by 800 at 200 %.
        Assert.Equal(640, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await desk.FitsANarrowScreenAsync();
        await desk.Page.SetViewportSizeAsync(1280, 800);
    }

    private static async Task SeenAsync(Window desk, string state, bool inForcedColours = false)
    {
        await FitsAsync(desk);
        await desk.PictureAsync($"desk-{state}");
        await desk.HasNoBarrierAsync($"desk, {state}", inForcedColours);
    }

    private static async Task FitsAsync(Window desk)
    {
        Assert.Equal(0, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        Assert.Equal(0, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollHeight - innerHeight"));
        await desk.ReadsInFullAsync(".bar");
    }

    private static Task ReadyAsync(Window desk) => Assertions.Expect(desk.At("#primary")).ToHaveAttributeAsync("aria-disabled", "false");
}
