using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;
using CredentialCache = Aufruf.Hub.Identity.CredentialCache;

namespace Aufruf.Tests.Flows;

/// <summary>A screen or device whose credential another process replaced or revoked is closed, whatever was open.</summary>
public class RevokedTests(GuardedHub guarded)
{
    private const double Seconds = 5; // A second on a quiet machine; the limit is only there to fail.

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CredentialKind.Display, "/live/board?board=alsdorf.rathaus.halle", false)]
    [InlineData(CredentialKind.Display, "/live/board?board=alsdorf.rathaus.halle", true)]
    [InlineData(CredentialKind.Kiosk, "/live/kiosk?kiosk=alsdorf.rathaus.foyer", false)]
    [InlineData(CredentialKind.Kiosk, "/live/kiosk?kiosk=alsdorf.rathaus.foyer", true)]
    public async Task An_open_screen_is_closed_when_its_token_is_replaced_or_revoked(CredentialKind kind, string address, bool replaced)
    {
        var hub = await guarded.HubAsync();
        var holder = $"{kind}-{(replaced ? "replaced" : "revoked")}";
        var old = await IssueAsync(hub, kind, holder);
        await using var screen = Screen(hub, address, old);
        var closed = new TaskCompletionSource();
        screen.Closed += _ => Task.FromResult(closed.TrySetResult());
        await screen.StartAsync(Now); // At its first use, whatever others showed before.

        var next = replaced ? await IssueAsync(hub, kind, holder) : null;
        if (next is null)
        {
            await CommandAsync(hub, new CredentialsCommand.Revoke(holder));
        }

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(Seconds), Now);
        await using var again = Screen(hub, address, old);
        await Assert.ThrowsAsync<HttpRequestException>(() => again.StartAsync(Now));
        if (next is not null)
        {
            await using var renewed = Screen(hub, address, next);
            await renewed.StartAsync(Now);
        }
    }

    [Fact]
    public async Task A_device_is_cut_off_when_its_password_is_replaced_and_let_in_with_the_new_one()
    {
        var hub = await guarded.HubAsync();
        var old = await IssueAsync(hub, CredentialKind.Device, "knopf-3", GuardedHub.OtherOffice);
        await using var device = RawDevice.Stranger(hub, "knopf-3", old.Split('~')[2], GuardedHub.OtherOffice);
        await device.ConnectAgainAsync();
        var next = await IssueAsync(hub, CredentialKind.Device, "knopf-3", GuardedHub.OtherOffice);
        await hub.UntilAsync(() => Task.FromResult(!device.IsConnected), "The old device is cut off", seconds: Seconds);
        Assert.Equal(MQTTnet.MqttClientConnectResultCode.BadUserNameOrPassword, await device.TryConnectAsync());
        await using var renewed = RawDevice.Stranger(hub, "knopf-3", next.Split('~')[2], GuardedHub.OtherOffice);
        await renewed.ConnectAgainAsync();
    }

    [Fact]
    public async Task A_device_or_screen_that_leaves_the_office_file_is_closed_and_comes_back_with_it()
    {
        await using var hub = await TestHub.StartAsync();
        var good = await File.ReadAllTextAsync(hub.OfficeFile, Now);
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        await using var printer = await RawDevice.ConnectAsync(hub, "printer-1");
        (string Address, string Token)[] places = [($"/live/board?board={TestHub.Board}", hub.DisplayToken),
            ($"/live/kiosk?kiosk={TestHub.Kiosk}", hub.KioskToken), ($"/live/desk?area={TestHub.Area}&counter=4", hub.ClerkToken)];
        await using var board = Screen(hub, places[0].Address, places[0].Token);
        await using var kiosk = Screen(hub, places[1].Address, places[1].Token);
        await using var desk = Screen(hub, places[2].Address, places[2].Token);
        await using var stays = Screen(hub, $"/live/desk?area={TestHub.Area}&counter=2", hub.ClerkToken);
        await Task.WhenAll(new[] { board, kiosk, desk, stays }.Select(screen => screen.StartAsync(Now)));

        var root = System.Text.Json.Nodes.JsonNode.Parse(good)!;
        var devices = root["devices"]!.AsArray();
        devices.Remove(devices.Single(device => (string)device!["id"]! == "box-3"));
        root["kiosks"]!.AsArray().Clear();
        var area = root["areas"]![0]!;
        area["boards"]!.AsArray().Clear();
        area["counters"]!.AsArray().RemoveAt(3);
        await File.WriteAllTextAsync(hub.OfficeFile, root.ToJsonString(), Now);
        await hub.UntilAsync(() => Task.FromResult(!box.IsConnected && new[] { board, kiosk, desk }.All(screen =>
            screen.State is HubConnectionState.Disconnected)), "The removed ones are closed", seconds: 10);
        Assert.True(printer.IsConnected);
        Assert.Equal(HubConnectionState.Connected, stays.State);
        Assert.Equal(MQTTnet.MqttClientConnectResultCode.BadUserNameOrPassword, await box.TryConnectAsync());
        Assert.Contains("no longer has the device or screen of a connection of box-3", hub.Words, StringComparison.Ordinal);

        await File.WriteAllTextAsync(hub.OfficeFile, good, Now);
        await hub.UntilAsync(async () => await box.TryConnectAsync() is MQTTnet.MqttClientConnectResultCode.Success, "The box is back");
        await using var again = Screen(hub, places[0].Address, places[0].Token);
        await again.StartAsync(Now);
    }

    private static HubConnection Screen(TestHub hub, string address, string token) => new HubConnectionBuilder()
        .WithUrl(new Uri(hub.Address, address), o => o.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();

    /// <summary>As the command "token" does: beside the running hub.</summary>
    private static async Task<string> IssueAsync(TestHub hub, CredentialKind kind, string holder, string office = TestHub.Office)
    {
        var secret = Secret.New(office, holder);
        await CommandAsync(hub, new CredentialsCommand.Issue(kind, holder, secret.Hash), office);
        return secret.Token;
    }

    private static async Task CommandAsync(TestHub hub, CredentialsCommand command, string office = TestHub.Office)
    {
        var file = Path.Combine(hub.Data, "aufruf.db");
        await using var journal = new SqliteJournal(file, readOnly: false, CommandSettings.KeyBeside(file));
        var answer = await Journaled.Of<Credentials, CredentialsCommand, CredentialsEvent>(CredentialCache.StreamOf(office), journal,
            new CredentialCache(), TimeProvider.System).Handle(new RequestId(Guid.CreateVersion7()), command);
        Assert.Null(answer.Refusal);
    }
}
