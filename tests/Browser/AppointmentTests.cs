using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>The day of an appointment at the kiosk and at the desk.</summary>
public sealed class AppointmentTests(Chromium chromium, AppointmentHall hall) : IClassFixture<AppointmentHall>
{
    [Fact]
    public async Task A_citizen_types_the_code_on_large_keys_and_gets_a_number()
    {
        var code = (string)(await hall.Day.BookAsync("Kiosk"))["code"]!;
        await using var kiosk = await KioskAsync();
        await kiosk.PictureAsync("kiosk-appointment-home");
        await kiosk.At("#low").TapAsync();
        await kiosk.At("#appointment").TapAsync();
        await kiosk.SeesAsync("#check-in");
        foreach (var target in await kiosk.At("#check-in button").AllAsync())
        {
            var box = (await target.BoundingBoxAsync())!;
            Assert.True(box is { Width: >= 44, Height: >= 44 } && box.Y >= 0.4 * 1920 && box.Y + box.Height <= 1920,
                $"{await target.InnerTextAsync()}: {box.Width} x {box.Height} at {box.Y}");
        }

        await kiosk.At("#code-go").TapAsync();
        await kiosk.SaysAsync("#code-error", "Bitte geben Sie zuerst den Code ein.");
        foreach (var letter in "000000000000")
        {
            await kiosk.At($"#keys button >> text='{letter}'").TapAsync();
        }

        await Assertions.Expect(kiosk.At("#code")).ToHaveValueAsync("0000 0000 0000");
        await kiosk.At("#code-go").TapAsync();
        await kiosk.SaysAsync("#code-error", "Zu diesem Code gibt es hier keinen Termin.");
        await kiosk.PictureAsync("kiosk-code-refused");
        await InSimpleWordsAsync(kiosk);
        await kiosk.HasNoBarrierAsync("kiosk, code refused", inForcedColours: true);
        await kiosk.At("#code").FillAsync("");
        foreach (var letter in code.ToUpperInvariant())
        {
            await kiosk.At($"#keys button >> text='{letter}'").TapAsync();
        }

        await kiosk.PictureAsync("kiosk-code");
        await kiosk.At("#code-go").TapAsync();
        await kiosk.SeesAsync("#ticket-number");
        Assert.StartsWith("N", await kiosk.At("#ticket-number").InnerTextAsync(), StringComparison.Ordinal);
        await kiosk.SaysAsync("#ticket-booked", "Ihr Termin:");
        await kiosk.PictureAsync("kiosk-appointment-ticket");
        await kiosk.HasNoBarrierAsync("kiosk, number of an appointment");
        await kiosk.At("#done").TapAsync();
        await Assertions.Expect(kiosk.At("#check-in")).ToBeHiddenAsync();
        Assert.Equal("", await kiosk.At("#code").InputValueAsync());
        kiosk.ComplainedOfNothing(exceptTheNetwork: true); // The refusal is an answer 404.
    }

    /// <summary>The same dialog in Leichte Sprache, also what the hub refuses.</summary>
    private static async Task InSimpleWordsAsync(Window kiosk)
    {
        await kiosk.At("#code-back").TapAsync();
        await kiosk.At("#languages button", "Leichte Sprache").TapAsync();
        await Assertions.Expect(kiosk.At("html")).ToHaveAttributeAsync("lang", "de-simple");
        await kiosk.At("#appointment").TapAsync();
        await kiosk.SaysAsync("#check-in-text", "Der Code steht in Ihrer E-Mail.");
        await kiosk.At("#code-go").TapAsync();
        await kiosk.SaysAsync("#code-error", "Der Code fehlt.");
        await kiosk.At("#code").FillAsync("000000000000");
        await kiosk.At("#code-go").TapAsync();
        await kiosk.SaysAsync("#code-error", "Wir finden keinen Termin. Prüfen Sie bitte den Code.");
        await kiosk.PictureAsync("kiosk-code-simple");
        await kiosk.HasNoBarrierAsync("kiosk, code in Leichte Sprache");
        await kiosk.At("#code-back").TapAsync();
        await kiosk.At("#languages button", "Deutsch").TapAsync();
        await kiosk.At("#appointment").TapAsync();
    }

    [Fact]
    public async Task A_scanner_types_the_address_of_the_mail_at_any_moment()
    {
        var booked = await hall.Day.BookAsync("Scanner");
        var address = $"https://aufruf.example/a/{booked["week"]}/{booked["code"]}";
        await using var kiosk = await KioskAsync();
        await kiosk.Page.Keyboard.TypeAsync(address);
        await kiosk.Page.Keyboard.PressAsync("Enter");
        await kiosk.SeesAsync("#ticket-number");
        var number = await kiosk.At("#ticket-number").InnerTextAsync();
        await kiosk.At("#done").TapAsync();
        await Assertions.Expect(kiosk.At("#ticket")).ToBeHiddenAsync();

        // With the focus on a key of the screen it is the same.
        await kiosk.At("#appointment").TapAsync();
        await kiosk.At("#keys button").First.FocusAsync();
        await kiosk.Page.Keyboard.TypeAsync(address);
        await kiosk.Page.Keyboard.PressAsync("Enter");
        await kiosk.ShowsAsync("#ticket-number", number);
        kiosk.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_clerk_finds_an_appointment_checks_it_in_takes_it_back_and_may_keep_a_cancelled_one()
    {
        var booked = await hall.Day.BookAsync("Erika Mustermann");
        await hall.Day.BookAsync("Max Beispiel", "wohnsitz");
        await using var desk = await DeskAsync();
        await desk.SaysAsync("#appointments-text", "Termine … (");
        await desk.At("#appointments").ClickAsync();
        await desk.SaysAsync("#panel-title", "Termine heute");
        await desk.SaysAsync(".appointments", "Max Beispiel");
        await desk.SaysAsync(".appointments .no-way >> nth=0", "Per Mail nicht erreichbar: keine Adresse");
        await desk.PictureAsync("desk-appointments");
        await desk.HasNoBarrierAsync("desk, appointments", inForcedColours: true);
        await desk.At("#appointment-search").FillAsync(((string)booked["code"]!)[..6].ToUpperInvariant());
        await Assertions.Expect(desk.At(".appointments li")).ToHaveCountAsync(1);
        await desk.At("#appointment-search").FillAsync("erika");
        await Assertions.Expect(desk.At(".appointments li")).ToHaveCountAsync(1);
        await desk.At(".appointments button", "Absagen").ClickAsync();
        await desk.SaysAsync(".appointments .stand", "wird abgesagt");
        await desk.At(".appointments button", "Rückgängig").ClickAsync();
        await desk.At(".appointments button", "Anmelden").ClickAsync();
        await desk.SaysAsync(".appointments .stand", "angemeldet N");
        await desk.SaysAsync("#waiting-list", "Termin ");
        await desk.At(".appointments button", "Anmeldung zurücknehmen").ClickAsync();
        await Assertions.Expect(desk.At(".appointments button", "Absagen")).ToBeVisibleAsync();

        // Another desk or the kiosk checks in: the list follows by itself.
        await hall.Day.CheckInAsync((string)booked["code"]!);
        await desk.SaysAsync(".appointments .stand", "angemeldet N");
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_clerk_books_the_next_appointment_for_the_person_in_front()
    {
        await using var desk = await DeskAsync();
        await desk.At("#appointments").ClickAsync();
        await desk.At("#panel .finder .choice").ClickAsync();
        await desk.SaysAsync("#panel-title", "Termin vergeben");
        await desk.At(".wanted .step >> nth=1").ClickAsync();
        await desk.SeesAsync(".slots label >> nth=0");
        await desk.PictureAsync("desk-book");
        await desk.HasNoBarrierAsync("desk, booking", inForcedColours: true);
        await desk.At(".book [type=submit]").ClickAsync();
        await desk.ShowsAsync(".book .error", "Wählen Sie eine Zeit.");
        await desk.At(".slots label").First.ClickAsync();
        await desk.At(".book input[type=text]").First.FillAsync("Frau Vor Mir");
        await desk.At(".book [type=submit]").ClickAsync();
        await desk.SaysAsync(".booked", "Frau Vor Mir: ");
        await Assertions.Expect(desk.At(".booked .code b")).ToHaveTextAsync(
            new System.Text.RegularExpressions.Regex("^[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}$"));
        await desk.PictureAsync("desk-booked");
        await desk.HasNoBarrierAsync("desk, booked");
        await desk.At("#panel .choice", "Zu den Terminen").ClickAsync();
        await desk.SaysAsync(".appointments", "Frau Vor Mir");
        desk.ComplainedOfNothing();
    }

    private async Task<Window> KioskAsync()
    {
        var kiosk = await chromium.OpenAsync(1080, 1920, o => o.HasTouch = true);
        await kiosk.GoAsync(hall.Hub.Address, hall.KioskAddress);
        await kiosk.IsAsync("data-screen", "home");
        return kiosk;
    }

    private async Task<Window> DeskAsync()
    {
        await hall.EmptyAsync();
        var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress("3"));
        await desk.IsAsync("data-mode", "idle");
        return desk;
    }
}
