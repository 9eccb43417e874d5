using System.Net;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Grains;
using Aufruf.Hub.Offices;
using Aufruf.Portal;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The booking pages over plain HTTP, inside a hub and in a portal of its own.</summary>
public class BookingPageTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static async Task<InnerHub> StartAsync()
    {
        var hub = await TestHub.StartAsync();
        BookableOffices.AddTo(hub);
        return hub;
    }

    /// <summary>From the deep link to the page that waits for the mail.</summary>
    private static async Task PreconfirmAsync(CitizenBrowser citizen, string mail, int slot = 3)
    {
        await citizen.GoAsync("/book?service=ausweis&office=rathaus");
        await citizen.SubmitAsync(("slot", citizen.Slot(slot)));
        await citizen.SubmitAsync(("name", "Erika Mustermann"), ("mail", mail), ("remark", "Äußerst <b>wichtig</b>"), ("do", "check"));
        Assert.Contains("&lt;b&gt;wichtig&lt;/b&gt;", citizen.Page, StringComparison.Ordinal);
        await citizen.SubmitAsync(("do", "book"));
        Assert.Contains("data-state=\"preconfirmed\"", citizen.Page, StringComparison.Ordinal);
    }

    private static async Task<string> SecretAsync(InnerHub hub, string mine)
    {
        var (view, secrets) = (await ViewAsync(hub, mine), hub.Services.GetRequiredService<AppointmentSecrets>());
        return secrets.ConfirmationOf(view!.Id, secrets.ContactOf(view.Week.Authority, view.Citizen!.Mail!));
    }

    private static async Task<AppointmentView?> ViewAsync(InnerHub hub, string mine) =>
        await hub.Services.GetRequiredService<IAppointments>()
        .ViewAsync(CalendarWeekKey.TryParse(mine.Split('/')[2], out var week) ? week.Value : default, mine.Split('/')[3]);

    [Fact]
    public async Task Reading_and_asking_for_heads_changes_nothing_wherever_a_robot_goes()
    {
        await using var hub = await StartAsync();
        using var citizen = new CitizenBrowser(hub.Address);
        await PreconfirmAsync(citizen, "erika@beispiel.de");
        var mine = citizen.At;
        var confirm = $"{mine}/confirm/{await SecretAsync(hub, mine)}";
        var journal = hub.Services.GetRequiredService<IJournal>();
        var before = await EntriesAsync(journal);

        var (seen, open) = (new HashSet<string>(), new Queue<string>(["/", mine, confirm, mine + "/data", mine + "/cancel",
            mine + "/rebook", mine + "?handler=extend", mine + "?do=give-up"]));
        while (open.TryDequeue(out var path) && seen.Count < 120)
        {
            // Languages and days multiply the pages and add no new one.
            if (seen.Add(path) && !path.Contains("lang=", StringComparison.Ordinal) && !path.Contains("from=", StringComparison.Ordinal))
            {
                await citizen.HeadAsync(path);
                await citizen.GoAsync(path);
                Assert.True((int)citizen.Status < 500, $"{path}: {citizen.Status}");
                citizen.Links.ToList().ForEach(open.Enqueue);
            }
        }

        Assert.Contains(confirm, seen);
        Assert.Equal(before, await EntriesAsync(journal));
        Assert.Equal(AppointmentState.Preconfirmed, (await ViewAsync(hub, mine))?.State);
        Assert.DoesNotContain(mine.Split('/')[3], hub.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("erika", hub.Words, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_booking_and_one_with_another_time_is_another()
    {
        await using var hub = await StartAsync();
        using var citizen = new CitizenBrowser(hub.Address);
        await citizen.GoAsync("/book?service=ausweis&office=rathaus");
        var (form, first, second) = (citizen.Page, citizen.Slot(5), citizen.Slot(6));
        await citizen.SubmitAsync(("slot", first), ("form", FormOf(form)));
        var one = citizen.At;
        await citizen.GoAsync("/book?service=ausweis&office=rathaus");
        await citizen.SubmitAsync(("slot", first), ("form", FormOf(form)));
        Assert.Equal(one, citizen.At);
        await citizen.GoAsync("/book?service=ausweis&office=rathaus");
        await citizen.SubmitAsync(("slot", second), ("form", FormOf(form)));
        Assert.NotEqual(one, citizen.At);

        static string FormOf(string page) =>
            System.Text.RegularExpressions.Regex.Match(page, "name=\"form\" value=\"([^\"]+)\"").Groups[1].Value;
    }

    [Fact]
    public async Task Only_a_named_website_shows_the_citizens_pages_inside_its_own_and_none_shows_the_others()
    {
        await using var hub = await TestHub.StartAsync(options: "--Portal:EmbedIn=https://www.alsdorf.de/");
        foreach (var (path, ancestors) in new[] { ("/", "https://www.alsdorf.de"), ("/book/services", "https://www.alsdorf.de"),
            ("/staff/sign-in", "'none'"), ("/desk/", "'none'"), ("/no/such", "'none'") })
        {
            using var answer = await hub.Anybody.GetAsync(path, Now);
            Assert.Contains($"frame-ancestors {ancestors};", answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal);
            Assert.Equal(ancestors == "'none'", answer.Headers.Contains("X-Frame-Options"));
        }
    }

    [Fact]
    public async Task An_office_shows_its_hours_and_when_it_opens_again()
    {
        await using var hub = await StartAsync();
        var offices = hub.Services.GetRequiredService<OfficeDirectory>();
        var town = offices.Find(TestHub.Office)!;
        var today = town.Day(TimeProvider.System.GetUtcNow());
        var hours = new OpeningHours([new(Enum.GetValues<Weekday>(), WallTime.At(8), WallTime.At(12, 30))],
            [new(today, today, []) { Reason = new() { ["de"] = "Betriebsausflug" } }]);
        offices.Take(town.Key, 2_000_000, new OfficeConfiguration(town with { Hours = hours }, "test", null));
        using var citizen = new CitizenBrowser(hub.Address);
        await citizen.GoAsync("/offices");
        var words = WebUtility.HtmlDecode(citizen.Page);
        Assert.Contains("(Betriebsausflug)", WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(words, "<[^>]*>", "")),
            StringComparison.Ordinal);
        Assert.Contains("08:00 – 12:30", words, StringComparison.Ordinal);
        await citizen.GoAsync("/");
        Assert.Contains("öffnet morgen, 08:00 Uhr", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
        await citizen.GoAsync("/service/ausweis");
        Assert.Contains("Ohne Termin: öffnet morgen, 08:00 Uhr.", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_chosen_while_typing_keeps_what_was_typed_and_every_page_is_whole_without_a_script()
    {
        await using var hub = await StartAsync();
        using var citizen = new CitizenBrowser(hub.Address);
        await citizen.GoAsync("/book?service=ausweis&office=rathaus");
        Assert.Single(citizen.Page.Split("<script").Skip(1)); // The puzzle's; PuzzleTests books with it, and this test without.
        await citizen.SubmitAsync(("slot", citizen.Slot(3)));
        await citizen.SubmitToAsync(citizen.At + "?lang=ar", ("name", "ليلى حداد"), ("mail", "halb"), ("do", "change"));
        Assert.Contains("dir=\"rtl\"", citizen.Page, StringComparison.Ordinal);
        Assert.Contains("ليلى حداد", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
        Assert.Contains("value=\"halb\"", citizen.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", citizen.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_link_to_an_office_that_serves_no_more_leads_to_the_others()
    {
        await using var hub = await StartAsync();
        using var citizen = new CitizenBrowser(hub.Address);
        await citizen.GoAsync("/book?service=ausweis&office=weggezogen");
        Assert.StartsWith("/book/place", citizen.At, StringComparison.Ordinal);
        await citizen.GoAsync("/book?service=abgeschafft&office=rathaus");
        Assert.Contains("Wählen Sie mindestens ein Anliegen aus", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused_and_a_wrong_secret_confirms_nothing()
    {
        await using var hub = await StartAsync();
        using var citizen = new CitizenBrowser(hub.Address);
        await PreconfirmAsync(citizen, "erika@beispiel.de");
        var mine = citizen.At;
        foreach (var path in new[] { "/book/time?service=ausweis&office=rathaus", mine, mine + "/data", mine + "/cancel",
            $"{mine}/confirm/{await SecretAsync(hub, mine)}", "/appointments" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            request.Content = new FormUrlEncodedContent([new("do", "give-up"), new("sure", "yes")]);
            using var answer = await hub.Anybody.SendAsync(request, Now);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        await citizen.GoAsync($"{mine}/confirm/{new string('0', 12)}");
        await citizen.SubmitAsync();
        Assert.Contains("error-summary", citizen.Page, StringComparison.Ordinal);
        Assert.Equal(AppointmentState.Preconfirmed, (await ViewAsync(hub, mine))?.State);
    }

    [Fact]
    public async Task A_portal_of_its_own_books_through_its_hub_and_says_so_when_none_answers()
    {
        await using var hub = await StartAsync();
        var port = Ports.Next();
        await using var portal = PortalServer.Build([$"--Portal:HttpPort={port}", $"--Portal:Gateways=127.0.0.1:{hub.Gateway}",
            "--Logging:Console:LogLevel:Default=None"]);
        await portal.StartAsync(Now);
        using var citizen = new CitizenBrowser(new($"http://localhost:{port}"));
        await hub.UntilAsync(async () =>
        {
            await citizen.GoAsync("/");
            return citizen.Status is HttpStatusCode.OK;
        }, "The portal reaches its hub");
        Assert.Contains("Nächster freier: ", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
        await PreconfirmAsync(citizen, "erika@beispiel.de");
        var mine = citizen.At;
        await citizen.GoAsync($"{mine}/confirm/{await SecretAsync(hub, mine)}");
        await citizen.SubmitAsync();
        Assert.Contains("data-state=\"confirmed\"", citizen.Page, StringComparison.Ordinal);
        await citizen.GoAsync("/barrier?lang=de"); // This hub knows no address for reports.
        Assert.Contains("Dieses Formular ist hier nicht eingerichtet.", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
        Assert.Contains("/info/barrier?lang=de", citizen.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<textarea", citizen.Page, StringComparison.Ordinal);

        await hub.StopAsync();
        await hub.UntilAsync(async () =>
        {
            await citizen.GoAsync("/book?service=ausweis&office=rathaus");
            return citizen.Status is HttpStatusCode.ServiceUnavailable;
        }, "The portal misses its hub", seconds: 20);
        Assert.Contains("Ob Termine frei sind, lässt sich gerade nicht sagen.", WebUtility.HtmlDecode(citizen.Page),
            StringComparison.Ordinal);
        await portal.StopAsync(Now);
    }

    /// <summary>Entries about appointments; a mail that is sent meanwhile is another kind.</summary>
    private static async Task<int> EntriesAsync(IJournal journal)
    {
        var entries = 0;
        await foreach (var _ in journal.ReadFromAsync(0, CalendarWeekKey.StreamKind, Now))
        {
            entries++;
        }

        return entries;
    }
}
