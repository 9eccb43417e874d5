using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Towns;
using Aufruf.Hub.Appointments;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The settings of a town by the API, and where they take effect.</summary>
public sealed class TownSettingsTests
{
    private const string Settings = "/api/v1/towns/alsdorf/settings";

    private static readonly Uri Sheet = new("/theme/alsdorf.css", UriKind.Relative);

    private static readonly Theme Blue = Theme.Usual with { Action = "#005a8c", Night = "#001f33" };

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_theme_is_in_the_style_sheet_once_it_is_published_and_after_a_restart()
    {
        await using var hub = await TestHub.StartAsync();
        using var anna = await AdministratorAsync(hub);
        using var before = await hub.Anybody.GetAsync(Sheet, Now);
        Assert.Equal("text/css", before.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("--action", await before.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);

        await SaveAsync(anna, TownSettings.Usual with { Theme = Blue }, seen: 0);
        Assert.DoesNotContain("--action", await hub.Anybody.GetStringAsync(Sheet, Now), StringComparison.Ordinal);
        var published = await PostAsync(anna, "/draft/publish", new { seen = 1 });
        Assert.Equal((HttpStatusCode.OK, 1), (published.Status, (int)published.Body["known"]!["edition"]!));
        var sheet = await hub.Anybody.GetStringAsync(Sheet, Now);
        Assert.Contains("--action: #005a8c;", sheet, StringComparison.Ordinal);
        Assert.Contains("--night-glow:", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("--call", sheet, StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, Sheet);
        again.Headers.IfNoneMatch.Add((await TagAsync(hub))!);
        using var unchanged = await hub.Anybody.SendAsync(again, Now);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        var history = JsonNode.Parse(await anna.GetStringAsync(new Uri($"{Settings}/history", UriKind.Relative), Now))!;
        Assert.Contains("theme.action", history["editions"]![0]!["changes"]!.AsArray().Select(change => (string?)change!["path"]));
        Assert.Equal(0, await hub.StopAsync());
        await hub.StartAgainAsync();
        Assert.Equal(sheet, await hub.Anybody.GetStringAsync(Sheet, Now));
    }

    [Fact]
    public async Task An_unreadable_theme_is_measured_and_never_published()
    {
        await using var hub = await TestHub.StartAsync();
        using var anna = await AdministratorAsync(hub);
        var pale = TownSettings.Usual with { Theme = Theme.Usual with { Action = "#ccddee" } };
        var check = await PostAsync(anna, "/draft/check", new { settings = pale });
        var fault = Assert.Single(check.Body["theme"]!.AsArray())!;
        Assert.Equal("action", (string?)fault["colour"]);
        Assert.InRange((double)fault["ratio"]!, 1, 2);
        Assert.NotNull(fault["nearest"]);
        await SaveAsync(anna, pale, seen: 0);
        var refused = await PostAsync(anna, "/draft/publish", new { seen = 1 });
        Assert.Equal((HttpStatusCode.Conflict, "draft-wrong"), (refused.Status, (string?)refused.Body["reason"]));
    }

    [Fact]
    public async Task A_mail_takes_the_words_in_force_when_it_is_written()
    {
        await using var hub = await TestHub.StartAsync();
        using var anna = await AdministratorAsync(hub);
        var templates = hub.Services.GetRequiredService<MailTemplates>();
        var own = TownSettings.Usual with
        {
            Mails = TownSettings.Usual.Mails.Add("moved.de", "---\nextends: yes\n---\nParken Sie im Hof, {name}.\n"),
        };
        await SaveAsync(anna, own, seen: 0);
        Assert.Null(templates.Find("moved", "alsdorf", TestHub.Office, "de"));
        await PostAsync(anna, "/draft/publish", new { seen = 1 });
        Assert.NotNull(templates.Find("moved", "alsdorf", TestHub.Office, "de"));
        Assert.NotNull(templates.Find("moved", "alsdorf", TestHub.Office, "tr")); // Added words may be important.
        Assert.Null(templates.Find("moved", "fremd", "fremd.amt", "de"));
        await PostAsync(anna, "/take-back", new { edition = 0, seen = 1 });
        Assert.Null(templates.Find("moved", "alsdorf", TestHub.Office, "de"));

        var wrong = own with { Mails = own.Mails.SetItem("moved.de", "Hallo {nam}").Add("moved.fr", "x") };
        var faults = (await PostAsync(anna, "/draft/check", new { settings = wrong })).Body["mails"]!.AsArray()
            .SelectMany(mail => mail!["faults"]!.AsArray(), (mail, fault) => $"{mail!["mail"]} {fault!["line"]} {fault["kind"]}");
        Assert.Contains("moved.de 1 no-placeholder", faults);
        Assert.Contains("moved.de 1 missing", faults);
        Assert.Contains("moved.fr 1 language", faults);
    }

    [Fact]
    public async Task Every_mail_has_a_preview_in_every_language_and_a_value_stays_text()
    {
        await using var hub = await TestHub.StartAsync();
        var mails = hub.Services.GetRequiredService<ITownMails>();
        foreach (var kind in mails.Kinds)
        {
            foreach (var language in Aufruf.Portal.Texts.PortalTexts.OfCitizens.Select(words => words.Language))
            {
                var original = mails.Preview("alsdorf", kind.Id, language, null);
                Assert.NotNull(original);
                Assert.DoesNotContain('{', original.Text);
                var blocks = string.Join("\n\n", kind.Needed.Select(block => $"{{{block}}}"));
                var own = mails.Preview("alsdorf", kind.Id, language, $"Unser Wort\n\n{blocks}\n"
                    + (kind.Words.Contains("name") ? "\n{name}\n" : ""));
                Assert.Contains("Unser Wort", own?.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("<Muster>", own?.Html, StringComparison.Ordinal);
            }
        }

        Assert.Null(mails.Preview("alsdorf", "no-such", "de", null));
        Assert.Null(mails.Preview("no-such", "booked", "de", null));
    }

    [Fact]
    public async Task An_administrator_of_one_office_changes_nothing_of_the_town()
    {
        await using var hub = await TestHub.StartAsync();
        var house = await hub.HireAsync("alsdorf", "bert", ("administrator", TestHub.Office));
        using var bert = await house.BrowserAsync(hub);
        using var answer = await bert.PutAsJsonAsync(
            $"{Settings}/draft", new { settings = TownSettings.Usual, basedOn = 0, seen = 0 }, Now);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var page = await bert.GetAsync(new Uri("/staff/alsdorf/town/theme", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static async Task<HttpClient> AdministratorAsync(InnerHub hub) =>
        await (await hub.HireAsync("alsdorf", "anna", ("administrator", "alsdorf"))).BrowserAsync(hub);

    private static async Task<EntityTagHeaderValue?> TagAsync(InnerHub hub)
    {
        using var answer = await hub.Anybody.GetAsync(Sheet, Now);
        return answer.Headers.ETag;
    }

    private static async Task SaveAsync(HttpClient client, TownSettings settings, int seen)
    {
        using var answer = await client.PutAsJsonAsync($"{Settings}/draft", new { settings, basedOn = 0, seen }, Now);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(Settings + path, body, Now);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now))!);
    }
}
