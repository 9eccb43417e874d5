using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>A program keeps people, roles and the provider's table, as the pages do: with the same rights and the same refusals.</summary>
public sealed class PeopleApiTests(ProvidedHub town) : IClassFixture<ProvidedHub>
{
    private const string Town = "/api/v1/towns/alsdorf";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_sets_up_a_role_and_a_person_who_comes_by_the_link_and_leaves_again()
    {
        using var kern = await ProgramOfAsync("kern");
        var wide = new { name = new { de = "Empfang", en = "Front desk" }, permissions = new[] { "tickets", "plans" } };
        var roles = await PutAsync(kern, "/roles/empfang", wide);
        Assert.Contains("see-plans", Role(roles, "empfang")["permissions"]!.AsArray().Select(one => (string?)one));
        Assert.Equal("place-unknown", await WhyNotAsync(kern, "/people", Anna("elsewhere.rathaus")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(kern, "/people/anna-by-api")); // The invitation has not begun.
        var link = new Uri((string)(await PostAsync(kern, "/people", Anna(TestHub.Office)))["link"]!);
        Assert.Equal("invited", (string?)(await GetAsync(kern, "/people/anna-by-api"))["person"]!["state"]);
        Assert.Contains("Anna Schmitz", await town.Hub.Anybody.GetStringAsync(link, Now), StringComparison.Ordinal);
        var another = (string)(await PostAsync(kern, "/people/anna-by-api/link"))["link"]!;
        Assert.NotEqual(link.ToString(), another);
        using (var over = await town.Hub.Anybody.GetAsync(link, Now))
        {
            Assert.DoesNotContain("Anna Schmitz", await over.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
        }


        var narrow = wide with { permissions = ["tickets"] };
        Assert.Equal("people-lose", await WhyNotAsync(kern, "/roles/empfang", narrow, HttpMethod.Put));
        roles = await PutAsync(kern, "/roles/empfang", new { narrow.name, narrow.permissions, losing = 1 });
        Assert.Equal((1, true), ((int)Role(roles, "empfang")["holders"]!, (bool)Role(roles, "empfang")["isOwn"]!));
        Assert.Equal("role-held", await WhyNotAsync(kern, "/roles/empfang/remove"));
        await PostAsync(kern, "/people/anna-by-api/roles", new { role = "clerk", place = TestHub.Area });
        var anna = await PostAsync(kern, "/people/anna-by-api/roles/take", new { role = "empfang", place = TestHub.Office });
        Assert.Equal(["clerk"], anna["person"]!["roles"]!.AsArray().Select(one => (string?)one!["role"]));
        Assert.DoesNotContain("empfang", (await PostAsync(kern, "/roles/empfang/remove")).ToJsonString(), StringComparison.Ordinal);

        using var program = await ProgramOfAsync("anna-by-api");
        var key = Assert.Single((await GetAsync(kern, "/people/anna-by-api"))["sessions"]!.AsArray())!;
        Assert.Equal(("key", "test"), ((string?)key["way"], (string?)key["label"]));
        await PostAsync(kern, $"/people/anna-by-api/sessions/{key["id"]}/end");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program, "/people"));
        Assert.Equal(0, (int)(await PostAsync(kern, "/people/anna-by-api/log-off"))["openCounters"]!);
        Assert.Equal("disabled", (string?)(await PostAsync(kern, "/people/anna-by-api/disable"))["person"]!["state"]);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(kern, "/people/anna-by-api/dance", HttpMethod.Post));
    }

    [Fact]
    public async Task A_clerk_is_refused_an_auditor_only_reads_and_nobody_gives_more_than_they_have()
    {
        await town.Hub.HireAsync("alsdorf", "a-clerk", ("clerk", TestHub.Office));
        await town.Hub.HireAsync("alsdorf", "an-auditor", ("auditor", "alsdorf"));
        await town.Hub.HireAsync("alsdorf", "one-house", ("administrator", TestHub.Office));
        await town.Hub.AskAsync("alsdorf",
            new PeopleCommand.DefineRole("staff-office", SmallOffice.Both("Personalamt", "Staff office"), [Permission.People], "kern"));
        await town.Hub.HireAsync("alsdorf", "petra", ("staff-office", "alsdorf"));
        using var clerk = await ProgramOfAsync("a-clerk");
        using var auditor = await ProgramOfAsync("an-auditor");
        using var house = await ProgramOfAsync("one-house");
        using var petra = await ProgramOfAsync("petra");
        foreach (var page in (string[])["/people", "/people/kern", "/roles", "/provider", "/places"])
        {
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.NotFound),
                (await StatusAsync(clerk, page), await StatusAsync(auditor, page), await StatusAsync(house, page)));
        }

        Assert.DoesNotContain("AQAAAA", (await GetAsync(auditor, "/people/kern")).ToJsonString(), StringComparison.Ordinal); // No hash.
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(auditor, "/people/kern/log-off", HttpMethod.Post));
        var chief = new { name = "chief", displayName = "Chief", role = "administrator", place = "alsdorf" };
        Assert.Equal("beyond-own-rights", await WhyNotAsync(petra, "/people", chief));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(petra, "/people/chief"));
        Assert.Equal("beyond-own-rights", await WhyNotAsync(petra, "/people/kern/link"));
        Assert.Equal("beyond-own-rights", await WhyNotAsync(petra, "/people/petra/roles", new { role = "clerk", place = "alsdorf" }));
        Assert.Equal("beyond-own-rights", await WhyNotAsync(petra, "/provider/rows", Row));
        await PostAsync(petra, "/people/a-clerk/roles", new { role = "staff-office", place = TestHub.Office });
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(petra, "/../fremd/people"));
        using var kern = await ProgramOfAsync("kern");
        Assert.Equal("last-administrator", await WhyNotAsync(kern, "/people/kern/disable"));
    }

    [Fact]
    public async Task The_table_of_the_provider_is_kept_by_a_program()
    {
        using var kern = await ProgramOfAsync("kern");
        Assert.Equal(town.Provider.Issuer, (string?)(await GetAsync(kern, "/provider"))["issuer"]);
        Assert.Contains("by-program", (await PostAsync(kern, "/provider/rows", Row)).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("place-unknown", await WhyNotAsync(kern, "/provider/rows", Row with { Place = "elsewhere" }));
        Assert.DoesNotContain("by-program", (await PostAsync(kern, "/provider/rows/remove", Row)).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(TestHub.Area, (await GetAsync(kern, "/places?language=en")).ToJsonString(), StringComparison.Ordinal);
    }

    private static ProviderRow Row => new("by-program", "clerk", TestHub.Office);

    private sealed record ProviderRow(string Value, string Role, string Place);

    private static object Anna(string place) => new { name = "anna-by-api", displayName = "Anna Schmitz", role = "empfang", place };

    private static JsonNode Role(JsonNode roles, string id) => roles.AsArray().First(role => (string?)role!["id"] == id)!;

    private async Task<HttpClient> ProgramOfAsync(string person) => town.Hub.As(await town.Hub.KeyAsync("alsdorf", person));

    private static Task<JsonNode> GetAsync(HttpClient program, string path) =>
        AskAsync(program, HttpMethod.Get, path, null, HttpStatusCode.OK);

    private static Task<JsonNode> PutAsync(HttpClient program, string path, object body) =>
        AskAsync(program, HttpMethod.Put, path, body, HttpStatusCode.OK);

    private static Task<JsonNode> PostAsync(HttpClient program, string path, object? body = null) =>
        AskAsync(program, HttpMethod.Post, path, body, HttpStatusCode.OK);

    private static async Task<string?> WhyNotAsync(HttpClient program, string path, object? body = null, HttpMethod? verb = null) =>
        (string?)(await AskAsync(program, verb ?? HttpMethod.Post, path, body, HttpStatusCode.Conflict))["reason"];

    private static async Task<HttpStatusCode> StatusAsync(HttpClient program, string path, HttpMethod? verb = null)
    {
        using var request = new HttpRequestMessage(verb ?? HttpMethod.Get, Town + path);
        using var answer = await program.SendAsync(request, Now);
        return answer.StatusCode;
    }

    private static async Task<JsonNode> AskAsync(HttpClient program, HttpMethod verb, string path, object? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(verb, Town + path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await program.SendAsync(request, Now);
        var text = await answer.Content.ReadAsStringAsync(Now);
        Assert.True(answer.StatusCode == expected, $"{verb} {path}: {answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
