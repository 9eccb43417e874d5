using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The demo office with two floors, by real hubs.</summary>
public sealed class TwoFloorsFlowTests(Postgres postgres)
{
    private const string Upstairs = "alsdorf.rathaus.obergeschoss";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static Task<string> OfficeAsync() =>
        File.ReadAllTextAsync(Repository.PathOf("hub", "demo", "two-floors", "alsdorf.rathaus.json"), Now);

    [Fact]
    public async Task A_desk_at_one_hub_calls_from_upstairs_and_a_hub_that_ends_between_the_steps_loses_nobody()
    {
        await using var first = await TestHub.StartAsync(await OfficeAsync(),
            options: [$"--ConnectionStrings:Aufruf={await postgres.NewDatabaseAsync()}"]);
        await using var second = await TestHub.JoinAsync(first);
        var (one, two) = ((await first.TakeAsync("fahrzeug")).Number, (await first.TakeAsync("fahrzeug")).Number);
        await ActAsync(second, "log-in", new { requestId = Guid.CreateVersion7(), profile = "beide" });
        var press = new { requestId = Guid.CreateVersion7() };
        await ActAsync(second, "call-next", press);
        await ActAsync(second, "call-next", press); // The answer was lost.
        Assert.Equal(one, (await TodayAsync(first, TestHub.Area)).VisitAt(new("2"))?.Number.ToString());
        await ActAsync(second, "finish", new { requestId = Guid.CreateVersion7() });

        // The press of the second ticket is written upstairs, and then its hub ends.
        var (hall, stairs) = (await TodayAsync(first, TestHub.Area), await TodayAsync(first, Upstairs));
        var ticket = stairs.Tickets.Values.Single(t => t.Number.ToString() == two);
        var fetched = await first.Services.GetRequiredService<GrainQueues>().HandleAsync(stairs.Key, new(Guid.NewGuid()),
            new QueueCommand.Fetch(ticket.Id, ticket.Changes, new("erdgeschoss", new("2"), hall.At(new("2")).Revision, new(Guid.NewGuid()),
                new(Aufruf.Domain.Queues.Policies.WhyKind.LongestWait), hall.At(new("2")).Clerk, false, null,
                first.Clock.GetUtcNow().AddSeconds(15))));
        Assert.Null(fetched.Refusal);
        await first.StopAsync();
        await second.UntilAsync(async () => (await TodayAsync(second, TestHub.Area)).VisitAt(new("2")) is not null
            || (await TodayAsync(second, Upstairs)).Waiting.Count == 1, "The ticket is called, or waits again");
        if ((await TodayAsync(second, TestHub.Area)).VisitAt(new("2")) is null)
        {
            await ActAsync(second, "call-next", new { requestId = Guid.CreateVersion7() });
        }

        Assert.Equal(two, (await TodayAsync(second, TestHub.Area)).VisitAt(new("2"))?.Number.ToString());
        Assert.Equal(0, (await TodayAsync(second, Upstairs)).Waiting.Count);
    }

    [Fact]
    public async Task A_board_of_two_areas_shows_a_clerk_of_one_area_only_that_one_and_a_display_both()
    {
        await using var hub = await TestHub.StartAsync(await OfficeAsync());
        var clerk = await hub.HireAsync("alsdorf", "downstairs", ("clerk", TestHub.Area));
        var jar = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = jar })
        {
            BaseAddress = hub.Address,
        };
        browser.DefaultRequestHeaders.Add("Origin", hub.Address.GetLeftPart(UriPartial.Authority));
        using (await clerk.SignInAsync(browser))
        {
            Assert.Equal([TestHub.Area], await ShownAsync(hub, o =>
            {
                o.Cookies = jar;
                o.Headers["Origin"] = hub.Address.GetLeftPart(UriPartial.Authority);
            }, 1));
        }

        Assert.Equal([Upstairs, TestHub.Area], await ShownAsync(hub,
            o => o.AccessTokenProvider = () => Task.FromResult<string?>(hub.DisplayToken), 2));
    }

    /// <summary>The areas that the snapshots of a connection name, after so many of them.</summary>
    private static async Task<string[]> ShownAsync(TestHub hub,
        Action<Microsoft.AspNetCore.Http.Connections.Client.HttpConnectionOptions> way, int snapshots)
    {
        await using var connection = new HubConnectionBuilder().WithUrl(
            new Uri(hub.Address, "/live/board?board=alsdorf.rathaus.treppe"), way).Build();
        var (shown, all) = (new HashSet<string>(), new TaskCompletionSource<string[]>());
        connection.On<JsonElement>("Snapshot", snapshot =>
        {
            lock (shown)
            {
                shown.Add(snapshot.GetProperty("area").GetString()!);
                if (shown.Count == snapshots)
                {
                    all.TrySetResult([.. snapshot.GetProperty("areas").EnumerateArray().Select(a => a.GetProperty("key").GetString()!)]);
                }
            }
        });
        await connection.StartAsync(Now);
        return await all.Task.WaitAsync(TimeSpan.FromSeconds(20), Now);
    }

    private static async Task ActAsync(InnerHub hub, string action, object request)
    {
        using var answer = await hub.Clerk.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/counters/2/{action}", request, Now);
        Assert.True(answer.IsSuccessStatusCode, $"{action}: {await answer.Content.ReadAsStringAsync(Now)}");
    }

    private static async Task<Queue> TodayAsync(InnerHub hub, string area)
    {
        var (office, found) = hub.Services.GetRequiredService<OfficeDirectory>().FindArea(area)!.Value;
        return (await hub.Services.GetRequiredService<IQueues>().ViewAsync(office.QueueOf(found, hub.Clock.GetUtcNow()))).Queue;
    }
}
