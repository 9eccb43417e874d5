using Aufruf.Tests.Running;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>An administrator changes an office by pages that work without scripts.</summary>
public sealed class AdministrationTests(Chromium chromium)
{
    private const string Overview = $"/staff/{TestHub.Office}/office";

    [Fact]
    public async Task An_administrator_changes_a_service_checks_it_publishes_it_and_takes_it_back()
    {
        await using var hub = await TestHub.StartAsync();
        await using var desk = await SignInAsync(hub, "de", withScripts: false);
        await desk.SeesAsync("#nothing");
        await desk.GoAsync(hub.Address, $"{Overview}/edit?at=areas/0/services/5");
        await desk.At("#f-name-de").FillAsync("Auskunft");
        await desk.At("#f-usualMinutes").FillAsync("drei");
        await SaveAsync(desk);
        await desk.SaysAsync("#f-usualMinutes-error", "Erwartet: Ganze Zahl von 1 bis 240.");
        Assert.Equal("drei", await desk.At("#f-usualMinutes").InputValueAsync());
        await desk.GoAsync(hub.Address, Overview);
        await desk.SaysAsync("#errors", "Übliche Dauer in Minuten: passt nicht.");
        await Assertions.Expect(desk.At("#publish")).ToHaveCountAsync(0);
        await desk.At("#errors a").ClickAsync();
        await desk.At("#f-usualMinutes").FillAsync("4");
        await SaveAsync(desk);
        await desk.SeesAsync("#saved");
        await desk.GoAsync(hub.Address, Overview);
        await desk.SaysAsync("table", "Wartebereiche › erdgeschoss › Anliegen › auskunft › Name › Deutsch");
        await desk.At("#publish").ClickAsync();
        await desk.SaysAsync("#done", "Veröffentlicht.");
        await desk.SaysAsync("#in-force + p", "Fassung 2");
        await using var kiosk = await chromium.OpenAsync();
        await kiosk.GoAsync(hub.Address, $"/kiosk/?kiosk={TestHub.Kiosk}#token={hub.KioskToken}");
        await kiosk.SaysAsync("main", "Auskunft");
        await desk.GoAsync(hub.Address, $"{Overview}/history");
        await desk.At("details:nth-of-type(2) summary").Last.ClickAsync();
        await desk.At("button", "Fassung 1 wieder in Kraft setzen").ClickAsync();
        await desk.SaysAsync("#in-force + p", "Fassung 3");
        await kiosk.SaysAsync("main", "Etwas anderes");
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task Of_two_administrators_at_once_the_second_sees_both_and_loses_no_input()
    {
        await using var hub = await TestHub.StartAsync();
        await using var anna = await SignInAsync(hub, "de", withScripts: false);
        await using var bert = await SignInAsync(hub, "de", withScripts: true);
        await anna.GoAsync(hub.Address, $"{Overview}/edit?at=areas/0/services/5");
        await bert.GoAsync(hub.Address, $"{Overview}/edit?at=areas/0/services/5");
        await anna.At("#f-usualMinutes").FillAsync("5");
        await SaveAsync(anna);
        await anna.SeesAsync("#saved");
        await bert.At("#f-usualMinutes").FillAsync("9");
        await SaveAsync(bert);
        await bert.SaysAsync(".error-summary", "Jemand anderes hat den Entwurf inzwischen geändert.");
        await bert.SaysAsync("#conflict", "first-clerk");
        await bert.SaysAsync("#conflict tbody td:nth-of-type(1)", "5");
        await bert.SaysAsync("#conflict tbody td:nth-of-type(2)", "9");
        Assert.Equal("9", await bert.At("#f-usualMinutes").InputValueAsync());
        await bert.HasNoBarrierAsync("conflict");
        await SaveAsync(bert);
        await bert.SeesAsync("#saved");
        await anna.GoAsync(hub.Address, $"{Overview}/history");
        await anna.SaysAsync("#steps ~ details >> nth=0", "Eine Änderung");
        await anna.At("#steps ~ details >> nth=1").Locator("summary").ClickAsync();
        await anna.At("#steps ~ details >> nth=1").Locator("button").ClickAsync(); // The step with five minutes comes back.
        await anna.GoAsync(hub.Address, $"{Overview}/edit?at=areas/0/services/5");
        Assert.Equal("5", await anna.At("#f-usualMinutes").InputValueAsync());
        await PublishAsync(anna, hub);

        // Without a draft: Anna's form shows an edition, and meanwhile Bert publishes another one.
        await anna.GoAsync(hub.Address, $"{Overview}/edit?at=areas/0/services/5");
        await bert.GoAsync(hub.Address, $"{Overview}/edit?at=areas/0/services/5");
        await bert.At("#f-usualMinutes").FillAsync("11");
        await SaveAsync(bert);
        await PublishAsync(bert, hub);
        await anna.At("#f-usualMinutes").FillAsync("12");
        await SaveAsync(anna);
        await anna.SaysAsync("#conflict tbody td:nth-of-type(1)", "11");
        await anna.SaysAsync("#conflict tbody td:nth-of-type(2)", "12");
    }

    private static async Task PublishAsync(Window desk, TestHub hub)
    {
        await desk.GoAsync(hub.Address, Overview);
        await desk.At("#publish").ClickAsync();
        await desk.SeesAsync("#done");
    }

    [Fact]
    public async Task Rows_are_added_moved_and_removed_and_what_was_typed_stays()
    {
        await using var hub = await TestHub.StartAsync();
        await using var desk = await SignInAsync(hub, "en", withScripts: false);
        await desk.GoAsync(hub.Address, $"{Overview}/edit?at=areas/0/boards/0");
        await desk.At("#f-notes-0-en").FillAsync("Cards accepted");
        await desk.At("button[value='add:notes']").ClickAsync();
        Assert.Equal("Cards accepted", await desk.At("#f-notes-0-en").InputValueAsync());
        await desk.At("#f-notes-2-de").FillAsync("Mittwoch zu");
        await desk.At("button[value='up:notes/2']").ClickAsync();
        Assert.Equal("Mittwoch zu", await desk.At("#f-notes-1-de").InputValueAsync());
        await desk.At("button[value='remove:notes/0']").ClickAsync();
        Assert.Equal("Mittwoch zu", await desk.At("#f-notes-0-de").InputValueAsync());
        await desk.GoAsync(hub.Address, $"{Overview}/edit");
        await desk.At("button[value='add:hours']").ClickAsync();
        await desk.At("button[value='add:series']").ClickAsync();
        await desk.At("label", "Mon").ClickAsync();
        await desk.At("#f-from").FillAsync("08:00");
        await desk.At("#f-to").FillAsync("12:00");
        await SaveAsync(desk);
        await desk.GoAsync(hub.Address, Overview);
        await Assertions.Expect(desk.At("#errors")).ToHaveCountAsync(0);
        await desk.At("#publish").ClickAsync();
        await desk.SeesAsync("#done");
    }

    [Theory, MemberData(nameof(Proof.StaffLanguages), MemberType = typeof(Proof))]
    public async Task No_page_of_the_administration_has_a_barrier(string language)
    {
        await using var hub = await TestHub.StartAsync(office: await File.ReadAllTextAsync(
            Repository.PathOf("hub", "demo", "with-hours", "alsdorf.rathaus.json"), TestContext.Current.CancellationToken));
        await using var desk = await SignInAsync(hub, language, withScripts: true);
        await desk.HasNoBarrierAsync("overview", withContrast: language == "de");
        foreach (var at in (string[])["", "areas/0", "areas/0/services/4", "areas/0/counters/0", "areas/0/boards/0", "areas/0/profiles/0",
            "hours", "hours/series/0", "hours/exceptions/1", "calendars/0", "calendars/0/series/0", "kiosks/0", "devices/1"])
        {
            await desk.GoAsync(hub.Address, $"{Overview}/edit?lang={language}&at={at}");
            await desk.SeesAsync("form.config");
            await desk.HasNoBarrierAsync($"edit {at}", withContrast: language == "de");
            await desk.FitsANarrowScreenAsync();
        }

        await desk.GoAsync(hub.Address, $"{Overview}/edit?lang={language}&at=areas/0/services/0");
        await desk.PictureAsync($"administration-service-{language}");
        await desk.At("#f-usualMinutes").FillAsync("x");
        await SaveAsync(desk);
        await desk.SeesAsync("#faults");
        await desk.HasNoBarrierAsync("wrong", withContrast: language == "de");
        await desk.GoAsync(hub.Address, $"{Overview}?lang={language}");
        await desk.SeesAsync("#errors");
        await desk.HasNoBarrierAsync("draft with errors", withContrast: language == "de");
        await desk.PictureAsync($"administration-{language}");
        await desk.FitsANarrowScreenAsync();
        await desk.GoAsync(hub.Address, $"{Overview}/history?lang={language}");
        await desk.HasNoBarrierAsync("history", withContrast: language == "de");
        await desk.FitsANarrowScreenAsync();
    }

    private static Task SaveAsync(Window desk) => desk.At("button[value='save'] >> nth=0").ClickAsync();

    private async Task<Window> SignInAsync(TestHub hub, string language, bool withScripts)
    {
        var desk = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (withScripts, language));
        await desk.EnterAsync(hub, Overview);
        await desk.SeesAsync("#in-force");
        return desk;
    }
}
