using Aufruf.Hub.Push;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>A clerk's day at the desk.</summary>
public sealed class DeskTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    [Fact]
    public async Task A_clerk_chooses_a_counter_and_serves_two_citizens_with_one_key()
    {
        await hall.EmptyAsync();
        var (first, second) = ((await hall.Hub.TakeAsync("ausweis")).Number, (await hall.Hub.TakeAsync("wohnsitz")).Number);
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, "/desk/");
        await desk.IsAsync("data-view", "choose");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Schalter 3" }).ClickAsync();
        await desk.IsAsync("data-view", "work");
        await desk.SaysAsync("#primary-hint", first);

        await ReadyAsync(desk);
        await desk.Page.Keyboard.PressAsync("F2");
        await desk.IsAsync("data-mode", "called");
        await desk.ShowsAsync("#ticket-number", first);
        await desk.ShowsAsync("#primary-text", "Ist da – beginnen");
        Assert.Equal($"{first} – Schalter 3", await desk.Page.TitleAsync());

        await ReadyAsync(desk);
        await desk.Page.Keyboard.PressAsync("F2");
        await desk.IsAsync("data-mode", "serving");
        await desk.ShowsAsync("#primary-text", "Beenden und nächste");

        await ReadyAsync(desk);
        await desk.Page.Keyboard.PressAsync("F2");
        await desk.SaysAsync("#panel-title", $"Schon fertig mit {first}?"); // The visit has just begun.
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.ShowsAsync("#ticket-number", second);
        await desk.IsAsync("data-mode", "called");

        await ReadyAsync(desk);
        await desk.Page.Keyboard.PressAsync("F10");
        await desk.IsAsync("data-mode", "idle");
        await desk.SaysAsync("#undo-text", $"{second} wartet wieder."); // The demo office calls a missed citizen a second time.
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task Calling_when_nobody_waits_says_so_calmly()
    {
        await using var desk = await OpenAsync("3");
        await desk.ShowsAsync("#primary-hint", "Niemand wartet");
        await desk.Page.Keyboard.PressAsync("F2");
        await desk.SaysAsync("#message", "Es wartet niemand");
        await desk.IsAsync("data-mode", "idle");
        desk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_press_made_on_an_old_picture_is_refused_and_changes_nothing()
    {
        await using var one = await OpenAsync("3");
        var (first, second) = ((await hall.Hub.TakeAsync()).Number, (await hall.Hub.TakeAsync()).Number);
        await using var other = await chromium.OpenAsync(1280, 800);
        await other.EnterAsync(hall.Hub, Hall.DeskAddress("3"));
        await other.SaysAsync("#primary-hint", first);
        await one.SaysAsync("#primary-hint", first);
        await ReadyAsync(other);

        // The other desk presses too, and its command is sent while the first one is carried out.
        var hold = new TaskCompletionSource();
        var pressed = new TaskCompletionSource();
        await other.Page.RouteAsync("**/call-next", async route =>
        {
            pressed.TrySetResult();
            await hold.Task;
            await route.ContinueAsync();
        });
        await other.Page.Keyboard.PressAsync("F2");
        await pressed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await one.Page.Keyboard.PressAsync("F2");
        await one.ShowsAsync("#ticket-number", first);
        hold.SetResult();

        await other.SaysAsync("#message", "Am Schalter hat sich inzwischen etwas geändert");
        await other.ShowsAsync("#ticket-number", first);
        await other.SaysAsync("#waiting-list > li:first-child", second);
        await one.IsAsync("data-mode", "called");
        one.ComplainedOfNothing();
        other.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_desk_that_is_cut_off_takes_no_commands_and_says_how_to_go_on_with_paper()
    {
        await hall.EmptyAsync();
        var number = (await hall.Hub.TakeAsync()).Number;
        await using var wire = new CutWire(hall.Hub.Http);
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress("3"), wire.Address);
        await desk.SaysAsync("#primary-hint", number);
        await desk.IsAsync("data-state", "live");

        await wire.CutAsync();
        await desk.IsAsync("data-state", "offline");
        await desk.SaysAsync("#offline", "Bitte rufen Sie nach Belegen auf");
        await Assertions.Expect(desk.At("#primary")).ToHaveAttributeAsync("aria-disabled", "true");
        await Assertions.Expect(desk.At("#presence-pause")).ToHaveAttributeAsync("aria-disabled", "true");
        await desk.Page.Keyboard.PressAsync("F2");
        await desk.SaysAsync("#message", "nicht ausgeführt und wird nicht nachgeholt");
        await desk.PictureAsync("desk-offline");

        wire.Mend();
        await desk.IsAsync("data-state", "live");
        await desk.ShowsAsync("#waiting-list > li:first-child .number", number); // The press while cut off was not kept for later.
        desk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task The_last_step_cannot_be_taken_back_while_cut_off_and_again_when_the_connection_is_back_in_time()
    {
        await hall.EmptyAsync();
        await using var wire = new CutWire(hall.Hub.Http);
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress("3"), wire.Address);
        await desk.IsAsync("data-mode", "idle");
        var number = await hall.CallAsync("3");
        await desk.ShowsAsync("#ticket-number", number);
        await hall.ActAsync("3", "park");
        await desk.SeesAsync("#undo-go");

        await wire.CutAsync();
        await desk.IsAsync("data-state", "offline");
        await desk.PictureAsync("desk-offline-undo");
        await Assertions.Expect(desk.At("#undo")).ToBeHiddenAsync();
        Assert.Equal("", await desk.At("#undo-spoken").TextContentAsync());
        await desk.Page.Keyboard.PressAsync("F4");
        await desk.SaysAsync("#message", "nicht ausgeführt und wird nicht nachgeholt");

        wire.Mend();
        await desk.SeesAsync("#undo-go");
        await desk.Page.Keyboard.PressAsync("F4");
        await desk.IsAsync("data-mode", "called");
        await desk.ShowsAsync("#ticket-number", number);
        desk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task The_desk_speaks_english_and_stays_so()
    {
        await using var desk = await OpenAsync("2");
        await desk.At("#language-en").ClickAsync();
        await desk.ShowsAsync("#own-counter", "Counter 2");
        await desk.ShowsAsync("#primary-text", "Call next");
        await Assertions.Expect(desk.At("html")).ToHaveAttributeAsync("lang", "en");
        await desk.Page.ReloadAsync();
        await desk.ShowsAsync("#primary-text", "Call next");
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_second_desk_with_the_same_key_asks_before_it_closes_the_first()
    {
        await using var first = await OpenAsync("2");
        await using var second = await chromium.OpenAsync(1280, 800);
        await second.EnterAsync(hall.Hub, Hall.DeskAddress("4"));
        await second.SaysAsync("#message", "Sie sind an Schalter 2 angemeldet. Hierher wechseln?");
        await second.ShowsAsync("#primary-text", "Hierher wechseln");
        await first.IsAsync("data-mode", "idle");
        await ReadyAsync(second);
        await second.Page.Keyboard.PressAsync("F2");
        await second.IsAsync("data-mode", "idle");
        await first.IsAsync("data-mode", "away");
        first.ComplainedOfNothing();
        second.ComplainedOfNothing(exceptTheNetwork: true); // The refusal is an answer 409.
    }

    [Fact]
    public async Task A_desk_without_a_session_leads_to_the_sign_in_and_back_to_its_counter()
    {
        await hall.EmptyAsync();
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.GoAsync(hall.Hub.Address, Hall.DeskAddress("3") + $"#token={hall.Hub.ClerkToken}"); // No secret in an address opens it.
        await desk.SaysAsync("h1", "Anmelden");
        await desk.SignInAsync();
        await desk.IsAsync("data-mode", "idle");
        Assert.EndsWith(Hall.DeskAddress("3"), desk.Page.Url, StringComparison.Ordinal);
        desk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_new_build_is_loaded_when_nobody_is_in_the_middle_of_something()
    {
        await hall.EmptyAsync();
        await using var desk = await chromium.OpenAsync(1280, 800);
        var (isUpdated, heard) = (false, 0);
        await desk.Page.RouteWebSocketAsync("**/live/desk**", wire =>
        {
            var hub = wire.ConnectToServer();
            hub.OnMessage(frame =>
            {
                heard += isUpdated ? 1 : 0;
                var build = isUpdated ? "another" : ScreenTools.Build;
                wire.Send(frame.Text?.Replace(ScreenTools.Build, build, StringComparison.Ordinal) ?? "");
            });
        });
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress("2"));
        await desk.IsAsync("data-mode", "idle");
        await desk.Page.EvaluateAsync("document.documentElement.dataset.old = 'true'"); // Gone when the page is loaded anew.
        await desk.At("#enter").ClickAsync();
        await desk.At("#panel textarea").FillAsync("Rollstuhl");
        isUpdated = true;
        await hall.Hub.UntilAsync(() => Task.FromResult(heard > 1), "the desk has heard of the new build");
        await Assertions.Expect(desk.At("html")).ToHaveAttributeAsync("data-old", "true");
        Assert.Equal("Rollstuhl", await desk.At("#panel textarea").InputValueAsync());
        await desk.At("#panel-close").ClickAsync();
        await Assertions.Expect(desk.At("html")).Not.ToHaveAttributeAsync("data-old", "true");
        await desk.IsAsync("data-mode", "idle");
    }

    private async Task<Window> OpenAsync(string counter)
    {
        await hall.EmptyAsync();
        var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress(counter));
        await desk.IsAsync("data-mode", "idle"); // Opening a counter's address is logging in there.
        await ReadyAsync(desk);
        return desk;
    }

    /// <summary>As a clerk does: looks whether the button may be pressed.</summary>
    private static Task ReadyAsync(Window desk) => Assertions.Expect(desk.At("#primary")).ToHaveAttributeAsync("aria-disabled", "false");
}
