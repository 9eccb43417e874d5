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
        var key = Key().Match(hub.Words).Groups[1].Value;

        await using var admin = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (false, "de"));
        await admin.GoAsync(hub.Address, "/staff/new-office");
        await FillAsync(admin, key: "wrong");
        await admin.SaysAsync(".error-summary", "Dieser Schlüssel gilt nicht.");
        Assert.Equal("Musterstadt", await admin.At("#Town").InputValueAsync());
        await admin.At("#Key").FillAsync(key);
        await admin.At("#Counters").FillAsync("viele");
        await admin.At("form button").Last.ClickAsync();
        await admin.SaysAsync(".error-summary", "Eine ganze Zahl von 1 bis 20.");
        await admin.At("#Key").FillAsync(key);
        await admin.At("#Counters").FillAsync("2");
        await admin.At("form button").Last.ClickAsync();
        await admin.SeesAsync("#made");
        var (desk, kiosk) = (await AddressAsync(admin, "desk"), await AddressAsync(admin, "kiosk"));
        var (board, first) = (await AddressAsync(admin, "board"), await AddressAsync(admin, "administrator"));
        await admin.At("#open-admin").ClickAsync(); // The administrator is signed in already.
        await admin.SaysAsync("#in-force + p", "Fassung 1");

        await using var hall = await chromium.OpenAsync();
        await hall.GoAsync(hub.Address, kiosk);
        await hall.At("button", "Ausweis").ClickAsync();
        await hall.ShowsAsync("#ticket-number", "A001");
        await using var sign = await chromium.OpenAsync();
        await sign.GoAsync(hub.Address, board);
        await using var clerk = await chromium.OpenAsync();
        await clerk.GoAsync(hub.Address, desk);
        await clerk.At("#primary").ClickAsync();
        await clerk.ShowsAsync("#ticket-number", "A001");
        await sign.ShowsAsync("#hero-number", "A001");
        await using var person = await chromium.OpenAsync(1280, 900, o => o.JavaScriptEnabled = false);
        await person.GoAsync(hub.Address, first);
        await person.At("#displayName").FillAsync("Berta Kern");
        await person.At("#name").FillAsync("berta");
        await person.At("#password").FillAsync(StaffPerson.Password);
        await person.At("form button").Last.ClickAsync();
        await person.SeesAsync("[role=status]");
        await person.GoAsync(hub.Address, "/staff/new-office"); // A person of the whole authority may make its next office.
        await person.SeesAsync("#OfficeId");
        Assert.InRange(began.Elapsed.TotalMinutes, 0, 15);

        await using var late = await chromium.OpenAsync(1280, 900, o => o.JavaScriptEnabled = false);
        await late.GoAsync(hub.Address, "/staff/new-office"); // The key of the start is worth nothing any more.
        await late.SeesAsync("#password");
    }

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    public async Task The_guide_has_no_barrier_and_the_citizens_pages_answer_without_any_office(string language)
    {
        await using var hub = new InnerHub(null, []);
        await hub.StartAgainAsync();
        await using var admin = await chromium.OpenAsync(1280, 900, o => o.Locale = language);
        await admin.GoAsync(hub.Address, $"/staff/new-office?lang={language}");
        await admin.HasNoBarrierAsync("guide");
        await admin.FitsANarrowScreenAsync();
        await admin.At("form button").Last.ClickAsync();
        await admin.SeesAsync(".error-summary");
        await admin.HasNoBarrierAsync("guide with errors");
        foreach (var page in (string[])["/", "/services", "/offices", "/staff/sign-in"])
        {
            using var answer = await hub.Anybody.GetAsync(page, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, $"{page}: {answer.StatusCode}");
        }

        await FillAsync(admin, Key().Match(hub.Words).Groups[1].Value);
        await admin.SeesAsync("#made");
        await admin.HasNoBarrierAsync("made");
        await admin.PictureAsync($"new-town-{language}");
        await admin.FitsANarrowScreenAsync();
    }

    private static async Task FillAsync(Window admin, string key)
    {
        foreach (var (field, value) in (IEnumerable<(string, string)>)[("Key", key), ("Town", "Musterstadt"), ("TownId", "musterstadt"),
            ("Office", "Bürgeramt"), ("OfficeId", "rathaus"), ("Address", "Markt 1, 12345 Musterstadt"), ("Area", "Halle"),
            ("Service-0", "Ausweis"), ("Service-1", "Wohnsitz"), ("Counters", "2")])
        {
            await admin.At($"#{field}").FillAsync(value);
        }

        await admin.At("form button").Last.ClickAsync();
    }

    private static async Task<string> AddressAsync(Window admin, string screen) =>
        (await admin.At($"#open-{screen}").GetAttributeAsync("href"))!;

    [GeneratedRegex("until the next start:  ([a-z0-9]{16})")]
    private static partial Regex Key();
}
