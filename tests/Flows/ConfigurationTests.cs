using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>The configuration of an office by the API: draft, check, publish, history, take back.</summary>
public sealed class ConfigurationTests
{
    private const string Configuration = $"/api/v1/offices/{TestHub.Office}/configuration";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_changes_nothing_until_it_is_published_and_an_edition_can_be_taken_back()
    {
        await using var hub = await TestHub.StartAsync();
        var desk = await GetAsync(hub, "");
        var text = (string)desk["text"]!;
        Assert.Equal((1, null), ((int)desk["edition"]!, desk["draft"]));

        var saved = await PutAsync(hub, text.Replace("Etwas anderes", "Auskunft", StringComparison.Ordinal), seen: 0);
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Equal("areas[erdgeschoss].services[auskunft].name.de", (string?)Assert.Single(saved.Body!["changes"]!.AsArray())!["path"]);
        Assert.Equal(text, (string)(await GetAsync(hub, ""))["text"]!);

        var published = await PostAsync(hub, "/draft/publish", new { seen = 1 });
        Assert.Equal((HttpStatusCode.OK, 2, null), (published.Status, (int)published.Body!["edition"]!, published.Body["draft"]));
        Assert.Equal("staff:first-clerk", (string?)published.Body["by"]);

        var history = await GetAsync(hub, "/history");
        Assert.Equal(["2", "1"], history["editions"]!.AsArray().Select(edition => edition!["number"]!.ToString()));
        var change = Assert.Single(history["editions"]![0]!["changes"]!.AsArray())!;
        Assert.Equal(("\"Etwas anderes\"", "\"Auskunft\""), ((string?)change["before"], (string?)change["after"]));

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(hub, "/take-back", new { edition = 1, seen = 2 })).Status);
        desk = await GetAsync(hub, "");
        Assert.Equal((3, text), ((int)desk["edition"]!, (string)desk["text"]!));
        Assert.Equal(1, (int)(await GetAsync(hub, "/history"))["editions"]![0]!["again"]!);

        Assert.Equal(0, await hub.StopAsync());
        await hub.StartAgainAsync(); // The file of the folder, which did not change, brings nothing back.
        Assert.Equal(3, (int)(await GetAsync(hub, ""))["edition"]!);
    }

    [Fact]
    public async Task Of_two_administrators_at_once_the_second_is_refused_and_overwrites_nothing()
    {
        await using var hub = await TestHub.StartAsync();
        var text = (string)(await GetAsync(hub, ""))["text"]!;
        string With(string name) => text.Replace("Etwas anderes", name, StringComparison.Ordinal);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => PutAsync(hub, With($"Auskunft {n}"), seen: 0)));
        Assert.Single(answers, answer => answer.Status is HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.OK), answer =>
            Assert.Equal((HttpStatusCode.Conflict, "draft-changed"), (answer.Status, (string?)answer.Body!["reason"])));

        // A file comes between: the draft is of an older edition now.
        await File.WriteAllTextAsync(hub.OfficeFile, text.Replace("17, 52477", "19, 52477", StringComparison.Ordinal), Now);
        await hub.UntilAsync(async () => (int)(await GetAsync(hub, ""))["edition"]! == 2, "the file is taken");
        var refused = await PostAsync(hub, "/draft/publish", new { seen = 1 });
        Assert.Equal((HttpStatusCode.Conflict, "office-changed"), (refused.Status, (string?)refused.Body!["reason"]));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(hub, "/draft/discard", new { seen = 1 })).Status);
        Assert.Equal("no-draft", (string?)(await PostAsync(hub, "/draft/publish", new { seen = 1 })).Body!["reason"]);
    }

    [Fact]
    public async Task A_draft_that_would_lose_tickets_says_so_before_and_stays_a_draft()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        await hub.ActAsync("3", "call-next");
        var root = JsonNode.Parse((string)(await GetAsync(hub, ""))["text"]!)!;
        root["areas"]![0]!["counters"]!.AsArray().RemoveAt(2);
        root["areas"]![0]!["boards"]![0]!["arrows"]!.AsObject().Remove("3");
        root["devices"]!.AsArray().RemoveAt(0);
        var text = root.ToJsonString();
        var check = (await PostAsync(hub, "/draft/check", new { text })).Body!;
        Assert.Empty(check["errors"]!.AsArray());
        Assert.Contains("Schalter '3' fehlt, aber 1 Wartenummern sind dort", (string)check["objection"]!["de"]!, StringComparison.Ordinal);
        await PutAsync(hub, text, seen: 0);
        var refused = await PostAsync(hub, "/draft/publish", new { seen = 1 });
        Assert.Equal("draft-wrong", (string?)refused.Body!["reason"]);
        Assert.Contains("counter '3' is gone", (string)refused.Body["texts"]!["en"]!, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await GetAsync(hub, ""))["draft"]!["revision"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"id\": {\"a\": [1, 2]}}")]
    [InlineData("{\"id\": 1, \"id\": 2}")]
    public async Task A_draft_that_is_no_office_is_kept_named_and_never_published(string text)
    {
        await using var hub = await TestHub.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(hub, text, seen: 0)).Status);
        Assert.NotEmpty((await PostAsync(hub, "/draft/check", new { text })).Body!["errors"]!.AsArray());
        Assert.Equal("draft-wrong", (string?)(await PostAsync(hub, "/draft/publish", new { seen = 1 })).Body!["reason"]);
        using var browser = await StaffBrowser.SignInAsync(hub);
        foreach (var page in (string[])["", "/edit", "/edit?at=areas/0", "/history"])
        {
            using var answer = await browser.GetAsync($"/staff/{TestHub.Office}/office{page}");
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{page}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_key_of_an_office_never_changes_and_a_draft_has_a_limit()
    {
        await using var hub = await TestHub.StartAsync();
        var text = (string)(await GetAsync(hub, ""))["text"]!;
        var check = (await PostAsync(hub, "/draft/check",
            new { text = text.Replace("\"id\": \"rathaus\"", "\"id\": \"bauamt\"", StringComparison.Ordinal) })).Body!;
        Assert.Contains("which never changes", (string)Assert.Single(check["errors"]!.AsArray())!["sentence"]!, StringComparison.Ordinal);
        Assert.Equal("draft-too-long", (string?)(await PutAsync(hub, new string(' ', 600_000), seen: 0)).Body!["reason"]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PutAsync(hub, new string(' ', 1_200_000), seen: 0)).Status);
    }

    private static async Task<JsonNode> GetAsync(TestHub hub, string path) =>
        (await hub.Clerk.GetFromJsonAsync<JsonNode>(Configuration + path, Now))!;

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> PutAsync(TestHub hub, string text, int seen)
    {
        using var answer = await hub.Clerk.PutAsJsonAsync(Configuration + "/draft", new { text, basedOn = 1, seen }, Now);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now)));
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(TestHub hub, string path, object body)
    {
        using var answer = await hub.Clerk.PostAsJsonAsync(Configuration + path, body, Now);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now)));
    }
}
