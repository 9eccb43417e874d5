using System.Text;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;
using MQTTnet;

namespace Aufruf.Tests.Flows;

/// <summary>A device connects with its own password only and reaches its own topics only.</summary>
public class GuardedBrokerTests(GuardedHub guarded)
{
    [Fact]
    public async Task A_wrong_password_a_strange_device_and_a_clerks_key_are_refused()
    {
        var hub = await guarded.HubAsync();
        var clerkSecret = hub.ClerkToken.Split('~')[2];
        (string Device, string Password, string Office)[] strangers =
        [
            ("box-3", "wrong", TestHub.Office), ("box-3", "", TestHub.Office),
                ("box-3", hub.DevicePassword("printer-1"), TestHub.Office),
            ("box-9", hub.DevicePassword("box-3"), TestHub.Office), ("first-clerk", clerkSecret, TestHub.Office),
                ("first-clerk", clerkSecret, "alsdorf"),
            ("box-3", hub.DevicePassword("box-3"), GuardedHub.OtherOffice), ("#", "x", "+"),
                ("box-3", new string('x', 5000), TestHub.Office),
        ];
        foreach (var (device, password, office) in strangers)
        {
            await using var stranger = RawDevice.Stranger(hub, device, password, office);
            Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await stranger.TryConnectAsync());
        }

        await using var borrowed = RawDevice.Stranger(hub, "box-3", hub.DevicePassword("box-3"));
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword,
            await borrowed.TryConnectAsync(o => o.WithClientId("alsdorf.rathaus/printer-1")));
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await borrowed.TryConnectAsync(o => o.WithClientId("hub")));
    }

    [Fact]
    public async Task A_device_hears_its_own_mailboxes_and_the_offices_news_only()
    {
        var hub = await guarded.HubAsync();
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        string[] foreign =
        [
            "#", "+/#", "$SYS/#", "aufruf/#", "aufruf/v1/#", "aufruf/v1/+/pub/#", "aufruf/v1/alsdorf.rathaus/#",
                "aufruf/v1/alsdorf.rathaus/dev/#",
            "aufruf/v1/alsdorf.rathaus/dev/+/face", "aufruf/v1/alsdorf.rathaus/dev/box-3", "aufruf/v1/alsdorf.rathaus/dev/box-3+/evt",
            "aufruf/v1/alsdorf.rathaus/dev/printer-1/cmd", "aufruf/v1/fremd.amt/pub/#", "aufruf/v1/fremd.amt/dev/knopf-1/face",
            "$share/g/aufruf/v1/alsdorf.rathaus/dev/printer-1/cmd", "$share/g/aufruf/v1/alsdorf.rathaus/dev/box-3/cmd",
        ];
        foreach (var topic in foreign)
        {
            await RefusedAsync(box, topic);
        }

        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await box.SubscribeAsync(Topics.Public(TestHub.Office)));
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await box.SubscribeAsync(Topics.Time(TestHub.Office)));
        Assert.True(box.IsConnected);
    }

    [Fact]
    public async Task A_device_cannot_speak_as_the_hub_or_as_another_device()
    {
        var hub = await guarded.HubAsync();
        await using var printer = await RawDevice.ConnectAsync(hub, "printer-1");
        string[] foreign =
        [
            "aufruf/v1/alsdorf.rathaus/dev/printer-1/cmd", "aufruf/v1/alsdorf.rathaus/dev/printer-1/face",
                "aufruf/v1/alsdorf.rathaus/dev/printer-1/evt/ack",
            "aufruf/v1/alsdorf.rathaus/dev/printer-1/cfg", "aufruf/v1/alsdorf.rathaus/dev/printer-1/new",
                "aufruf/v1/alsdorf.rathaus/dev/box-3/evt",
            "aufruf/v1/alsdorf.rathaus/dev/box-3/face", "aufruf/v1/fremd.amt/dev/printer-1/evt",
                "aufruf/v1/alsdorf.rathaus/pub/board/erdgeschoss",
            "aufruf/v1/alsdorf.rathaus/pub/time", "aufruf/v1/alsdorf.rathaus/dev//evt", "$SYS/broker", "anything", "aufruf/v1",
        ];
        foreach (var topic in foreign)
        {
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await printer.PublishAsync(topic, "{}"u8.ToArray(), retain: true));
        }

        await using var again = await RawDevice.ConnectAsync(hub, "printer-1");
        await again.AskAsync(again.Want("8"));
        Assert.Equal([Topics.EventAck], again.Heard.Select(m => m.Channel)); // Nothing of it was kept for later listeners.
    }

    [Fact]
    public async Task A_last_will_cannot_reach_another_mailbox()
    {
        var hub = await guarded.HubAsync();
        await using var victim = await RawDevice.ConnectAsync(hub, "knopf-1", GuardedHub.OtherOffice);
        var mailbox = Topics.Device(GuardedHub.OtherOffice, "knopf-1", Topics.Command);
        await using (var attacker = RawDevice.Stranger(hub, "knopf-2", hub.DevicePassword("knopf-2"), GuardedHub.OtherOffice))
        {
            Assert.Equal(MqttClientConnectResultCode.Success,
                await attacker.TryConnectAsync(o => o.WithWillTopic(mailbox).WithWillPayload("{}").WithWillRetain()));
            await attacker.LeaveWithWillAsync();
        }

        await victim.AskAsync(victim.Press("no-such-button"));
        Assert.DoesNotContain(victim.Heard, m => m.Channel == Topics.Command);
    }

    [Fact]
    public async Task A_device_that_talks_too_fast_is_told_so_keeps_its_connection_and_is_heard_again()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        var words = Encoding.UTF8.GetBytes("{}");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 400).Select(_ => box.PublishAsync(Topics.Device(box.Office, box.Device, Topics.State), words)));

        Assert.Contains(MqttClientPublishReasonCode.QuotaExceeded, answers);
        Assert.InRange(answers.Count(a => a is not MqttClientPublishReasonCode.QuotaExceeded), 100, 399);
        Assert.InRange(
            hub.Words.Split('\n').Count(line => line.Contains("more than 50 messages a second", StringComparison.Ordinal)), 1, 30);
        await hub.UntilAsync(async () => await box.SendAsync(box.Press()) is not MqttClientPublishReasonCode.QuotaExceeded,
            "The device is heard again", seconds: 10);
        Assert.True(box.IsConnected);
        Assert.Equal("A001", (await box.UntilFaceAsync(face => face.State is FaceState.Called)).Number);
    }

    private static async Task RefusedAsync(RawDevice box, string topic)
    {
        var answer = await box.SubscribeAsync(topic);
        Assert.True(answer is MqttClientSubscribeResultCode.NotAuthorized or MqttClientSubscribeResultCode.SharedSubscriptionsNotSupported,
            $"Subscribing to {topic} was answered {answer}.");
    }
}
