using System.Net;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>Two hubs of a town with a provider: begun at one, answered at the other, ended at both.</summary>
public sealed class ProviderHubsTests(Postgres postgres)
{
    [Fact]
    public async Task A_sign_in_that_begins_at_one_hub_ends_at_the_other_and_the_provider_ends_it_at_both()
    {
        await using var provider = await InnerProvider.StartAsync();
        provider.Account = ProvidedHub.AccountOf("tina", "service");
        await using var first = await TestHub.StartAsync(
            options: [$"--ConnectionStrings:Aufruf={await postgres.NewDatabaseAsync()}", .. provider.Settings]);
        await using var second = await TestHub.JoinAsync(first);
        await ProvidedHub.PrepareAsync(first);
        using var browser = new ProviderBrowser(first.Address);
        Assert.Null(ProviderBrowser.WhyIn(await browser.EnterAsync("/staff", answer => new Uri(second.Address, answer.PathAndQuery))));
        Assert.Equal(HttpStatusCode.OK, await browser.LookAsync(hub: first.Address));
        Assert.Equal(HttpStatusCode.OK, await browser.LookAsync(hub: second.Address));

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("logout_token",
            provider.Logout(second.Clock.GetUtcNow(), said => said["sid"] = "sid-of-tina"))]);
        using var ended = await second.Anybody.PostAsync("/staff/backchannel-logout/alsdorf", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        await first.UntilAsync(async () => await browser.LookAsync(hub: first.Address) is HttpStatusCode.Redirect, "The session is over");
        using var again = await first.Anybody.PostAsync("/staff/backchannel-logout/alsdorf", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode); // Once on all hubs together.
    }
}
