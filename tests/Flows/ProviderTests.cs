using System.Diagnostics;
using System.Net;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity.Providers;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>Staff sign in with the account of the town. The provider is OpenIddict, inside the tests.</summary>
public sealed partial class ProviderTests(ProvidedHub town) : IClassFixture<ProvidedHub>
{
    private const string Reports = $"/staff/{TestHub.Office}/reports";

    [Fact]
    public async Task Somebody_new_enters_with_the_roles_of_the_towns_table_and_no_other()
    {
        town.Comes("anna", "service", "gardeners", "administrator");
        using var browser = new ProviderBrowser(town.Hub.Address);
        var entered = await browser.EnterAsync("/desk/?counter=3");
        Assert.Equal("?to=%2Fdesk%2F%3Fcounter%3D3", entered.Query);
        var anna = town.Known.Find("anna")!;
        Assert.Equal("Die Person anna", anna.DisplayName);
        Assert.Equal(new ProviderAccount(town.Provider.Issuer, "sub-of-anna"), anna.Provider);
        Assert.Equal([new RoleGrant("clerk", TestHub.Office)], town.Known.GrantsOf(anna));
        Assert.Equal(["service"], anna.Claims); // The others say more of her than the hub must know.
        Assert.Equal(SignInWay.Provider, Assert.Single(anna.Sessions).Value.Way);
        Assert.Equal(HttpStatusCode.OK, await browser.LookAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await browser.LookAsync(Reports));
        Assert.DoesNotContain("anna", town.Hub.Words, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_person_without_a_mapped_claim_enters_the_own_account_and_reads_why()
    {
        town.Comes("nora", "gardeners");
        using var browser = new ProviderBrowser(town.Hub.Address);
        Assert.Equal("?to=%2Fstaff%2Faccount", (await browser.EnterAsync("/desk/")).Query);
        Assert.Contains("noch keine Rolle", await browser.ReadAsync("/staff/account?lang=de"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await browser.LookAsync(Reports));
        Assert.Empty(town.Known.GrantsOf(town.Known.Find("nora")!));
    }

    [Fact]
    public async Task Roles_follow_the_claims_at_each_entry_and_the_table_at_once_and_those_given_here_stay()
    {
        town.Comes("rolf", "service", "lead");
        using var browser = new ProviderBrowser(town.Hub.Address);
        Assert.Null(await browser.WhyNotAsync());
        Assert.Null(await town.People.HandleAsync("alsdorf", new PeopleCommand.Grant("rolf", "auditor", TestHub.Office, "kern")));
        Assert.Equal(HttpStatusCode.OK, await browser.LookAsync(Reports));
        town.Comes("rolf", "service");
        Assert.Null(await browser.WhyNotAsync());
        Assert.Equal([new RoleGrant("auditor", TestHub.Office), new RoleGrant("clerk", TestHub.Office)],
            town.Known.GrantsOf(town.Known.Find("rolf")!));

        Assert.Null(await town.People.HandleAsync("alsdorf", new PeopleCommand.MapClaim("cleaning", "in-charge", TestHub.Office, "kern")));
        town.Comes("rolf", "cleaning");
        Assert.Null(await browser.WhyNotAsync());
        Assert.Contains(new RoleGrant("in-charge", TestHub.Office), town.Known.GrantsOf(town.Known.Find("rolf")!));
        await town.People.HandleAsync("alsdorf", new PeopleCommand.UnmapClaim("cleaning", "in-charge", TestHub.Office, "kern"));
        Assert.Equal([new RoleGrant("auditor", TestHub.Office)], town.Known.GrantsOf(town.Known.Find("rolf")!));
        Assert.Equal("place-unknown", (await town.People.HandleAsync("alsdorf",
            new PeopleCommand.MapClaim("x", "clerk", "elsewhere.rathaus", "kern")))?.Code);
    }

    [Fact]
    public async Task A_local_person_of_the_same_name_is_not_taken_over_until_an_administrator_connects_both()
    {
        var local = await town.Hub.HireAsync("alsdorf", "lisa", ("auditor", TestHub.Office));
        town.Comes("lisa", "service");
        using var browser = new ProviderBrowser(town.Hub.Address);
        Assert.Equal("provider-name-taken", await browser.WhyNotAsync());
        Assert.Contains("Bitten Sie Ihre Administration, beide zu verbinden",
            await browser.ReadAsync("/staff/sign-in?why=provider-name-taken&lang=de"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await browser.LookAsync());
        Assert.Null(town.Known.Find("lisa")!.Provider);

        Assert.Null(await town.People.HandleAsync("alsdorf", new PeopleCommand.AwaitProvider("lisa", "kern")));
        Assert.Null(await browser.WhyNotAsync());
        Assert.Equal([new RoleGrant("auditor", TestHub.Office), new RoleGrant("clerk", TestHub.Office)],
            town.Known.GrantsOf(town.Known.Find("lisa")!));
        using var byPassword = await StaffBrowser.SignInAsync(town.Hub, local);
        Assert.Equal(HttpStatusCode.OK, await byPassword.LookAsync());

        await town.People.HandleAsync("alsdorf", new PeopleCommand.Disable("lisa", "kern"));
        Assert.Equal("person-disabled", await browser.WhyNotAsync());
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "nonce", "failed" }, { "nonce-missing", "failed" }, { "audience", "failed" }, { "issuer", "failed" }, { "subject", "failed" },
        { "expired", "clock" }, { "six-minutes-ahead", "clock" }, { "six-minutes-behind", "clock" }, { "no-time", "clock" },
        { "four-minutes-ahead", "" }, { "four-minutes-behind", "" },
        { "foreign", "failed" }, { "none", "failed" }, { "HS256", "failed" }, { "odd-name", "provider-name-unusable" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_token_that_is_not_as_it_must_be_lets_nobody_in(string fault, string why)
    {
        town.Comes("faulty-" + fault.ToLowerInvariant());
        town.Provider.Signed = fault is "foreign" or "none" or "HS256" ? fault : "RS256";
        var now = town.Hub.Clock.GetUtcNow();
        town.Provider.Alter = said => _ = (object?)(fault switch
        {
            "nonce" => said["nonce"] = "of another browser",
            "nonce-missing" => said.Remove("nonce"),
            "audience" => said["aud"] = "another-client",
            "issuer" => said["iss"] = "http://127.0.0.1:1/",
            "subject" => said.Remove("sub"),
            "expired" => said["exp"] = now.AddMinutes(-6).ToUnixTimeSeconds(),
            "six-minutes-ahead" => said["iat"] = now.AddMinutes(6).ToUnixTimeSeconds(),
            "six-minutes-behind" => said["iat"] = now.AddMinutes(-6).ToUnixTimeSeconds(),
            "four-minutes-ahead" => said["iat"] = now.AddMinutes(4).ToUnixTimeSeconds(),
            "four-minutes-behind" => said["iat"] = now.AddMinutes(-4).ToUnixTimeSeconds(),
            "no-time" => said.Remove("iat"),
            "odd-name" => said["preferred_username"] = "Ümit Öz",
            _ => null,
        });
        using var browser = new ProviderBrowser(town.Hub.Address);
        Assert.Equal(why, await browser.WhyNotAsync() ?? "");
        Assert.Equal(why.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.Redirect, await browser.LookAsync());
        if (fault is "six-minutes-ahead")
        {
            Assert.Matches("The clock of alsdorf's provider is \\+3[56][0-9] s ahead", town.Hub.Words);
            Assert.Contains("mehr als fünf Minuten falsch", await browser.ReadAsync("/staff/sign-in?why=clock&lang=de"),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_way_there_is_bound_to_the_browser_and_leads_to_own_pages_only()
    {
        town.Comes("walter", "service");
        using var browser = new ProviderBrowser(town.Hub.Address);
        Assert.Equal("?to=%2Fstaff", (await browser.EnterAsync("https://elsewhere.example/")).Query);
        Assert.Equal("?to=%2Fstaff", (await browser.EnterAsync("//elsewhere.example")).Query);
        Assert.Contains("href=\"/staff?lang=de\"",
            await browser.ReadAsync("/staff/entered?lang=de&to=https://elsewhere.example/"), StringComparison.Ordinal);
        var asked = town.Provider.Asked!;
        Assert.Equal(("S256", "code"), (asked.CodeChallengeMethod, asked.ResponseType));
        Assert.True(asked.Nonce?.Length > 20 && asked.CodeChallenge?.Length > 40 && asked.State?.Length > 20);

        // Somebody else's answer, in a link: the browser never asked for it.
        Uri? stolen = null;
        await browser.EnterAsync("/staff", answer => (stolen = answer) is null ? answer : new Uri(town.Hub.Address, "/staff/entered"));
        using var victim = new ProviderBrowser(town.Hub.Address);
        using var refused = await victim.GetAsync(stolen!.PathAndQuery);
        Assert.Equal("failed", ProviderBrowser.WhyIn(new Uri(town.Hub.Address, refused.Headers.Location!)));
        Assert.Equal(HttpStatusCode.Redirect, await victim.LookAsync());
        Assert.Equal(HttpStatusCode.NotFound, await victim.LookAsync("/staff/provider/elsewhere"));
    }

    [Fact]
    public async Task A_locked_desk_opens_only_after_the_provider_has_asked_again()
    {
        town.Comes("locks", "service");
        using var browser = new ProviderBrowser(town.Hub.Address);
        Assert.Null(await browser.WhyNotAsync());
        using (var locked = await browser.LockAsync())
        {
            Assert.Equal(HttpStatusCode.OK, locked.StatusCode);
        }

        Assert.Contains("Mit dem Konto der Stadtverwaltung entsperren", await browser.ReadAsync("/staff/locked?lang=de"),
            StringComparison.Ordinal);
        town.Provider.Account["auth_time"] = town.Hub.Clock.GetUtcNow().AddHours(-1).ToUnixTimeSeconds();
        Assert.Equal("not-asked", await browser.WhyNotAsync());
        Assert.Equal(("login", "0"), (town.Provider.Asked!.Prompt, (string?)town.Provider.Asked.GetParameter("max_age")));
        Assert.Equal(HttpStatusCode.Redirect, await browser.LookAsync());
        town.Provider.Account["auth_time"] = town.Hub.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Null(await browser.WhyNotAsync());
        Assert.Equal(HttpStatusCode.OK, await browser.LookAsync());
        Assert.Single(town.Known.Find("locks")!.Sessions); // The locked one has ended.
    }

    [Fact]
    public async Task Signing_out_leads_to_the_providers_own_sign_out()
    {
        town.Comes("signs-out");
        using var browser = new ProviderBrowser(town.Hub.Address);
        Assert.Null(await browser.WhyNotAsync());
        using var left = await browser.PostAsync("/staff/account", "/staff/sign-out");
        Assert.Equal("/staff/signed-out/alsdorf", left.Headers.Location?.OriginalString);
        Assert.Empty(town.Known.Find("signs-out")!.Sessions);
        Assert.Contains($"0;url={town.Provider.Issuer}end?client_id=aufruf&post_logout_redirect_uri=http%3A%2F%2Flocalhost",
            await browser.ReadAsync("/staff/signed-out/alsdorf"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_provider_the_page_says_so_within_five_seconds_and_all_others_go_on()
    {
        await using var provider = await InnerProvider.StartAsync();
        await using var hub = await TestHub.StartAsync(options: [.. provider.Settings, "--Hub:Providers:alsdorf:Acr=two-factors passkey"]);
        await ProvidedHub.PrepareAsync(hub);
        provider.Account = ProvidedHub.AccountOf("vera", "lead");
        using var inside = new ProviderBrowser(hub.Address);
        provider.Account["acr"] = "password";
        Assert.Equal("weak", await inside.WhyNotAsync());
        Assert.Equal("two-factors passkey", provider.Asked!.AcrValues);
        provider.Account["acr"] = "passkey";
        Assert.Null(await inside.WhyNotAsync());
        await provider.StopAsync();
        hub.Clock.Skipped += TimeSpan.FromSeconds(3); // Its last answer is forgotten.

        using var outside = new ProviderBrowser(hub.Address);
        var since = Stopwatch.StartNew();
        Assert.Equal("down", await outside.WhyNotAsync("/desk/"));
        Assert.InRange(since.Elapsed.TotalSeconds, 0, 5);
        Assert.Contains("antwortet nicht", await outside.ReadAsync("/staff/sign-in?why=down&lang=de"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await inside.LookAsync(Reports));
        using var left = await inside.PostAsync("/staff/account", "/staff/sign-out");
        Assert.Contains("Dort sind Sie vielleicht noch angemeldet", await inside.ReadAsync("/staff/signed-out/alsdorf?lang=de"),
            StringComparison.Ordinal);
        using var local = await StaffBrowser.SignInAsync(hub, new StaffPerson("alsdorf", "kern"));
        await local.ReadAsync("/staff/alsdorf/people");
        Assert.Contains("The provider of alsdorf does not answer", hub.Words, StringComparison.Ordinal);

        await provider.StartAgainAsync();
        hub.Clock.Skipped += TimeSpan.FromSeconds(3);
        Assert.Null(await outside.WhyNotAsync());
    }

    [Fact]
    public void Settings_that_cannot_work_are_named_before_the_hub_starts()
    {
        Assert.Empty(new ProviderOptions
        {
            Issuer = "https://login.town.example/realms/town",
            ClientId = "aufruf",
            ClientSecretFile = TestHub.DemoOffice,
        }.Wrong("town").Skip(1)); // The demo office is too large for a secret.
        Assert.Equal(5, new ProviderOptions { Issuer = "http://login.town.example", Scopes = "profile" }.Wrong("Town.A").Count());
    }
}
