using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>Each state of the desk: on the screen, without a barrier, whole without scrolling. With AUFRUF_PICTURES=folder they are kept as pictures.</summary>
public sealed class DeskStateTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    private static readonly (string Opener, string Title)[] Panels =
    [
        ("#return", "zurück in die Warteschlange"), ("#switch", "weitere Leistung beginnen"), ("#given", "Was wurde erledigt?"), ("#transfer", "weiterleiten"),
        ("#park", "parken"), ("#enter", "Jemanden eintragen"), ("#services", "Ticketausgabe"), ("#seat", "Mein Schalter"),
    ];

    [Fact]
    public async Task No_state_of_a_visit_has_a_barrier()
    {
        await using var desk = await FullHallAsync(hall.Hub.Address);
        await SeenAsync(desk, "idle");
        await desk.Page.Keyboard.PressAsync("F2");
        await desk.IsAsync("data-mode", "called");
        await SeenAsync(desk, "called");
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
    public async Task Neither_an_emergency_nor_a_cut_connection_is_a_barrier()
    {
        await using var wire = new CutWire(hall.Hub.Http);
        await using var desk = await FullHallAsync(wire.Address);
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
        await wire.CutAsync();
        await desk.IsAsync("data-state", "offline", 20);
        await desk.SeesAsync("#offline");
        await SeenAsync(desk, "offline");
        desk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Theory]
    [InlineData(1024, 768)]
    [InlineData(1920, 1080)]
    public async Task The_desk_is_one_screen(int width, int height)
    {
        await using var desk = await FullHallAsync(hall.Hub.Address);
        await desk.Page.Keyboard.PressAsync("F2");
        await desk.IsAsync("data-mode", "called");
        await desk.Page.SetViewportSizeAsync(width, height);
        await FitsAsync(desk);
    }

    [Fact]
    public async Task Twice_as_large_a_text_or_a_narrow_window_loses_nothing_sideways()
    {
        await using var desk = await FullHallAsync(hall.Hub.Address);
        await desk.Page.SetViewportSizeAsync(640, 400); // 1280 by 800 at 200 %.
        Assert.Equal(640, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await desk.FitsANarrowScreenAsync();
    }

    /// <summary>People wait for several services, somebody is served elsewhere, and the clerk is free at counter 3.</summary>
    private async Task<Window> FullHallAsync(Uri address)
    {
        await hall.EmptyAsync();
        await hall.CallAsync("1");
        await hall.CallAsync("2", "wohnsitz");
        await hall.ActAsync("2", "arrived");
        foreach (var service in new[] { "ausweis", "wohnsitz", "abholung", "fuehrerschein", "auskunft", "bescheinigung" })
        {
            await hall.Hub.TakeAsync(service);
        }

        var desk = await chromium.OpenAsync(1280, 800);
        await desk.GoAsync(address, hall.DeskAddress("3"));
        await desk.IsAsync("data-mode", "idle");
        return desk;
    }

    private static async Task SeenAsync(Window desk, string state)
    {
        await FitsAsync(desk);
        await desk.PictureAsync($"desk-{state}");
        await desk.HasNoBarrierAsync($"desk, {state}");
    }

    private static async Task FitsAsync(Window desk)
    {
        Assert.Equal(0, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        Assert.Equal(0, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollHeight - innerHeight"));
        await desk.ReadsInFullAsync(".bar");
    }

    private static Task ReadyAsync(Window desk) => Assertions.Expect(desk.At("#primary")).ToHaveAttributeAsync("aria-disabled", "false");
}
