using System.Text.Json.Nodes;
using Aufruf.Tests.Running;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>The demo office, where clerks may write down names.</summary>
public sealed class NamesHall : Hall
{
    protected override async Task<string?> OfficeAsync()
    {
        var office = JsonNode.Parse(await File.ReadAllTextAsync(TestHub.DemoOffice))!;
        office["areas"]![0]!["rules"]!["askName"] = true;
        return office.ToJsonString();
    }
}

/// <summary>The desk's work with one citizen beside the visit. With AUFRUF_PICTURES=folder its states are kept as pictures.</summary>
public sealed class DeskCitizenTests(Chromium chromium, NamesHall hall) : IClassFixture<NamesHall>
{
    [Fact]
    public async Task The_big_button_asks_while_a_visit_has_just_begun_and_a_second_press_stays()
    {
        await using var desk = await OpenAsync();
        var (first, second) = ((await hall.Hub.TakeAsync()).Number, (await hall.Hub.TakeAsync()).Number);
        await desk.SaysAsync("#primary-hint", first);
        await PressAsync(desk, "F2");
        await desk.IsAsync("data-mode", "called");
        await PressAsync(desk, "F2");
        await desk.IsAsync("data-mode", "serving");
        await PressAsync(desk, "F2");
        await desk.SaysAsync("#panel-title", $"Schon fertig mit {first}?");
        await Assertions.Expect(desk.At("#panel button", $"Bei {first} bleiben")).ToBeFocusedAsync();
        await SeenAsync(desk, "hasty");
        await desk.Page.Keyboard.PressAsync("F2");
        await Assertions.Expect(desk.At("#panel")).ToBeHiddenAsync();
        await desk.ShowsAsync("#ticket-number", first);
        await Assertions.Expect(desk.At("#undo")).ToBeHiddenAsync(); // Ten seconds later nothing is asked.
        await PressAsync(desk, "F2");
        await desk.ShowsAsync("#ticket-number", second);
        await desk.Page.Keyboard.PressAsync("F4"); // The call and the end before it are one step.
        await desk.ShowsAsync("#ticket-number", first);
        await desk.IsAsync("data-mode", "serving");
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_name_is_written_down_found_and_the_finished_visit_taken_up_again()
    {
        await using var desk = await OpenAsync();
        await desk.At("#enter").ClickAsync();
        await desk.At("#panel").GetByLabel("Name").FillAsync("Erika Mustermann");
        await desk.At("#panel").GetByLabel("Telefon").FillAsync("02404 123456");
        await desk.At("#panel").GetByLabel("Personen").FillAsync("2");
        await SeenAsync(desk, "enter-name");
        await desk.At("#panel button[type=submit]").ClickAsync();
        await desk.SaysAsync("#waiting-list", "Erika Mustermann");
        await PressAsync(desk, "F2");
        await desk.SaysAsync("#facts", "Erika Mustermann · 02404 123456 · 2 Personen");
        await PressAsync(desk, "F2");
        await desk.IsAsync("data-mode", "serving");
        await desk.At("#given").ClickAsync();
        await SeenAsync(desk, "outcomes");
        await desk.At("#panel button", "Unterlagen fehlen").ClickAsync();
        await desk.IsAsync("data-mode", "idle");
        await desk.At("#find").ClickAsync();
        await desk.SaysAsync(".finished", "Unterlagen fehlten");
        await desk.At("#ticket-search").FillAsync("muster");
        await desk.SaysAsync(".found .status", "1 Nummer");
        await SeenAsync(desk, "found");
        await desk.At("#ticket-search").FillAsync("niemand");
        await desk.SaysAsync(".found .status", "Keine Nummer von heute passt dazu.");
        await desk.At("#ticket-search").FillAsync("0240");
        await desk.At(".finished button", "An meinen Schalter").ClickAsync();
        await desk.IsAsync("data-mode", "serving");
        await desk.SaysAsync("#facts", "Erika Mustermann");
        await desk.At("#given").ClickAsync();
        await desk.At("#panel button", "Nichts erledigt").ClickAsync();
        await desk.IsAsync("data-mode", "idle");
        await desk.At("#find").ClickAsync();
        await desk.At(".finished li", "nichts erledigt").GetByText("Wieder einreihen").ClickAsync();
        await desk.SaysAsync("#waiting-list", "Erika Mustermann");
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_waiting_ticket_is_changed_and_sent_on_from_the_list()
    {
        await using var desk = await OpenAsync();
        var number = (await hall.Hub.TakeAsync()).Number;
        var row = desk.At("#waiting-list > li", number);
        await row.Locator(".more").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Ändern …" }).ClickAsync();
        await desk.SaysAsync("#panel-title", $"{number} ändern, ohne Aufruf");
        await SeenAsync(desk, "mend");
        await desk.At("#panel select >> nth=0").SelectOptionAsync("wohnsitz");
        await desk.At("#panel select >> nth=1").SelectOptionAsync("en");
        await desk.At("#panel button[type=submit]").ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Wohnsitz anmelden");
        await Assertions.Expect(row).ToContainTextAsync("Englisch");
        await row.GetByRole(AriaRole.Button, new() { Name = "Ändern …" }).ClickAsync();
        await desk.At("#panel button", "Weiterleiten …").ClickAsync();
        await desk.At("#panel button", "Schalter 2").First.ClickAsync();
        await Assertions.Expect(desk.At("#tab-all")).ToHaveTextAsync("Alle 1");
        await desk.At("#tab-all").ClickAsync();
        await Assertions.Expect(desk.At("#waiting-list > li", number)).ToContainTextAsync("für Schalter 2");
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_message_reaches_the_phone_and_the_slip_is_shown_as_a_code()
    {
        await using var desk = await OpenAsync();
        var taken = await hall.Hub.TakeAsync();
        await using var phone = await chromium.OpenAsync(390, 844);
        await phone.GoAsync(hall.Hub.Address, taken.StatusPath);
        await phone.ShowsAsync("#number", taken.Number);
        await Assertions.Expect(phone.At("#message")).ToBeHiddenAsync();
        await desk.SaysAsync("#primary-hint", taken.Number);
        await PressAsync(desk, "F2");
        await desk.IsAsync("data-mode", "called");
        await desk.At("#reach").ClickAsync();
        await desk.At("#panel button", "QR-Code zeigen").ClickAsync();
        await desk.SeesAsync("#panel .qr > *");
        await SeenAsync(desk, "reach");
        await desk.At("#panel select").SelectOptionAsync("papers-ready");
        await desk.At("#panel button", "Senden").First.ClickAsync();
        await desk.SaysAsync("#message", "Die Mitteilung steht auf der Seite der Wartenummer.");
        await phone.SaysAsync("#message", "Bitte halten Sie Ihre Unterlagen bereit.");
        await phone.PictureAsync("ticket-message");
        await phone.HasNoBarrierAsync("ticket, a message");
        await desk.At("#reach").ClickAsync();
        await desk.At("#panel").GetByLabel("Eigener Text").FillAsync("Ihr Foto ist fertig.");
        await desk.Page.Keyboard.PressAsync("Enter");
        await phone.SaysAsync("#message", "Ihr Foto ist fertig.");
        await using var plain = await chromium.OpenAsync(390, 844, o => o.JavaScriptEnabled = false);
        await plain.GoAsync(hall.Hub.Address, taken.StatusPath + "?lang=ar");
        await plain.SaysAsync("#message", "Ihr Foto ist fertig.");
        Assert.All(new[] { desk, phone }, window => window.ComplainedOfNothing());
    }

    [Fact]
    public async Task The_next_ticket_of_one_service_is_called_and_a_parked_one_says_whose_it_is()
    {
        await using var desk = await OpenAsync();
        await hall.Hub.TakeAsync();
        var wanted = (await hall.Hub.TakeAsync("fuehrerschein")).Number;
        await desk.At("#next-for").ClickAsync();
        await desk.SaysAsync("#panel", "Auch für Leistungen, die dieser Schalter sonst nicht aufruft.");
        await desk.SaysAsync("#panel [data-service=fuehrerschein]", "1 wartet");
        await SeenAsync(desk, "next-for");
        await desk.At("#panel [data-service=fuehrerschein]").ClickAsync();
        await desk.ShowsAsync("#ticket-number", wanted);
        await PressAsync(desk, "F7");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.IsAsync("data-mode", "idle");
        await desk.At("#tab-parked").ClickAsync();
        await desk.SaysAsync("#waiting-list", "Geparkt von ");
        await SeenAsync(desk, "parked-by");
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

    /// <summary>On one screen, and without a barrier.</summary>
    private static async Task SeenAsync(Window desk, string state)
    {
        Assert.Equal(0, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        Assert.Equal(0, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollHeight - innerHeight"));
        await desk.PictureAsync($"desk-{state}");
        await desk.HasNoBarrierAsync($"desk, {state}");
    }

    private static async Task PressAsync(Window desk, string key)
    {
        await Assertions.Expect(desk.At("#primary")).ToHaveAttributeAsync("aria-disabled", "false");
        await desk.Page.Keyboard.PressAsync(key);
    }
}
