
namespace Aufruf.Tests.Browser.Portal;

/// <summary>A citizen books, changes and cancels, each step without JavaScript.</summary>
public sealed class BookingTests(Chromium chromium, TownHall hall) : IClassFixture<TownHall>
{
    private static readonly string[] Fields = ["#name", "#mail", "#phone", "#remark"];

    private Task<Window> OpenAsync(int width = 390, int height = 844, string language = "de-DE", string zone = "Pacific/Kiritimati") =>
        chromium.OpenAsync(width, height, o => (o.JavaScriptEnabled, o.Locale, o.TimezoneId) = (false, language, zone));

    [Fact]
    public async Task A_citizen_finds_a_service_by_another_word_and_books_it_for_two()
    {
        await using var phone = await OpenAsync();
        await phone.GoAsync(hall.Hub.Address, "/");
        await phone.ShowsAsync("h1", "Was möchten Sie erledigen?");
        await phone.SaysAsync(".ways", "Nächster freier: ");
        await phone.At("#q").FillAsync("Perso abgelaufn");
        await phone.At(".find button").ClickAsync();
        await phone.At(".services a").First.ClickAsync();
        await phone.ShowsAsync("h1", "Ausweis oder Pass beantragen");
        await phone.SaysAsync(".text", "ein biometrisches Foto");
        await phone.At(".row .button").First.ClickAsync();
        await phone.ShowsAsync("h1", "Wo möchten Sie den Termin?");
        await phone.At(".chosen a").ClickAsync();
        await phone.At("select").First.SelectOptionAsync("ausweis:2");
        await phone.At("form .button").ClickAsync();
        await phone.SaysAsync(".chosen", "Ausweis oder Pass beantragen (2 Personen)");
        await phone.At("form .button").ClickAsync();
        await phone.ShowsAsync(".error-summary a", "Wählen Sie einen Standort aus");
        Assert.StartsWith("Fehler:", await phone.Page.TitleAsync(), StringComparison.Ordinal);
        await phone.At("input[value=annahaus]").CheckAsync();
        await phone.At("form .button").ClickAsync();

        await phone.ShowsAsync("h1", "Wann möchten Sie kommen?");
        await phone.SaysAsync(".day legend >> nth=0", "Bürgerbüro Annahaus");
        await phone.At("form .button").First.ClickAsync();
        await phone.ShowsAsync(".error-summary a", "Wählen Sie eine Uhrzeit aus");
        await phone.At(".slots input").Nth(2).CheckAsync(new() { Force = true });
        await phone.At("form .button").First.ClickAsync();
        await phone.ShowsAsync("h1", "Ihre Angaben");
        await phone.SaysAsync("#hold", "Wir halten diese Zeit bis");
        Assert.DoesNotContain("erika", phone.Page.Url, StringComparison.OrdinalIgnoreCase);

        await phone.EnterAsync("Erika Mustermann", "erika", "keine", "mit Kinderwagen");
        await phone.SaysAsync(".error-summary", "2 Angaben fehlen oder stimmen nicht");
        Assert.Equal(["Erika Mustermann", "erika", "keine", "mit Kinderwagen"],
            await Task.WhenAll(Fields.Select(field => phone.At(field).InputValueAsync())));
        await phone.PressAsync("extend");
        Assert.Equal("mit Kinderwagen", await phone.At("#remark").InputValueAsync());
        await phone.EnterAsync("Erika Mustermann", hall.NewMail, "02404 12345", "mit Kinderwagen");
        await phone.ShowsAsync("h1", "Stimmt alles?");
        await phone.PressAsync("change");
        Assert.Equal("02404 12345", await phone.At("#phone").InputValueAsync());
        await phone.PressAsync("check");
        await phone.SaysAsync(".facts >> nth=0", "15 Minuten");
        await phone.PressAsync("book");

        await phone.OnPageAsync("preconfirmed");
        await phone.SaysAsync(".status", "Öffnen Sie den Link darin bis");
        await phone.ConfirmAsync(hall);
        await phone.ShowsAsync("#state", "Ihr Termin steht fest");
        await phone.SaysAsync(".text", "Ihren bisherigen Ausweis");
        await phone.SaysAsync(".facts", "Ortszeit (Berlin)");
        phone.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task An_appointment_is_found_by_its_code_moved_and_cancelled()
    {
        await using var phone = await OpenAsync(1280, 900);
        await phone.BookAsync(hall, slot: 8);
        var (mine, when) = (phone.Mine(), await phone.At("#when").InnerTextAsync());
        var code = await phone.At("#code").InnerTextAsync();
        await phone.GoAsync(hall.Hub.Address, "/appointments");
        await phone.At("#code").FillAsync(code.ToUpperInvariant());
        await phone.At("form .button").ClickAsync();
        await phone.ShowsAsync(".error-summary a", "Geben Sie den Tag des Termins ein");
        Assert.Equal(code.ToUpperInvariant(), await phone.At("#code").InputValueAsync());
        await phone.At("#day").FillAsync("2026-01-05");
        await phone.At("form .button").ClickAsync();
        await phone.SaysAsync(".error-summary", "keinen Termin");
        await phone.At("#day").FillAsync(await hall.DayOfAsync(mine));
        await phone.At("form .button").ClickAsync();
        await phone.OnPageAsync("confirmed");

        await phone.At("a[href*='/rebook']").ClickAsync();
        await phone.SaysAsync(".note", when);
        await phone.At(".slots input").Nth(20).CheckAsync(new() { Force = true });
        await phone.At("form .button").First.ClickAsync();
        await phone.OnPageAsync("confirmed");
        Assert.NotEqual(when, await phone.At("#when").InnerTextAsync());
        Assert.Equal(code, await phone.At("#code").InnerTextAsync());

        await phone.At("a[href*='/cancel']").ClickAsync();
        await phone.At("form .button").ClickAsync();
        await phone.ShowsAsync(".error-summary a", "Setzen Sie das Häkchen, wenn Sie den Termin absagen möchten");
        await phone.At("#sure").CheckAsync();
        await phone.At("form .button").ClickAsync();
        await phone.OnPageAsync("cancelled");
        await phone.SaysAsync(".status", "Sie haben ihn selbst abgesagt");
        phone.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_time_that_somebody_else_has_taken_keeps_all_that_was_typed()
    {
        await using var phone = await OpenAsync();
        await phone.HoldAsync(hall.Hub.Address, "wohnsitz", slot: 30);
        var before = phone.Page.Url;
        await using (var other = await OpenAsync())
        {
            await other.GoAsync(hall.Hub.Address, phone.Mine());
            await other.PressAsync("give-up");
            await other.SeesAsync(".slots >> nth=0");
        }

        await phone.EnterAsync("Erika Mustermann", hall.NewMail, remark: "zweiter Stock");
        await phone.SaysAsync(".error-summary", "jemand anderes hat diesen Termin");
        Assert.Equal("zweiter Stock", await phone.At("#remark").InputValueAsync());
        await phone.At(".slots input").Nth(31).CheckAsync(new() { Force = true });
        await phone.PressAsync("another");
        await phone.SeesAsync("#hold");
        Assert.NotEqual(before, phone.Page.Url);
        Assert.Equal("zweiter Stock", await phone.At("#remark").InputValueAsync());
        await phone.PressAsync("check");
        await phone.ShowsAsync("h1", "Stimmt alles?");
        phone.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Theory]
    [InlineData("fuehrerschein", "noch nicht freigegeben")]
    [InlineData("abholung", "Im Moment ist kein Termin frei.")]
    public async Task Nothing_free_and_not_open_yet_are_different_sentences(string service, string sentence)
    {
        await using var phone = await OpenAsync();
        await phone.GoAsync(hall.Hub.Address, $"/book?service={service}&office=rathaus");
        await phone.SaysAsync("#no-slots", sentence);
        await phone.GoAsync(hall.Hub.Address, "/book?service=fuehrerschein&service=ausweis");
        await phone.SaysAsync("#apart", "getrennte Termine");
    }

    [Fact]
    public async Task The_back_button_and_a_second_press_book_nothing_twice()
    {
        await using var phone = await OpenAsync();
        await phone.HoldAsync(hall.Hub.Address, slot: 40);
        await phone.EnterAsync("Erika Mustermann", hall.NewMail);
        await phone.PressAsync("book");
        await phone.OnPageAsync("preconfirmed");
        var mine = phone.Mine();
        await phone.Page.GoBackAsync();
        await phone.ShowsAsync("h1", "Stimmt alles?");
        await phone.Page.GoBackAsync();
        Assert.Equal("Erika Mustermann", await phone.At("#name").InputValueAsync());
        await phone.Page.GoForwardAsync();
        await phone.PressAsync("book");
        await phone.OnPageAsync("preconfirmed");
        Assert.Equal(mine, phone.Mine());
        await phone.ConfirmAsync(hall);
        await phone.Page.GoBackAsync();
        await phone.OnPageAsync("confirmed");
        Assert.Equal(mine, phone.Mine());
    }

    [Fact]
    public async Task A_citizen_leaves_a_wish_gets_an_offer_and_accepts_it()
    {
        await using var phone = await OpenAsync();
        await phone.GoAsync(hall.Hub.Address, "/book?service=wohnsitz&office=rathaus");
        await phone.At("#wish a").ClickAsync();
        await phone.ShowsAsync("h1", "Ihr Terminwunsch");
        await phone.At("[value=tu-morning]").CheckAsync();
        await phone.At("[value=th-afternoon]").CheckAsync();
        await phone.At("#first").FillAsync("2031-02-02");
        await phone.At("#last").FillAsync("2031-02-01");
        await phone.At("form .button").First.ClickAsync();
        await phone.ShowsAsync(".error-summary a", "Der letzte Tag darf nicht vor dem ersten liegen");
        Assert.True(await phone.At("[value=tu-morning]").IsCheckedAsync());
        await phone.PictureAsync("wish-times");
        await phone.At("#first").FillAsync("");
        await phone.At("#last").FillAsync("");
        await phone.At("form .button").First.ClickAsync();
        await phone.At("#name").FillAsync("Erika Mustermann");
        await phone.At("#mail").FillAsync("erika");
        await phone.At("form .button").ClickAsync();
        await phone.SaysAsync(".error-summary", "Prüfen Sie die E-Mail-Adresse");
        Assert.Equal("Erika Mustermann", await phone.At("#name").InputValueAsync());
        var mail = hall.NewMail;
        await phone.At("#mail").FillAsync(mail);
        await phone.At("form .button").ClickAsync();
        await phone.SaysAsync(".status", $"Wir haben eine E-Mail an {mail} geschickt");

        await phone.GoAsync(hall.Hub.Address, await hall.WishPageAsync());
        await phone.OnPageAsync("registered");
        await phone.SaysAsync(".facts", "Dienstag: vormittags (bis 12 Uhr)");
        await phone.SaysAsync(".facts", "Donnerstag: nachmittags (ab 12 Uhr)");
        await phone.PressAsync("confirm");
        await hall.UntilOfferedAsync();
        await phone.Page.ReloadAsync();
        await phone.OnPageAsync("offered");
        await phone.SaysAsync(".status", "Wir halten ihn bis");
        await phone.PictureAsync("wish-offered");
        var when = await phone.At("#when").InnerTextAsync();
        Assert.Matches("^(Dienstag|Donnerstag)", when);
        await phone.PressAsync("accept");
        await phone.OnPageAsync("confirmed");
        Assert.Equal(when, await phone.At("#when").InnerTextAsync());

        // An earlier one is wished from the appointment itself, and a link of each mail ends that wish.
        await phone.At("a[href*='/earlier']").ClickAsync();
        await phone.SaysAsync("p.num", "bleibt, bis Sie einen früheren annehmen");
        await phone.At("#send").ClickAsync();
        await phone.SaysAsync(".status", "Wir haben eine E-Mail an");
        var wish = await hall.WishPageAsync();
        await phone.GoAsync(hall.Hub.Address, wish + "/stop");
        await phone.At("form .button").ClickAsync();
        await phone.OnPageAsync("ended-stopped");
        await phone.GoAsync(hall.Hub.Address, wish[..^2] + "00");
        await phone.OnPageAsync("gone");
        phone.ComplainedOfNothing(exceptTheNetwork: true);
    }
}
