using Aufruf.Contracts;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>An administrator sees the public holidays, and closes the office on a day of the town's own.</summary>
public sealed class DaysPageTests(Chromium chromium)
{
    private const string Days = $"/staff/{TestHub.Office}/office/days";

    [Theory, MemberData(nameof(Proof.StaffLanguages), MemberType = typeof(Proof))]
    public async Task A_town_festival_closes_the_office_once_it_is_published(string language)
    {
        await using var hub = await TestHub.StartAsync(office: await File.ReadAllTextAsync(
            Repository.PathOf("hub", "demo", "with-hours", "alsdorf.rathaus.json"), TestContext.Current.CancellationToken));
        await using var desk = await SignInAsync(hub, language);
        await desk.SaysAsync("main", language == "de" ? "Fronleichnam" : "Corpus Christi");
        await desk.HasNoBarrierAsync("holidays", withContrast: language == "de");
        await desk.FitsANarrowScreenAsync();
        await desk.At("#close").ClickAsync();
        await desk.SaysAsync(".error-summary", language == "de" ? "Geben Sie einen Tag an." : "Enter a day.");
        await desk.HasNoBarrierAsync("no day", withContrast: language == "de");
        await desk.At("#first").FillAsync("2027-07-05");
        await desk.At("#last").FillAsync("2027-07-04");
        await desk.At("#german").FillAsync("Stadtfest");
        await desk.At("#close").ClickAsync();
        await desk.SeesAsync(".error-summary");
        Assert.Equal("Stadtfest", await desk.At("#german").InputValueAsync());
        await desk.At("#last").FillAsync("2027-07-06");
        await desk.At("#close").ClickAsync();
        await desk.SeesAsync("#saved");
        await desk.SaysAsync(".rows li >> nth=0", "Stadtfest");
        await desk.PictureAsync($"administration-days-{language}");
        var administration = hub.Services.GetRequiredService<IOfficeAdministration>();
        Assert.DoesNotContain("Stadtfest", administration.Find(TestHub.Office)?.Text, StringComparison.Ordinal);
        await desk.GoAsync(hub.Address, $"/staff/{TestHub.Office}/office");
        await desk.At("#publish").ClickAsync();
        await desk.SeesAsync("#done");
        Assert.Contains("\"from\": \"2027-07-05\"", administration.Find(TestHub.Office)?.Text, StringComparison.Ordinal);
        await desk.GoAsync(hub.Address, Days);
        await desk.At(".rows li >> nth=0").Locator("button").ClickAsync();
        await desk.SeesAsync("#saved");
        await Assertions.Expect(desk.At(".rows")).Not.ToContainTextAsync("Stadtfest");
        desk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task An_office_without_opening_hours_never_closes()
    {
        await using var hub = await TestHub.StartAsync();
        await using var desk = await SignInAsync(hub, "de");
        await desk.SeesAsync("#no-hours");
        await desk.HasNoBarrierAsync("no hours");
    }

    private async Task<Window> SignInAsync(InnerHub hub, string language)
    {
        var person = await hub.HireAsync("alsdorf", "anna", ("administrator", "alsdorf"));
        var window = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (true, language));
        await window.EnterAsync(hub, Days, person: person);
        await window.SeesAsync("h1");
        return window;
    }
}
