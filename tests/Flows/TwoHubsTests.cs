using System.Net;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Tests.Domain.Cases;
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
        var secret = await IssueAsync(hubs.First, "revoked-board");
        await using var screen = new HubConnectionBuilder().WithUrl(
            new Uri(hubs.Second.Address, $"/live/board?board={TestHub.Board}"),
            o => o.AccessTokenProvider = () => Task.FromResult<string?>(secret.Token)).Build();
        var closed = new TaskCompletionSource();
        screen.Closed += _ => Task.FromResult(closed.TrySetResult());
        await screen.StartAsync(Now); // The second hub knows at once what the first has issued.

        await CommandAsync(hubs.First, new CredentialsCommand.Revoke("revoked-board"));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(5), Now);
        using var stranger = hubs.Second.As(secret.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/offices", Now)).StatusCode);
    }

    [Fact]
    public async Task A_procedure_published_at_one_hub_is_offered_at_the_other_without_a_restart()
    {
        var json = DeclaredProcedures.JsonOf("dog-deregistration");
        var version = new ProcedureVersion(1, json, [.. Directory.GetFiles(Path.Combine(DeclaredProcedures.Folder, "library"))
            .Select(File.ReadAllText)], "Alsdorf", ["52477"], "Europe/Berlin");
        var (first, second) = (hubs.First.Services, hubs.Second.Services);
        Assert.Null((await first.GetRequiredService<IGrainFactory>()
            .GetGrain<IProcedureGrain>(PublishedProcedure.StreamOf("alsdorf", "dog-deregistration"))
            .Handle(new(Guid.CreateVersion7()), new ProcedureCommand.Publish(version, "test"))).Refusal);
        await OfferedAsync(second, "Hund abmelden");

        // The other way: an administrator at the second hub, and the first one has it.
        var pages = second.GetRequiredService<IProcedureAdministration>();
        Assert.Null((await pages.SaveAsync("alsdorf", "dog-deregistration", new(json.Replace("\"version\": 1", "\"version\": 2",
            StringComparison.Ordinal).Replace("Hund abmelden", "Abmelden", StringComparison.Ordinal), []), 0, "anna")).Refusal);
        Assert.Null((await pages.PublishAsync("alsdorf", "dog-deregistration", 1, "anna")).Refusal);
        await OfferedAsync(first, "Abmelden");

        Task OfferedAsync(IServiceProvider hub, string title) => hubs.First.UntilAsync(async () =>
            await hub.GetRequiredService<ICitizenCases>().OfferedAsync("alsdorf") is [var one] && one.Title["de"] == title, title);
    }

    [Fact]
    public async Task A_key_made_at_one_hub_is_good_at_the_other_and_closed_there_when_it_ends()
    {
        var key = await hubs.First.HireInChargeAsync(TestHub.Office, "key-at-two");
        await using var desk = new HubConnectionBuilder().WithUrl(
            new Uri(hubs.Second.Address, $"/live/desk?area={TestHub.Area}&counter=2"),
            o => o.AccessTokenProvider = () => Task.FromResult<string?>(key)).Build();
        var closed = new TaskCompletionSource();
        desk.Closed += _ => Task.FromResult(closed.TrySetResult());
        await desk.StartAsync(Now);
        await hubs.First.AskAsync("alsdorf", new PeopleCommand.EndAllSessions("key-at-two", null, "test"));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(5), Now);
        using var stranger = hubs.Second.As(key);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/offices", Now)).StatusCode);
    }

    [Fact]
    public async Task A_clerk_who_signed_in_at_one_hub_reads_and_posts_at_the_other()
    {
        using var browser = await StaffBrowser.SignInAsync(hubs.First);
        Assert.Equal(HttpStatusCode.OK, await browser.LookAsync());
        browser.At = hubs.Second.Address;
        Assert.Equal(HttpStatusCode.OK, await browser.LookAsync());
        await browser.SignOutAsync(hubs.First.Address); // The form of one hub is good at the other.
        Assert.Equal(HttpStatusCode.Redirect, browser.Last!.StatusCode);
        await hubs.Second.UntilAsync(async () => await browser.LookAsync() is not HttpStatusCode.OK, "Signed out at the second hub too",
            seconds: 5);
    }

    [Fact]
    public async Task A_session_ended_at_one_hub_is_refused_at_the_other_and_wrong_passwords_count_together()
    {
        var person = await hubs.First.HireAsync("alsdorf", "two-hubs", ("clerk", TestHub.Office));
        using var browser = await person.BrowserAsync(hubs.First);
        var other = new Uri(hubs.Second.Address, "/api/v1/offices");
        browser.DefaultRequestHeaders.Remove("Origin"); // A browser at the second hub names that one.
        browser.DefaultRequestHeaders.Add("Origin", hubs.Second.Address.GetLeftPart(UriPartial.Authority));
        using (var begun = await browser.GetAsync(other, Now))
        {
            Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        }

        await hubs.First.Services.GetRequiredService<IStaffPeople>().LogOffAsync("alsdorf", "two-hubs", "admin");
        await hubs.Second.UntilAsync(async () =>
        {
            using var ended = await browser.GetAsync(other, Now);
            return ended.StatusCode is HttpStatusCode.Unauthorized;
        }, "The session is over at the second hub too", seconds: 5);

        var accounts = new[] { hubs.First, hubs.Second }.Select(hub => hub.Services.GetRequiredService<IStaffAccounts>()).ToArray();
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Null((await accounts[guess % 2].EnterAsync("alsdorf", "two-hubs", $"guess {guess}")).Session);
        }

        Assert.Null((await accounts[0].EnterAsync("alsdorf", "two-hubs", StaffPerson.Password)).Session);
        Assert.Null((await accounts[1].EnterAsync("alsdorf", "two-hubs", StaffPerson.Password)).Session);
    }

    [Fact]
    public async Task A_press_at_one_hub_is_printed_at_the_printer_of_the_other_once()
    {
        await using var printer = await DeviceAsync(hubs.Second, "printer-1");
        await SayReadyAsync(printer);
        await hubs.First.UntilAsync(() => Task.FromResult(IsReady(hubs.First, "printer-1")), "The first hub knows the printer", seconds: 5);

        var request = Guid.CreateVersion7();
        var taken = await hubs.First.TakeAsync("wohnsitz", request);
        Assert.True(taken.Printing);
        await hubs.First.TakeAsync("wohnsitz", request); // A repeat is the same command.
        var command = await printer.UntilAsync("a slip", () => printer.Commands is [var first, ..] ? first : null);
        Assert.All(printer.Commands, again => Assert.Equal(command.Id, again.Id));
        Assert.Equal(taken.Number, JsonSerializer.Deserialize(command.Data, ProtocolJson.Default.Slip)!.Number);
        Assert.Equal(TicketState.Waiting, (await ViewAsync(hubs.Second)).Tickets[new TicketId(command.Id)].State);
        await CancelAsync(new TicketId(command.Id));
    }

    [Fact]
    public async Task A_device_that_moves_to_the_other_hub_is_present_there_and_its_old_connection_says_nothing()
    {
        await using var old = await DeviceAsync(hubs.First, "box-3");
        await SayReadyAsync(old);
        Assert.True(await old.UntilFaceAsync(face => face.Counter is not "") is not null);
        await using var device = await DeviceAsync(hubs.Second, "box-3");
        await device.UntilFaceAsync(face => face.Counter is not ""); // Each hub has all faces.
        await SayReadyAsync(device);
        await hubs.First.UntilAsync(() => Task.FromResult(!old.IsConnected), "The old connection is closed", seconds: 5);
        Assert.Equal(EventOutcome.Refused, (await device.AskAsync(device.Press())).Outcome); // No ticket waits.
        foreach (var hub in new[] { hubs.First, hubs.Second })
        {
            await hub.UntilAsync(() => Task.FromResult(IsReady(hub, "box-3")), "The device is present at both hubs", seconds: 5);
        }

        await device.DisposeAsync();
        await hubs.First.UntilAsync(() => Task.FromResult(!IsReady(hubs.First, "box-3")), "Both hubs know that it left", seconds: 5);
    }

    [Fact]
    public async Task A_key_destroyed_at_one_hub_opens_nothing_at_the_other()
    {
        var (here, there) = (hubs.First.Services.GetRequiredService<Vault>(), hubs.Second.Services.GetRequiredService<Vault>());
        var subject = new Subject("test", "person");
        var kept = await here.SealAsync(subject, until: null, "place", "Frau Beispiel");
        Assert.Equal("Frau Beispiel", await there.OpenAsync(subject, "place", kept));
        await here.DestroyAsync(subject);
        await hubs.Second.UntilAsync(() => Task.FromResult(there.Open(subject, "place", kept) is null), "The key is gone", seconds: 2);
        Assert.Null(await there.OpenAsync(subject, "place", kept));
    }

    [Fact]
    public async Task A_trouble_that_one_hub_notices_is_seen_and_dismissed_at_the_other()
    {
        var here = hubs.First.Services.GetRequiredService<DeskTroubles>();
        var there = hubs.Second.Services.GetRequiredService<DeskTroubles>();
        here.Add(TestHub.Office, DeskTroubles.NoSlip, new("A999", new TicketId(Guid.NewGuid())));
        await hubs.Second.UntilAsync(() => Task.FromResult(there.Of(TestHub.Office).Any(t => t.About == "A999")), "Shown",
            seconds: 5);
        there.Seen(TestHub.Office, there.Of(TestHub.Office).Single(t => t.About == "A999").Id);
        await hubs.First.UntilAsync(() => Task.FromResult(here.Of(TestHub.Office).All(t => t.About != "A999")), "It is over", seconds: 5);
    }

    [Fact]
    public async Task Hubs_do_not_start_with_other_keys_and_no_journal_is_accepted_beside_them()
    {
        using var folder = new TempFolder();
        string[] start = [$"--ConnectionStrings:Aufruf={hubs.Database}", $"--Hub:Data={folder.Path}",
            $"--Hub:Offices={hubs.First.Offices}"];
        var (missing, sentence) = await HubCommand.RunAsync(start);
        Assert.Equal(2, missing);
        Assert.Contains("journal-postgresql.key is missing. All hubs of one database need the same", sentence, StringComparison.Ordinal);
        File.Copy(Path.Combine(hubs.First.Data, "journal-postgresql.key"), folder.File("journal-postgresql.key"));
        await File.WriteAllBytesAsync(folder.File("vault.key"), new byte[32], Now);
        (_, sentence) = await HubCommand.RunAsync(start);
        Assert.DoesNotContain("   at ", sentence, StringComparison.Ordinal);
        Assert.Contains("vault.key is not the file of the other hubs", sentence, StringComparison.Ordinal);
        (var refused, sentence) = await HubCommand.RunAsync(["audit", "--accept", .. start]);
        Assert.Equal(2, refused);
        Assert.Contains("A hub runs on this database", sentence, StringComparison.Ordinal);
    }

    private static async Task<RawDevice> DeviceAsync(InnerHub hub, string device)
    {
        var raw = RawDevice.Stranger(hub, device, hub.DevicePassword(device));
        await raw.ConnectAgainAsync();
        return raw;
    }

    private static async Task SayReadyAsync(RawDevice device) => await device.SayAsync(Topics.State,
        new(1, DevicePresence.Ready, null, device.Device.StartsWith("printer", StringComparison.Ordinal) ? PrinterCondition.Ready : null),
        ProtocolJson.Default.DeviceState);

    private static bool IsReady(InnerHub hub, string device) =>
        hub.Services.GetRequiredService<Fleet>().Of(TestHub.Office, device).Presence is DevicePresence.Ready;

    private static QueueKey Today(InnerHub hub) => hub.Services.GetRequiredService<LiveAreas>().Of(TestHub.Area).Now!.Queue.Key;

    private static async Task<Queue> ViewAsync(InnerHub hub) =>
        (await hub.Services.GetRequiredService<IQueues>().ViewAsync(Today(hub))).Queue;

    private async Task CancelAsync(TicketId ticket) => await hubs.First.Services.GetRequiredService<IQueues>()
        .HandleAsync(Today(hubs.First), new RequestId(Guid.CreateVersion7()), new QueueCommand.Cancel(ticket));

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
        await CommandAsync(hub, new CredentialsCommand.Issue(CredentialKind.Display, holder, secret.Hash));
        return secret;
    }

    private static async Task CommandAsync(InnerHub hub, CredentialsCommand command) => Assert.Null((await hub.Services
        .GetRequiredService<IGrainFactory>().GetGrain<ICredentialsGrain>(CredentialCache.StreamOf(TestHub.Office))
        .Handle(new RequestId(Guid.CreateVersion7()), command)).Refusal);
}
