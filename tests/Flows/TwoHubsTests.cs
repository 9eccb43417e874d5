using System.Net;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using CredentialCache = Aufruf.Hub.Identity.CredentialCache;
using Secret = Aufruf.Hub.Identity.Secret;

namespace Aufruf.Tests.Flows;

/// <summary>Two hubs serve one office: everything is right on both, whichever one a browser or a device reaches.</summary>
public sealed class TwoHubsTests(TwoHubs hubs) : IClassFixture<TwoHubs>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clerk_calls_at_one_hub_and_the_boards_at_both_show_it(bool atSecond)
    {
        var (here, there) = atSecond ? (hubs.Second, hubs.First) : (hubs.First, hubs.Second);
        await using var near = await BoardWatcher.ConnectAsync(here);
        await using var far = await BoardWatcher.ConnectAsync(there);
        await using var desk = await DeskWatcher.ConnectAsync(there, TestHub.Area, "3", there.ClerkToken);
        var number = (await there.TakeAsync()).Number;
        using (var called = await here.ActAsync("3", "call-next"))
        {
            Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        }

        await Task.WhenAll(near.UntilShownAsync(number, "3"), far.UntilShownAsync(number, "3"));
        await desk.UntilAsync(d => d.StateOf(number) is "called", "the call of the other hub");
        using var finished = await there.ActAsync("3", "finish");
        Assert.Equal(HttpStatusCode.OK, finished.StatusCode);
    }

    [Fact]
    public async Task A_token_revoked_at_one_hub_is_closed_at_the_other()
    {
        var secret = await IssueAsync(hubs.First, "revoked-clerk");
        await using var screen = new HubConnectionBuilder().WithUrl(
            new Uri(hubs.Second.Address, $"/live/desk?area={TestHub.Area}&counter=2"),
            o => o.AccessTokenProvider = () => Task.FromResult<string?>(secret.Token)).Build();
        var closed = new TaskCompletionSource();
        screen.Closed += _ => Task.FromResult(closed.TrySetResult());
        await screen.StartAsync(Now); // The second hub knows at once what the first has issued.

        await CommandAsync(hubs.First, new CredentialsCommand.Revoke("revoked-clerk"));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(5), Now);
        using var stranger = hubs.Second.As(secret.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/offices", Now)).StatusCode);
    }

    [Fact]
    public async Task An_office_changed_at_one_hub_is_in_force_at_both_and_both_keep_a_place_with_tickets()
    {
        var (offices, changes) = (hubs.First.Services.GetRequiredService<OfficeDirectory>(), hubs.Second.Services
            .GetRequiredService<OfficeChanges>());
        var before = offices.Find(TestHub.Office)!;
        var area = before.Areas[0];
        var after = before with
        {
            Areas = [area with { Counters = [.. area.Counters, area.Counters[0] with { Id = new("9"), Label = "9" }] }],
        };
        Assert.Null(await changes.TryAsync(TestHub.Office, new OfficeCommand.Publish(after, "command:anna")));
        await hubs.First.UntilAsync(() => Task.FromResult(offices.Find(TestHub.Office)?.Counter(new("9")) is not null), "It follows",
            seconds: 5);
        var number = (await hubs.First.TakeAsync()).Number;
        foreach (var hub in new[] { hubs.First, hubs.Second })
        {
            Assert.Contains(number, await hub.Services.GetRequiredService<OfficeChanges>().TryAsync(TestHub.Office,
                new OfficeCommand.Withdraw("command:anna")), StringComparison.Ordinal);
        }

        foreach (var action in new[] { "call-next", "finish" })
        {
            using var done = await hubs.First.ActAsync("3", action);
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        }
    }

    private static async Task<Secret> IssueAsync(InnerHub hub, string holder)
    {
        var secret = Secret.New(TestHub.Office, holder);
        await CommandAsync(hub, new CredentialsCommand.Issue(CredentialKind.Clerk, holder, secret.Hash));
        return secret;
    }

    private static async Task CommandAsync(InnerHub hub, CredentialsCommand command) => Assert.Null((await hub.Services
        .GetRequiredService<IGrainFactory>().GetGrain<ICredentialsGrain>(CredentialCache.StreamOf(TestHub.Office))
        .Handle(new RequestId(Guid.CreateVersion7()), command)).Refusal);
}
