using Aufruf.Tests.Running;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser.Portal;

/// <summary>axe looks at each page and state of the citizens' portal, in German, Leichte Sprache and Arabic.</summary>
public sealed class PortalPageTests(Chromium chromium, TownHall hall) : IClassFixture<TownHall>
{
    private static readonly (string Language, int Width)[] Readers = [("de", 1280), ("de-simple", 390), ("ar", 390)];

    private static readonly string[] Pages = ["/", "/services?q=perso", "/services?q=xyzxyz", "/service/ausweis", "/offices",
        "/info/imprint", "/info/accessibility", "/info/barrier", "/appointments", "/book/services", "/book/services?missing=yes",
        "/book/place?service=ausweis", "/book/place?service=fuehrerschein&service=ausweis", "/book/time?service=ausweis&office=any",
        "/book/time?service=fuehrerschein&office=rathaus", "/wish?service=ausweis&office=any", "/wish/data?service=ausweis&office=any",
        "/a/alsdorf.rathaus.buergerservice.2026-11-23/aaaabbbbcccc", "/number?service=ausweis&office=rathaus", "/barrier"];

    public static TheoryData<int> ReaderNumbers => Proof.Some(check: 2, 0, 2, 1);

    [Theory, MemberData(nameof(ReaderNumbers))]
    public async Task No_page_has_a_barrier_and_each_fits_a_phone(int reader)
    {
        var (language, width) = Readers[reader];
        await using var phone = await chromium.OpenAsync(width, 900);
        foreach (var (path, number) in Pages.Select((path, number) => (path, number)))
        {
            await phone.GoAsync(hall.Hub.Address, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"lang={language}");
            await LooksRightAsync(phone, language, width, $"portal-{number:00}", $"{path}, {language}", inForcedColours: number is 0 or 13);
        }
    }

    /// <summary>The pages of an appointment in every state, as a citizen comes to them.</summary>
    [Theory, MemberData(nameof(ReaderNumbers))]
    public async Task No_step_of_a_booking_has_a_barrier(int reader)
    {
        var (language, width) = Readers[reader];
        await using var phone = await chromium.OpenAsync(width, 900);
        await phone.GoAsync(hall.Hub.Address, $"/book?service=ausweis&office=rathaus&lang={language}");
        await phone.At("form[method=post] button").First.ClickAsync();
        await phone.SeesAsync(".error-summary");
        await LookAsync("booking-time-error");
        await phone.HoldAsync(hall.Hub.Address, slot: 50 + (5 * reader), language: $"&lang={language}");
        await LookAsync("booking-data");
        await phone.PressAsync("check");
        await phone.SeesAsync(".error-summary");
        await LookAsync("booking-data-error");
        await phone.GoAsync(hall.Hub.Address, $"{phone.Mine()}?lang={language}");
        await phone.OnPageAsync("held");
        await LookAsync("mine-held");
        await phone.At(".row .button").First.ClickAsync();
        await phone.EnterAsync("ليلى حداد", hall.NewMail, "02404 12345");
        await LookAsync("booking-check");
        await phone.PressAsync("book");
        await phone.OnPageAsync("preconfirmed");
        await LookAsync("mine-preconfirmed");
        var mine = phone.Mine();
        await phone.GoAsync(hall.Hub.Address, $"{mine}/confirm/{hall.SecretOf(await hall.ViewOfAsync(mine))}?lang={language}");
        await LookAsync("mine-confirm");
        await phone.At("#confirm").ClickAsync();
        await phone.OnPageAsync("confirmed");
        await LookAsync("mine-confirmed");
        await phone.GoAsync(hall.Hub.Address, $"{mine}/mail?lang={language}");
        await LookAsync("mine-mail");
        await phone.GoAsync(hall.Hub.Address, $"{mine}/rebook?lang={language}");
        await LookAsync("mine-rebook");
        await phone.GoAsync(hall.Hub.Address, $"{mine}/cancel?lang={language}");
        await phone.At("form .button").ClickAsync();
        await phone.SeesAsync(".error-summary");
        await LookAsync("mine-cancel-error");
        await phone.At("#sure").CheckAsync();
        await phone.At("form .button").ClickAsync();
        await phone.OnPageAsync("cancelled");
        await LookAsync("mine-cancelled");

        Task LookAsync(string name) => LooksRightAsync(phone, language, width, name, $"{name}, {language}");
    }

    private static async Task LooksRightAsync(Window phone, string language, int width, string picture, string state,
        bool inForcedColours = false)
    {
        await Assertions.Expect(phone.At("html")).ToHaveAttributeAsync("lang", language);
        await Assertions.Expect(phone.At("html")).ToHaveAttributeAsync("dir", language == "ar" ? "rtl" : "ltr");
        await phone.PictureAsync($"{picture}-{language}");
        await phone.HasNoBarrierAsync(state, inForcedColours, withContrast: language == "de");
        await phone.FitsANarrowScreenAsync();
        await phone.Page.SetViewportSizeAsync(width, 900);
    }
}
