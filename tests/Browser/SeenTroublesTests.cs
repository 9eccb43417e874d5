using System.Text.RegularExpressions;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>The desk lists troubles with their times until a clerk has seen them.</summary>
public sealed partial class SeenTroublesTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    [Fact]
    public async Task Troubles_stand_at_every_desk_until_one_clerk_has_seen_them_with_the_keyboard()
    {
        await using var printer = await RawDevice.ConnectAsync(hall.Hub, "printer-1");
        await using var one = await OpenAsync("3");
        await using var other = await OpenAsync("2");
        foreach (var trouble in (PrinterCondition[])[PrinterCondition.PaperOut, PrinterCondition.CoverOpen, PrinterCondition.CutterError])
        {
            await printer.SayAsync(Topics.State, new DeviceState(1, DevicePresence.Ready, null, trouble), ProtocolJson.Default.DeviceState);
        }

        await printer.SayAsync(Topics.State, new DeviceState(1, DevicePresence.Ready, null, PrinterCondition.Ready),
            ProtocolJson.Default.DeviceState); // It is over; nobody knows of it yet.
        await SaysAsync(one, "printer-1: Papier leer", "printer-1: Klappe offen", "printer-1: Schneider klemmt");
        await SaysAsync(other, "printer-1: Papier leer", "printer-1: Klappe offen", "printer-1: Schneider klemmt");
        await Assertions.Expect(Rows(one).First.Locator("time")).ToHaveTextAsync(Clock());
        await one.HasNoBarrierAsync("desk, troubles");
        await one.PictureAsync("desk-troubles");
        // However many there are, the counters stay in sight.
        await Assertions.Expect(one.At("#troubles li >> visible=true")).ToHaveCountAsync(2);
        Assert.True(await one.At("#counters").EvaluateAsync<bool>(
            "list => { const panel = list.closest('.panel'); return panel.scrollHeight <= panel.clientHeight; }"));
        await one.At("#troubles-more").ClickAsync();
        await one.PictureAsync("desk-troubles-all");
        var spoken = one.Page.GetByRole(AriaRole.Status, new() { Name = "Störungen" });
        await Assertions.Expect(spoken.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "printer-1" })).ToHaveCountAsync(3);

        // A row keeps its trouble: a hand that presses twice has seen one.
        var first = one.Page.GetByRole(AriaRole.Button, new() { Name = "Gesehen: printer-1: Papier leer" });
        await first.FocusAsync();
        await one.Page.Keyboard.PressAsync("Enter");
        await one.Page.Keyboard.PressAsync("Enter");
        await SaysAsync(one, "printer-1: Klappe offen", "printer-1: Schneider klemmt");
        await SaysAsync(other, "printer-1: Klappe offen", "printer-1: Schneider klemmt");
        await one.Page.Keyboard.PressAsync("Enter");
        await one.Page.Keyboard.PressAsync("Tab"); // The focus stayed in the list.
        var second = one.Page.GetByRole(AriaRole.Button, new() { Name = "Gesehen: printer-1: Klappe offen" });
        await Assertions.Expect(second).ToBeFocusedAsync();
        await one.Page.Keyboard.PressAsync("Space");
        await SaysAsync(one, "printer-1: Schneider klemmt");

        await using (var late = await OpenAsync("1")) // Seen troubles stay away from later desks too.
        {
            await SaysAsync(late, "printer-1: Schneider klemmt");
            await late.At("#language-en").ClickAsync();
            await late.Page.GetByRole(AriaRole.Button, new() { NameRegex = SeenInEnglish() }).ClickAsync();
        }

        foreach (var desk in (Window[])[one, other])
        {
            await SaysAsync(desk);
            await desk.Page.ReloadAsync();
            await desk.IsAsync("data-state", "live");
            await SaysAsync(desk);
            desk.ComplainedOfNothing(exceptTheNetwork: true); // One clerk has several desks: the hub asks before it moves.
        }
    }

    private static ILocator Rows(Window desk) => desk.At("#troubles li", "printer-1");

    private static async Task SaysAsync(Window desk, params string[] troubles)
    {
        await Assertions.Expect(Rows(desk)).ToHaveCountAsync(troubles.Length);
        for (var n = 0; n < troubles.Length; n++)
        {
            await Assertions.Expect(Rows(desk).Nth(n)).ToContainTextAsync(troubles[n]);
        }
    }

    private async Task<Window> OpenAsync(string counter)
    {
        var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress(counter));
        await desk.IsAsync("data-state", "live");
        return desk;
    }

    [GeneratedRegex("^[0-2][0-9]:[0-5][0-9]$")]
    private static partial Regex Clock();

    [GeneratedRegex("^Seen: printer-1")]
    private static partial Regex SeenInEnglish();
}
