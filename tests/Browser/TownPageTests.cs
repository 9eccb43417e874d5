using Aufruf.Tests.Running;
using Microsoft.Playwright;
using SkiaSharp;

namespace Aufruf.Tests.Browser;

/// <summary>An administrator of a town sets colours, logo and mails by pages that work without scripts.</summary>
public sealed class TownPageTests(Chromium chromium)
{
    private const string Town = "/staff/alsdorf/town";

    private static readonly LocatorAssertionsToHaveAttributeOptions Soon = new() { Timeout = 2000 };

    [Fact]
    public async Task Unreadable_colours_are_refused_with_a_better_one_and_readable_ones_reach_every_screen()
    {
        await using var hub = await TestHub.StartAsync();
        await using var anna = await SignInAsync(hub, "de", withScripts: false);
        await anna.GoAsync(hub.Address, $"{Town}/theme");
        await anna.At("#action").FillAsync("#7FA8FF");
        await anna.At("#save").ClickAsync();
        await anna.SaysAsync("#faults", "hat den Kontrast");
        Assert.StartsWith("Fehler:", await anna.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal("#7fa8ff", await anna.At("#action").InputValueAsync());
        await anna.At("button[value^='use:action']").ClickAsync();
        await Assertions.Expect(anna.At("#faults")).ToHaveCountAsync(0);
        await anna.At("#action").FillAsync("#005a8c");
        await anna.At("#night").FillAsync("#001f33");
        await anna.At("#preview").ClickAsync();
        await HasAsync(anna, ".sample-board", "background-color", "rgb(0, 31, 51)"); // The page is being loaded.
        await HasAsync(anna, ".sample-page .button", "background-color", "rgb(0, 90, 140)");
        Assert.NotEqual("rgb(0, 31, 51)", await StyleAsync(anna, ".band", "background-color"));
        await anna.At("#save").ClickAsync();
        await anna.SeesAsync("#done");
        await anna.GoAsync(hub.Address, Town);
        await anna.SaysAsync("table", "Farben › Knöpfe und Links");
        await anna.At("#publish").ClickAsync();
        await anna.SaysAsync("#done", "Veröffentlicht.");
        Assert.Equal("rgb(0, 31, 51)", await StyleAsync(anna, ".band", "background-color"));

        await using var board = await chromium.OpenAsync();
        await board.GoAsync(hub.Address, $"/board/?board={TestHub.Board}#token={hub.DisplayToken}");
        await HasAsync(board, "body", "background-color", "rgb(0, 31, 51)");
        await using var kiosk = await chromium.OpenAsync();
        await kiosk.GoAsync(hub.Address, $"/kiosk/?kiosk={TestHub.Kiosk}#token={hub.KioskToken}");
        await HasAsync(kiosk, ".head", "background-color", "rgb(0, 31, 51)");
        await kiosk.HasNoBarrierAsync("kiosk in another theme");
        await using var citizen = await chromium.OpenAsync();
        await citizen.GoAsync(hub.Address, "/");
        await HasAsync(citizen, ".hero", "background-color", "rgb(0, 31, 51)");
        await citizen.HasNoBarrierAsync("portal in another theme");
        await citizen.PictureAsync("portal-theme");

        await anna.GoAsync(hub.Address, $"{Town}/history");
        await anna.At("#usual").ClickAsync();
        await anna.SeesAsync("#done");
        await HasAsync(board, "body", "background-color", "rgb(11, 15, 42)", within: 2000); // Open all the time, and not loaded again.
        await HasAsync(kiosk, ".head", "background-color", "rgb(11, 15, 42)", within: 2000);
        Assert.Equal("rgb(11, 15, 42)", await StyleAsync(anna, ".band", "background-color"));
        anna.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_logo_with_its_text_reaches_open_screens_and_all_pages_and_leaves_them_again()
    {
        await using var hub = await TestHub.StartAsync();
        await using var board = await chromium.OpenAsync();
        await board.GoAsync(hub.Address, $"/board/?board={TestHub.Board}#token={hub.DisplayToken}");
        await using var kiosk = await chromium.OpenAsync();
        await kiosk.GoAsync(hub.Address, $"/kiosk/?kiosk={TestHub.Kiosk}#token={hub.KioskToken}");
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hub, Hall.DeskAddress("3"));
        await desk.IsAsync("data-mode", "idle");
        await using var anna = await SignInAsync(hub, "de", withScripts: false);
        await anna.GoAsync(hub.Address, $"{Town}/logo");
        using var drawn = new SKBitmap(300, 100);
        drawn.Erase(SKColors.SteelBlue);
        using var file = drawn.Encode(SKEncodedImageFormat.Png, 100);
        var picture = new FilePayload { Name = "wappen.png", MimeType = "image/png", Buffer = file.ToArray() };
        await anna.At("#picture").SetInputFilesAsync(picture);
        await anna.At("#save").ClickAsync();
        await anna.SaysAsync(".error-summary", "Der Text zum Bild fehlt auf Deutsch.");
        await anna.At("#picture").SetInputFilesAsync(picture);
        await anna.At("#alt-de").FillAsync("Wappen der Stadt Alsdorf");
        await anna.At("#save").ClickAsync();
        await anna.SeesAsync("#done");
        await anna.SeesAsync("#shown");
        await anna.GoAsync(hub.Address, Town);
        await anna.SaysAsync("table", "Logo");
        await Assertions.Expect(board.At(".head .crest.own")).ToHaveCountAsync(0);
        await anna.At("#publish").ClickAsync();
        await anna.SeesAsync("#done");
        await Assertions.Expect(anna.At(".band .crest.own")).ToHaveAttributeAsync("alt", "Wappen der Stadt Alsdorf");
        foreach (var screen in (Window[])[board, kiosk, desk])
        {
            await Assertions.Expect(screen.At(".crest.own")).ToHaveAttributeAsync("alt", "Wappen der Stadt Alsdorf", Soon);
            await screen.HasNoBarrierAsync("screen with a logo");
        }

        await board.PictureAsync("board-logo");
        await using var citizen = await chromium.OpenAsync();
        await citizen.GoAsync(hub.Address, "/");
        Assert.Equal(300, await citizen.Page.EvalOnSelectorAsync<int>(".top .crest.own", "picture => picture.naturalWidth"));
        await citizen.HasNoBarrierAsync("portal with a logo");
        await citizen.FitsANarrowScreenAsync();
        await citizen.PictureAsync("portal-logo");

        await anna.GoAsync(hub.Address, $"{Town}/history");
        await anna.At("#usual").ClickAsync();
        await anna.SeesAsync("#done");
        await Assertions.Expect(board.At(".head .crest:not(.own)")).ToHaveAttributeAsync("alt", "", Soon);
        await Assertions.Expect(desk.At(".crest.own")).ToHaveCountAsync(0, new() { Timeout = Soon.Timeout });
        board.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_mail_in_own_words_is_checked_shown_saved_and_given_back()
    {
        await using var hub = await TestHub.StartAsync();
        await using var anna = await SignInAsync(hub, "de", withScripts: false);
        await anna.GoAsync(hub.Address, $"{Town}/mails");
        await anna.At("a[href*='mail=moved&in=de&']").ClickAsync();
        await anna.SaysAsync("h1", "Verschoben › Deutsch");
        await anna.At("#words").FillAsync("Parken Sie im Hof.\n\nFragen Sie nach {nam}.");
        await anna.At("#save").ClickAsync();
        await anna.SaysAsync("#faults", "Zeile 3: {nam} ist kein Platzhalter dieser E-Mail.");
        await anna.At("#words").FillAsync("Parken Sie im Hof, {name}.");
        await anna.At("input[name='extends']").UncheckAsync();
        await anna.At("#save").ClickAsync();
        await anna.SaysAsync("#faults", "{links} fehlt.");
        await anna.At("input[name='extends']").CheckAsync();
        await anna.At("#preview").ClickAsync();
        await anna.SaysAsync("#preview-title ~ pre", "Parken Sie im Hof, Erika <Muster>.");
        await anna.At("#save").ClickAsync();
        await anna.SeesAsync("#done");
        await Assertions.Expect(anna.Page.FrameLocator("iframe.letter").Locator("body")).ToContainTextAsync(
            "Parken Sie im Hof, Erika <Muster>.");
        await anna.GoAsync(hub.Address, Town);
        await anna.SaysAsync("table", "E-Mails › Verschoben › Deutsch");
        await anna.At("#publish").ClickAsync();
        await anna.SeesAsync("#done");
        await anna.GoAsync(hub.Address, $"{Town}/mail?mail=moved&in=de");
        await anna.At("#back").ClickAsync();
        await anna.SeesAsync("#done");
        await Assertions.Expect(anna.At("#back")).ToHaveCountAsync(0);
        await Assertions.Expect(anna.Page.FrameLocator("iframe.letter").Locator("body")).Not.ToContainTextAsync("Hof");
    }

    [Fact]
    public async Task Of_two_administrators_at_once_the_second_is_told_and_loses_no_input()
    {
        await using var hub = await TestHub.StartAsync();
        await using var anna = await SignInAsync(hub, "de", withScripts: false);
        await using var bert = await SignInAsync(hub, "en", withScripts: true, name: "bert");
        await anna.GoAsync(hub.Address, $"{Town}/theme");
        await bert.GoAsync(hub.Address, $"{Town}/theme");
        await anna.At("#action").FillAsync("#005a8c");
        await anna.At("#save").ClickAsync();
        await anna.SeesAsync("#done");
        await bert.At("#action").FillAsync("#6b2d8c");
        await bert.At("#save").ClickAsync();
        await bert.SaysAsync(".error-summary", "Somebody else has changed the draft meanwhile.");
        Assert.Equal("#6b2d8c", await bert.At("#action").InputValueAsync());
        await bert.At("#save").ClickAsync();
        await bert.SeesAsync("#done");
        await bert.GoAsync(hub.Address, $"{Town}/history");
        await bert.SaysAsync("#steps ~ details >> nth=0", "bert");
    }

    [Theory, MemberData(nameof(Proof.StaffLanguages), MemberType = typeof(Proof))]
    public async Task No_page_of_the_town_or_of_the_slip_has_a_barrier(string language)
    {
        await using var hub = await TestHub.StartAsync();
        await using var anna = await SignInAsync(hub, language, withScripts: true);
        foreach (var page in (string[])
            ["", "/theme", "/logo", "/retention", "/mails", "/mail?mail=booked&in=de", "/mail?mail=reminder&in=ar", "/history"])
        {
            await anna.GoAsync(hub.Address, $"{Town}{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}");
            await anna.SeesAsync("h1");
            await anna.HasNoBarrierAsync($"town{page}", withContrast: language == "de");
            await anna.FitsANarrowScreenAsync();
        }

        await anna.GoAsync(hub.Address, $"{Town}/theme?lang={language}");
        await anna.PictureAsync($"town-theme-{language}");
        await anna.At("#action").FillAsync("#7fa8ff");
        await anna.At("#save").ClickAsync();
        await anna.SeesAsync("#faults");
        await anna.HasNoBarrierAsync("unreadable colours", withContrast: false); // The sample shows them.
        await anna.PictureAsync($"town-theme-refused-{language}");
        await anna.GoAsync(hub.Address, $"{Town}/logo?lang={language}");
        await anna.At("#save").ClickAsync();
        await anna.SeesAsync(".error-summary");
        await anna.HasNoBarrierAsync("logo without a picture", withContrast: language == "de");
        await anna.PictureAsync($"town-logo-refused-{language}");
        await anna.GoAsync(hub.Address, $"{Town}/mail?mail=moved&in=de&lang={language}");
        await anna.At("#words").FillAsync("{nam}");
        await anna.At("#save").ClickAsync();
        await anna.SeesAsync("#faults");
        await anna.HasNoBarrierAsync("wrong mail", withContrast: language == "de");
        await anna.PictureAsync($"town-mail-{language}");
        foreach (var slip in (string[])["", "&in=uk&paper=58", "&in=ar&paper=80"])
        {
            await anna.GoAsync(hub.Address, $"/staff/{TestHub.Office}/office/slip?lang={language}{slip}");
            await anna.SeesAsync("img.slip");
            await anna.HasNoBarrierAsync($"slip{slip}", withContrast: language == "de");
            await anna.FitsANarrowScreenAsync();
        }

        await anna.PictureAsync($"slip-preview-{language}");
    }

    private static Task<string> StyleAsync(Window window, string selector, string property) => window.Page.EvalOnSelectorAsync<string>(
        selector, "(element, property) => getComputedStyle(element).getPropertyValue(property)", property);

    private static Task HasAsync(Window window, string selector, string property, string value, float within = 5000) =>
        Assertions.Expect(window.At(selector).First).ToHaveCSSAsync(property, value, new() { Timeout = within });

    private async Task<Window> SignInAsync(InnerHub hub, string language, bool withScripts, string name = "anna")
    {
        var person = await hub.HireAsync("alsdorf", name, ("administrator", "alsdorf"));
        var window = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (withScripts, language));
        await window.EnterAsync(hub, Town, person: person);
        await window.SeesAsync("#in-force");
        return window;
    }
}
