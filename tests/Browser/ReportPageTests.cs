using System.Net;
using Aufruf.Grains.Journal;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Staff;
using Aufruf.Tests.Running;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>A hub with four weeks behind it, up to yesterday.</summary>
public sealed class HallWithAPast : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private TestHub? _hub;

    internal TestHub Hub => _hub ?? throw new InvalidOperationException("The hub was not started.");

    /// <summary>In charge of all offices of the town.</summary>
    internal StaffPerson Mayor { get; private set; } = StaffPerson.FirstClerk;

    public async ValueTask InitializeAsync()
    {
        var (office, errors) = Aufruf.Hub.Offices.OfficeFile.Parse("demo", await File.ReadAllTextAsync(TestHub.DemoOffice));
        Assert.Empty(errors);
        var today = DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).DateTime);
        Directory.CreateDirectory(_folder.File("data"));
        await using (var journal = new SqliteJournal(Path.Combine(_folder.File("data"), "aufruf.db")))
        {
            await PlausibleWeeks.WriteAsync(journal, office!, PlausibleWeeks.WorkingDays(today, 19), seed: 42);
        }

        _hub = await TestHub.StartAsync(null, _folder.File("data"));
        Mayor = await _hub.HireAsync("alsdorf", "mayor", (Role.InCharge.Id, "alsdorf"));
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The reports in the staff portal.</summary>
public sealed class ReportPageTests(Chromium chromium, HallWithAPast hall) : IClassFixture<HallWithAPast>
{
    private const string Reports = $"/staff/{TestHub.Office}/reports";
    private static readonly int[] Widths = [1280, 320];
    private static readonly string[] Names = ["overview", "tickets", "times", "missed", "limits", "load", "forecasts"];
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private async Task<Window> SignedInAsync(int width = 1280, int height = 900, string language = "de", bool script = false, string path =
        Reports, StaffPerson? person = null)
    {
        var window = await chromium.OpenAsync(width, height, o => (o.JavaScriptEnabled, o.Locale) = (script, language));
        await window.EnterAsync(hall.Hub, path, person: person);
        await window.SeesAsync("nav.reports");
        return window;
    }

    [Fact]
    public async Task Somebody_in_charge_signs_in_sees_the_reports_and_signs_out_again()
    {
        await using var desk = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (false, "de"));
        await desk.GoAsync(hall.Hub.Address, Reports);
        await desk.SignInAsync();
        await desk.ShowsAsync("h1", "Überblick");
        await desk.SaysAsync(".tiles", "bedient");
        await desk.At("nav.reports a", "Auslastung").ClickAsync();
        await desk.ShowsAsync("h1", "Auslastung");
        await desk.SeesAsync("svg.chart");
        var cookie = Assert.Single(await desk.Page.Context.CookiesAsync(), c => c.Name == "aufruf-staff");
        Assert.Equal((true, SameSiteAttribute.Strict), (cookie.HttpOnly, cookie.SameSite));
        await desk.At(".band .quiet").ClickAsync();
        await desk.ShowsAsync("h1", "Anmelden");
        await desk.GoAsync(hall.Hub.Address, Reports);
        await desk.ShowsAsync("h1", "Anmelden");
        desk.ComplainedOfNothing();
    }

    /// <summary>In German as on a desk, in English as on a phone; every pair in a full proof.</summary>
    [Theory]
    [InlineData("de", 1280)]
    [InlineData("en", 320)]
    public async Task No_report_has_a_barrier_and_each_fits_a_phone(string language, int width)
    {
        await using var desk = await SignedInAsync(language: language, script: true, person: hall.Mayor);
        await Assertions.Expect(desk.At("html")).ToHaveAttributeAsync("lang", language);
        foreach (var name in Names.Append("figures"))
        {
            await desk.GoAsync(hall.Hub.Address, name == "figures" ? "/staff/alsdorf/figures" : $"{Reports}/{name}");
            await desk.SeesAsync("section.report >> nth=0");
            await desk.PictureAsync(language == "de" ? $"reports-{name}" : $"reports-{name}-{language}");
            foreach (var other in Proof.IsFull ? Widths : [width])
            {
                await desk.Page.SetViewportSizeAsync(other, 900);
                await desk.HasNoBarrierAsync($"report {name}, {language}, {other} px", inForcedColours: name == "load" && width == 1280,
                    withContrast: language == "de");
            }

            await desk.FitsANarrowScreenAsync();
            await desk.Page.SetViewportSizeAsync(1280, 1000);
        }

        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task On_paper_the_tables_are_open_and_nothing_to_click_is_left()
    {
        await using var desk = await SignedInAsync(path: Reports + "/load");
        await Assertions.Expect(desk.At("table")).ToBeHiddenAsync();
        await desk.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(desk.At("table tbody th >> nth=0")).ToBeVisibleAsync();
        await Assertions.Expect(desk.At("nav.reports")).ToBeHiddenAsync();
        await Assertions.Expect(desk.At(".filter")).ToBeHiddenAsync();
        await Assertions.Expect(desk.At("svg.chart")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_period_without_anything_says_so_and_a_wrong_one_too()
    {
        await using var desk = await SignedInAsync();
        await desk.GoAsync(hall.Hub.Address, Reports + "/times?range=custom&from=2020-01-01&to=2020-01-31");
        await desk.SaysAsync("#nothing", "nichts geschehen");
        await desk.GoAsync(hall.Hub.Address, Reports + "/times?range=custom&from=2020-02-01&to=2020-01-31");
        await desk.SaysAsync(".error-summary", "Der letzte Tag liegt vor dem ersten");
        Assert.StartsWith("Fehler:", await desk.Page.TitleAsync(), StringComparison.Ordinal);
        await desk.At("a.language").ClickAsync();
        await desk.SaysAsync(".error-summary", "The last day is before the first");
    }

    [Fact]
    public async Task Who_has_no_token_sees_nothing_and_who_has_one_sees_the_own_office_only()
    {
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = hall.Hub.Address };
        foreach (var path in Names.Select(n => $"{Reports}/{n}").Append("/staff").Append(Reports + "/tickets?csv=states"))
        {
            using var answer = await stranger.GetAsync(path, Now);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.StartsWith("/staff/sign-in", answer.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
        }

        await using var desk = await SignedInAsync();
        foreach (var path in new[] { "/staff/fremd.amt/reports", Reports + "/payroll", Reports + "?area=keller",
            Reports + "/tickets?csv=secrets" })
        {
            Assert.Equal(404, (await desk.Page.GotoAsync(new Uri(hall.Hub.Address, path).AbsoluteUri))?.Status);
        }
    }

    [Fact]
    public async Task Whoever_is_logged_off_elsewhere_finds_the_door_closed()
    {
        var leaver = await hall.Hub.HireAsync("alsdorf", "leaver", (Role.InCharge.Id, TestHub.Office));
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Reports, person: leaver);
        await desk.ShowsAsync("h1", "Überblick");
        await hall.Hub.AskAsync("alsdorf", new PeopleCommand.EndAllSessions("leaver", null, "test"));
        await desk.Page.ReloadAsync();
        await desk.ShowsAsync("h1", "Anmelden");
    }

    [Fact]
    public async Task A_rebuild_beside_the_running_hub_changes_no_figure()
    {
        await using var desk = await SignedInAsync(path: Reports + "/tickets");
        var before = await desk.At("#_main table").First.InnerTextAsync();
        var (code, words) = await HubCommand.RunAsync("reports", "rebuild", $"--Hub:Data={hall.Hub.Data}",
            $"--Hub:Offices={hall.Hub.Offices}");
        Assert.True(
            code == 0 && words.Contains("100 %", StringComparison.Ordinal) && words.Contains("Done in", StringComparison.Ordinal), words);
        await desk.Page.ReloadAsync();
        Assert.Equal(before, await desk.At("#_main table").First.InnerTextAsync());
        Assert.Equal(2, (await HubCommand.RunAsync("reports")).ExitCode);
    }
}

/// <summary>Wrong passwords, at a hub of their own: too many of them lock the sign-in.</summary>
public sealed class StaffSignInTests(Chromium chromium)
{
    [Fact]
    public async Task A_clerk_sees_the_own_office_only_and_wrong_passwords_are_told_so_until_they_are_too_many()
    {
        await using var guarded = new Flows.GuardedHub();
        var hub = await guarded.HubAsync();
        var own = $"/staff/{TestHub.Office}/reports";
        await using var other = await chromium.OpenAsync(1280, 800);
        await other.GoAsync(hub.Address, $"/staff/{Flows.GuardedHub.OtherOffice}/reports");
        await other.SignInAsync($"{TestHub.FirstClerk}@fremd");
        await other.SaysAsync(".band", "Probeamt");
        Assert.Equal(404, (await other.Page.GotoAsync(new Uri(hub.Address, own).AbsoluteUri))?.Status);

        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.GoAsync(hub.Address, own);
        await desk.SignInAsync("guessed@alsdorf", "a guessed password");
        await desk.SaysAsync(".error-summary", "stimmen nicht");
        Assert.StartsWith("Fehler:", await desk.Page.TitleAsync(), StringComparison.Ordinal);
        await desk.HasNoBarrierAsync("sign in, wrong password");
        await desk.Page.EvaluateAsync(
            "async most => { for (let n = 0; n < most; n++) await fetch('/staff/welcome/alsdorf/nobody/guess'); }", SignInAttempts.Most);
        await desk.SignInAsync("guessed@alsdorf", "a guessed password");
        await desk.SaysAsync(".error-summary", "Zu viele Versuche");
    }
}
