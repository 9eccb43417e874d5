using System.Net;
using System.Text.Json.Nodes;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>Orders of the provider to end sessions, by its back channel.</summary>
public sealed partial class ProviderTests
{
    public static TheoryData<string, string> Orders => new()
    {
        { "foreign", "signature" }, { "none", "signature" }, { "HS256", "signature" }, { "issuer", "signature" },
        { "audience", "signature" }, { "old", "iat" }, { "ahead", "iat" }, { "expired", "iat" }, { "no-exp", "iat" },
        { "no-event", "events" }, { "other-event", "events" }, { "nonce", "nonce" }, { "no-jti", "jti" }, { "nobody", "sub and sid" },
        { "nothing", "logout_token" },
    };

    [Theory, MemberData(nameof(Orders))]
    public async Task An_order_to_end_sessions_that_is_not_the_providers_ends_none(string fault, string reason)
    {
        town.Comes("stays");
        using var browser = new ProviderBrowser(town.Hub.Address);
        Assert.Null(await browser.WhyNotAsync());
        town.Provider.Signed = fault is "foreign" or "none" or "HS256" ? fault : "RS256";
        var now = town.Hub.Clock.GetUtcNow();
        var order = town.Provider.Logout(now, said =>
        {
            said["sub"] = "sub-of-stays";
            _ = (object?)(fault switch
            {
                "issuer" => said["iss"] = "http://127.0.0.1:1/",
                "audience" => said["aud"] = "another-client",
                "old" => said["iat"] = now.AddMinutes(-6).ToUnixTimeSeconds(),
                "ahead" => said["iat"] = now.AddMinutes(6).ToUnixTimeSeconds(),
                "expired" => said["exp"] = now.AddMinutes(-6).ToUnixTimeSeconds(),
                "no-exp" => said.Remove("exp"),
                "no-event" => said.Remove("events"),
                "other-event" => said["events"] = new JsonObject { ["http://town.example/event"] = new JsonObject() },
                "nonce" => said["nonce"] = "a sign-in's token",
                "no-jti" => said.Remove("jti"),
                "nobody" => said.Remove("sub"),
                _ => null,
            });
        });
        Assert.Contains(reason, await OrderAsync(fault is "nothing" ? null : order) ?? "carried out", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await browser.LookAsync());
    }

    [Fact]
    public async Task The_provider_ends_one_session_or_all_of_an_account_and_an_order_counts_once()
    {
        town.Comes("leaves");
        using var first = new ProviderBrowser(town.Hub.Address);
        Assert.Null(await first.WhyNotAsync());
        town.Provider.Account["sid"] = "another session of the provider";
        using var second = new ProviderBrowser(town.Hub.Address);
        Assert.Null(await second.WhyNotAsync());
        var order = town.Provider.Logout(town.Hub.Clock.GetUtcNow(), said => said["sid"] = "sid-of-leaves");
        Assert.Null(await OrderAsync(order));
        Assert.Equal(HttpStatusCode.Redirect, await first.LookAsync());
        Assert.Equal(HttpStatusCode.OK, await second.LookAsync());
        Assert.Contains("used already", await OrderAsync(order), StringComparison.Ordinal);
        Assert.Null(await OrderAsync(town.Provider.Logout(town.Hub.Clock.GetUtcNow(), said => said["sub"] = "sub-of-leaves")));
        Assert.Equal(HttpStatusCode.Redirect, await second.LookAsync());
    }

    [Fact]
    public async Task A_new_key_of_the_provider_is_known_at_its_first_use_and_unknown_ones_are_asked_for_once_a_minute()
    {
        town.Hub.Clock.Skipped += TimeSpan.FromMinutes(2); // An unknown key of another test is long ago.
        town.Comes("sees-new-keys");
        using var first = new ProviderBrowser(town.Hub.Address);
        Assert.Null(await first.WhyNotAsync());
        await town.Provider.ChangeKeyAsync();
        var read = town.Provider.KeysRead;
        Assert.Null(await OrderAsync(town.Provider.Logout(town.Hub.Clock.GetUtcNow(), said => said["sub"] = "sub-of-sees-new-keys")));
        Assert.Equal((HttpStatusCode.Redirect, read + 1), (await first.LookAsync(), town.Provider.KeysRead));
        Assert.Null(await first.WhyNotAsync()); // A sign-in knows it, too.

        town.Provider.Signed = "unknown";
        foreach (var (wait, reads) in new[] { (0, 1), (40, 1), (21, 2), (1, 2) })
        {
            town.Hub.Clock.Skipped += TimeSpan.FromSeconds(wait);
            Assert.Contains("signature", await OrderAsync(town.Provider.Logout(town.Hub.Clock.GetUtcNow())), StringComparison.Ordinal);
            Assert.Equal(read + reads, town.Provider.KeysRead);
        }
    }

    private async Task<string?> OrderAsync(string? token)
    {
        using var form = new FormUrlEncodedContent(token is null ? [] : [KeyValuePair.Create("logout_token", token)]);
        using var answer = await town.Hub.Anybody.PostAsync("/staff/backchannel-logout/alsdorf", form);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        return answer.IsSuccessStatusCode ? null : (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error_description"];
    }
}
