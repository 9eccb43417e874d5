using System.Diagnostics;
using System.Text.RegularExpressions;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>A new town comes from nothing to its first ticket by the hub's own pages.</summary>
public sealed partial class NewTownTests(Chromium chromium)
{
    [Fact]
    public async Task A_new_town_gives_its_first_number_and_calls_it_in_under_fifteen_minutes()
    {
        var began = Stopwatch.StartNew();
        await using var hub = new InnerHub(null, []);
        await hub.StartAgainAsync(); // Its folder of offices is empty.
        Assert.True(await hub.IsReadyAsync());
        var link = Link().Match(hub.Words).Value;

        await using var admin = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (false, "de"));
        await admin.GoAsync(hub.Address, link);
        await CreateAsync(admin, "Muster Stadt");
        await admin.SaysAsync(".error-summary", "Nur Kleinbuchstaben, Ziffern und Bindestriche.");
        await CreateAsync(admin, "musterstadt");
        await admin.SaysAsync("h1", "Neue Behörde einrichten"); // Signed in already.
        await FillAsync(admin, counters: "viele");
        await admin.SaysAsync(".error-summary", "Eine ganze Zahl von 1 bis 20.");
        Assert.Equal("Musterstadt", await admin.At("#Town").InputValueAsync());
        await admin.At("#Counters").FillAsync("2");
        await admin.At("form button").Last.ClickAsync();
        await admin.SeesAsync("#made");
        var (desk, kiosk) = (await AddressAsync(admin, "desk"), await AddressAsync(admin, "kiosk"));
        var board = await AddressAsync(admin, "board");
        Assert.DoesNotContain('#', desk);
        await admin.At("#open-role").ClickAsync(); // An administrator works at a desk after taking a role.
        await admin.At("#role").SelectOptionAsync("clerk");
        await admin.At("#place").SelectOptionAsync("musterstadt.rathaus");
        await admin.At("button", "Rolle geben").ClickAsync();
        await admin.SaysAsync("[aria-labelledby=roles-title]", "Sachbearbeitung: Bürgeramt");
        await admin.GoAsync(hub.Address, "/staff/musterstadt.rathaus/office");
        await admin.SaysAsync("#in-force + p", "Fassung 1");

        await using var hall = await chromium.OpenAsync();
        await hall.GoAsync(hub.Address, kiosk);
        await hall.At("button", "Ausweis").ClickAsync();
        await hall.ShowsAsync("#ticket-number", "A001");
        await using var sign = await chromium.OpenAsync();
        await sign.GoAsync(hub.Address, board);
        await using var clerk = await chromium.OpenAsync();
        await clerk.GoAsync(hub.Address, desk);
        await clerk.SignInAsync("berta");
        await clerk.At("#primary").ClickAsync();
        await clerk.ShowsAsync("#ticket-number", "A001");
        await sign.ShowsAsync("#hero-number", "A001");
        Assert.InRange(began.Elapsed.TotalMinutes, 0, 15);

        await admin.GoAsync(hub.Address, "/staff/new-office"); // A person of the whole authority may make its next office.
        await admin.SeesAsync("#OfficeId");
        await Microsoft.Playwright.Assertions.Expect(admin.At("#Town")).ToHaveCountAsync(0);
        await using var late = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (false, "de"));
        await late.GoAsync(hub.Address, link); // The link of the start is worth nothing any more.
        await late.SaysAsync("h1", "Dieser Link gilt nicht mehr");
        await late.GoAsync(hub.Address, "/staff/new-office");
        await late.SeesAsync("#password");
    }

    [Fact]
    public async Task A_town_whose_last_office_was_withdrawn_signs_in_after_a_restart_and_sets_it_up_again()
    {
        await using var hub = new InnerHub(null, []);
        await hub.StartAgainAsync();
        await using var admin = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (false, "de"));
        await admin.GoAsync(hub.Address, Link().Match(hub.Words).Value);
        await CreateAsync(admin, "musterstadt");
        await FillAsync(admin);
        await admin.SeesAsync("#made");
        var (code, words) = await HubCommand.RunAsync("offices", "withdraw", "--office", "musterstadt.rathaus", $"--Hub:Data={hub.Data}");
        Assert.True(code == 0, words);
        await hub.StopAsync();
        await hub.StartAgainAsync();
        Assert.Contains("An administrator sets one up at", hub.Words, StringComparison.Ordinal);

        await admin.GoAsync(hub.Address, "/staff/sign-out"); // Nothing but a form signs out: the session goes on.
        await admin.GoAsync(hub.Address, "/staff/new-office");
        await FillAsync(admin);
        await admin.SeesAsync("#made");
        await admin.GoAsync(hub.Address, "/staff/musterstadt.rathaus/office");
        await admin.SaysAsync("#in-force + p", "Fassung 3");
        await using var other = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (false, "de"));
        await other.GoAsync(hub.Address, "/staff/sign-in");
        await other.SignInAsync("berta");
        await other.SaysAsync("h1", "Übersicht");
    }

    [Theory, MemberData(nameof(Proof.StaffLanguages), MemberType = typeof(Proof))]
    public async Task The_guide_has_no_barrier_and_the_citizens_pages_answer_without_any_office(string language)
    {
        await using var hub = new InnerHub(null, []);
        await hub.StartAgainAsync();
        await using var admin = await chromium.OpenAsync(1280, 900, o => o.Locale = language);
        await admin.GoAsync(hub.Address, $"{Link().Match(hub.Words).Value}?lang={language}");
        await admin.HasNoBarrierAsync("first of a new town", withContrast: language == "de");
        await admin.FitsANarrowScreenAsync();
        await CreateAsync(admin, "musterstadt");
        await admin.SeesAsync("#OfficeId");
        await admin.HasNoBarrierAsync("guide", withContrast: language == "de");
        await admin.FitsANarrowScreenAsync();
        await admin.At("form button").Last.ClickAsync();
        await admin.SeesAsync(".error-summary");
        await admin.HasNoBarrierAsync("guide with errors", withContrast: language == "de");
        foreach (var page in (string[])["/", "/services", "/offices", "/staff/sign-in"])
        {
            using var answer = await hub.Anybody.GetAsync(page, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, $"{page}: {answer.StatusCode}");
        }

        await FillAsync(admin);
        await admin.SeesAsync("#made");
        await admin.HasNoBarrierAsync("made", withContrast: language == "de");
        await admin.PictureAsync($"new-town-{language}");
        await admin.FitsANarrowScreenAsync();
    }

    private static async Task CreateAsync(Window admin, string town)
    {
        foreach (var (field, value) in (IEnumerable<(string, string)>)[("town", town), ("displayName", "Berta Kern"), ("name", "berta"),
            ("password", StaffPerson.Password)])
        {
            await admin.At($"#{field}").FillAsync(value);
        }

        await admin.At("form button").Last.ClickAsync();
    }

    private static async Task FillAsync(Window admin, string counters = "2")
    {
        foreach (var (field, value) in (IEnumerable<(string, string)>)[("Town", "Musterstadt"), ("Office", "Bürgeramt"),
            ("OfficeId", "rathaus"), ("Address", "Markt 1, 12345 Musterstadt"), ("Area", "Halle"), ("Service-0", "Ausweis"),
            ("Service-1", "Wohnsitz"), ("Counters", counters)])
        {
            await admin.At($"#{field}").FillAsync(value);
        }

        await admin.At("form button").Last.ClickAsync();
    }

    private static async Task<string> AddressAsync(Window admin, string screen) =>
        (await admin.At($"#open-{screen}").GetAttributeAsync("href"))!;

    [GeneratedRegex("/staff/first/-/[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();
}
