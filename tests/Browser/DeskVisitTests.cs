using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>A clerk's work besides calling and finishing, with the keyboard alone unless a name says otherwise.</summary>
public sealed class DeskVisitTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    [Fact]
    public async Task A_whole_visit_needs_no_mouse()
    {
        await hall.EmptyAsync();
        var (first, second) = ((await hall.Hub.TakeAsync()).Number, (await hall.Hub.TakeAsync("wohnsitz")).Number);
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, "/desk/");
        await desk.SeesAsync("#choose a >> nth=2");
        await desk.At("#choose a >> nth=2").FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.IsAsync("data-mode", "idle");

        await PressAsync(desk, "F2");
        await desk.ShowsAsync("#ticket-number", first);
        await PressAsync(desk, "F8");
        await desk.SaysAsync("#facts", "(2-mal)");
        await PressAsync(desk, "F2");
        await desk.IsAsync("data-mode", "serving");

        // Set aside for ten minutes: the key, one step to the right, enter.
        await PressAsync(desk, "F7");
        await desk.SaysAsync(":focus", "Ohne Erinnerung");
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.IsAsync("data-mode", "idle");
        await desk.ShowsAsync("#undo-text", $"{first} geparkt.");
        await desk.ShowsAsync("#tab-parked", "Geparkt 1");

        await PressAsync(desk, "F4");
        await desk.IsAsync("data-mode", "serving");
        await desk.ShowsAsync("#tab-parked", "Geparkt 0");

        // Escape leaves a panel, and the focus is where it was.
        await desk.At("#primary").FocusAsync();
        await PressAsync(desk, "F9");
        await desk.SeesAsync("#panel");
        await desk.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(desk.At("#panel")).ToBeHiddenAsync();
        await Assertions.Expect(desk.At("#primary")).ToBeFocusedAsync();

        await PressAsync(desk, "F2");
        await desk.ShowsAsync("#ticket-number", second);
        await PressAsync(desk, "F2");
        await desk.IsAsync("data-mode", "serving");
        await PressAsync(desk, "F2");
        await desk.SaysAsync(":focus", $"Bei {second} bleiben"); // The visit has just begun.
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.IsAsync("data-mode", "idle");
        await desk.ShowsAsync("#undo-text", $"{second} beendet.");
        await desk.SaysAsync("#undo-spoken", "Rückgängig mit F4");
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task What_was_done_is_written_down_by_quantity_and_a_note_keeps_itself()
    {
        await using var desk = await OpenAsync();
        var number = (await hall.Hub.TakeAsync()).Number;
        await desk.SaysAsync("#primary-hint", number);
        await PressAsync(desk, "F2");
        await desk.IsAsync("data-mode", "called");
        await desk.At("#note-field").FillAsync("Foto fehlt");
        await desk.ShowsAsync("#note [role=status]", "gespeichert"); // After a pause, without leaving the field.
        await PressAsync(desk, "F2");
        await desk.IsAsync("data-mode", "serving");
        await Assertions.Expect(desk.At("#note-field")).ToHaveValueAsync("Foto fehlt");
        var finished = desk.Page.WaitForRequestAsync("**/finish");
        await desk.At("#given").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Ausweis und Pass: eine mehr" }).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Beenden", Exact = true }).ClickAsync();
        Assert.Contains("\"given\":[{\"service\":\"ausweis\",\"quantity\":2}]", (await finished).PostData, StringComparison.Ordinal);
        await desk.IsAsync("data-mode", "idle");
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task Somebody_is_entered_by_hand_given_priority_and_called_at_once()
    {
        await using var desk = await OpenAsync();
        await hall.Hub.TakeAsync();
        await desk.At("#enter").ClickAsync();
        await desk.At("#panel select >> nth=0").SelectOptionAsync("wohnsitz");
        await desk.At("#panel textarea").FillAsync("Rollstuhl");
        await desk.At("#panel button[type=submit]").ClickAsync();
        await desk.SaysAsync("#message", "ist eingetragen");
        var entered = (await desk.At("#message").InnerTextAsync())[..4];
        var row = desk.At("#waiting-list > li", entered);
        await row.Locator(".more").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Vorrang", Exact = true }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Schwerbehinderung" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Vorrang: Schwerbehinderung");
        await Assertions.Expect(row).ToContainTextAsync("Notiz");
        await row.Locator(".more").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Aufrufen", Exact = true }).ClickAsync();
        await desk.ShowsAsync("#ticket-number", entered);
        await desk.SaysAsync("#tags", "Vorrang: Schwerbehinderung");
        await Assertions.Expect(desk.At("#note-field")).ToHaveValueAsync("Rollstuhl");
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_call_for_help_is_not_made_by_accident_and_answered_at_other_desks()
    {
        await using var desk = await OpenAsync();
        await desk.At("#emergency").ClickAsync();
        await desk.ShowsAsync("#emergency-text", "Zum Auslösen halten oder noch einmal drücken");
        await Assertions.Expect(desk.At("#emergencies")).ToBeHiddenAsync();
        await desk.At("#emergency").ClickAsync();
        await desk.SaysAsync("#emergencies", "Notruf ausgelöst");
        Assert.StartsWith("NOTRUF", await desk.Page.TitleAsync(), StringComparison.Ordinal);
        await desk.At("#emergencies button").ClickAsync();
        await Assertions.Expect(desk.At("#emergencies")).ToBeHiddenAsync();

        await hall.ActAsync("2", "emergency");
        await desk.SaysAsync("#emergencies", "Notruf an Schalter 2");
        await desk.At("#emergencies button").ClickAsync();
        await desk.SaysAsync("#emergencies", "Es kommt: Schalter 3");
        await hall.ActAsync("2", "emergency-end");
        await Assertions.Expect(desk.At("#emergencies")).ToBeHiddenAsync();
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_second_press_in_the_same_breath_does_nothing_and_next_is_taken_back_with_one_key()
    {
        await using var desk = await OpenAsync();
        var (first, second) = ((await hall.Hub.TakeAsync()).Number, (await hall.Hub.TakeAsync()).Number);
        await desk.SaysAsync("#primary-hint", first);
        foreach (var (mode, number) in new[] { ("called", first), ("serving", first), ("called", second) })
        {
            await PressAgainAtOnceAsync(desk, mode);
            await PressAsync(desk, "F2");
            if (number == second)
            {
                await desk.Page.GetByRole(AriaRole.Button, new() { Name = $"{first} beenden und {second} aufrufen" }).ClickAsync();
            }

            await desk.SaysAsync("#message", "Gerade hat sich etwas geändert");
            await desk.IsAsync("data-mode", mode);
            await desk.ShowsAsync("#ticket-number", number);
        }

        // "Next" was too much: undo puts the called citizen back and reopens the served one, at once.
        await desk.ShowsAsync("#undo-text", $"{first} abgeschlossen, {second} aufgerufen.");
        await desk.Page.Keyboard.PressAsync("F4");
        await desk.IsAsync("data-mode", "serving");
        await desk.ShowsAsync("#ticket-number", first);
        await desk.SaysAsync("#waiting-list > li:first-child", second);
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task Calling_somebody_else_over_a_called_citizen_asks_what_became_of_that_one()
    {
        await using var desk = await OpenAsync();
        var (first, second) = ((await hall.Hub.TakeAsync()).Number, (await hall.Hub.TakeAsync()).Number);
        await desk.SaysAsync("#primary-hint", first);
        await PressAsync(desk, "F2");
        await desk.ShowsAsync("#ticket-number", first);
        var row = desk.At("#waiting-list > li", second);
        await row.Locator(".more").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Aufrufen", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync($"Was wurde aus {first}?");
        await desk.HasNoBarrierAsync("desk, asks what became");
        await desk.ShowsAsync("#ticket-number", first);
        await row.GetByRole(AriaRole.Button, new() { Name = "Nicht erschienen", Exact = true }).ClickAsync();
        await desk.ShowsAsync("#ticket-number", second);
        await desk.SaysAsync("#waiting-list > li:first-child", first); // The demo office calls a second time.
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task Finishing_says_what_else_was_wished()
    {
        await using var desk = await OpenAsync();
        await desk.At("#enter").ClickAsync();
        await desk.At("#panel .also input >> nth=1").CheckAsync();
        await desk.At("#panel button[type=submit]").ClickAsync();
        await desk.SaysAsync("#message", "ist eingetragen");
        await PressAsync(desk, "F2");
        await desk.IsAsync("data-mode", "called");
        await PressAsync(desk, "F2");
        await desk.IsAsync("data-mode", "serving");
        await PressAsync(desk, "F2");
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.IsAsync("data-mode", "idle");
        await desk.SaysAsync("#message", "Gewünscht war auch:");
        await desk.SeesAsync("#undo-go");
        desk.ComplainedOfNothing();
    }

    private async Task<Window> OpenAsync()
    {
        await hall.EmptyAsync();
        var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress("3"));
        await desk.IsAsync("data-mode", "idle");
        return desk;
    }

    /// <summary>As a clerk does: looks whether the desk is ready, then presses.</summary>
    /// <summary>In the very moment of the new state, a key and the button are pressed again.</summary>
    private static Task<System.Text.Json.JsonElement?> PressAgainAtOnceAsync(Window desk, string mode) => desk.Page.EvaluateAsync("""
        mode => void new MutationObserver((_, observer) => {
          if (document.body.dataset.mode === mode) {
            observer.disconnect();
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "F2", bubbles: true }));
            document.querySelector("#primary").click();
          }
        }).observe(document.body, { attributes: true })
        """, mode);

    private static async Task PressAsync(Window desk, string key)
    {
        await Assertions.Expect(desk.At("#primary")).ToHaveAttributeAsync("aria-disabled", "false");
        await desk.Page.Keyboard.PressAsync(key);
    }
}
