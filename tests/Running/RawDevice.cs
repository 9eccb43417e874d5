using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Edge.Protocol;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Aufruf.Tests.Running;

/// <summary>A device that says exactly what a test wants, right or wrong: MQTT and nothing else, no outbox, no repeating by
/// itself.</summary>
internal sealed class RawDevice : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Lock _gate = new();
    private readonly List<(string Channel, string Text)> _heard = [];
    private readonly Stopwatch _uptime = Stopwatch.StartNew();
    private readonly TestHub _hub;
    private readonly string _password;
    private long _seq;

    private RawDevice(TestHub hub, string device, string office, string password) => (_hub, Device, Office, _password) =
        (hub, device, office, password);

    public string Device { get; }
    public string Office { get; }
    public string User => $"{Office}/{Device}";
    public bool IsConnected => _client.IsConnected;

    /// <summary>A device may claim a fresh boot; then the hub measures its clock anew.</summary>
    public string Boot { get; set; } = $"b-{Guid.NewGuid():N}"[..10];

    private long Uptime => 10_000_000 + _uptime.ElapsedMilliseconds;

    /// <summary>All that the hub has said to it, in order: channel and text.</summary>
    public IReadOnlyList<(string Channel, string Text)> Heard
    {
        get
        {
            lock (_gate)
            {
                return [.. _heard];
            }
        }
    }

    public IReadOnlyList<EventAnswer> Answers => [.. All(Topics.EventAck, ProtocolJson.Default.EventAck).SelectMany(ack => ack.Answers)];

    public IReadOnlyList<DeviceCommand> Commands => All(Topics.Command, ProtocolJson.Default.DeviceCommand);
    public IReadOnlyList<Face> Faces => All(Topics.Face, ProtocolJson.Default.Face);

    /// <summary>Connected, subscribed to its own topics, and with the face of its counter in view if it has one.</summary>
    public static async Task<RawDevice> ConnectAsync(
        TestHub hub, string device, string office = TestHub.Office, Action<MqttClientOptionsBuilder>? otherwise = null)
    {
        var raw = new RawDevice(hub, device, office, hub.DevicePassword(device));
        await raw.ConnectAgainAsync(otherwise);
        return raw;
    }

    /// <summary>A device that is not let in, or not as it should be.</summary>
    public static RawDevice Stranger(TestHub hub, string device, string password, string office = TestHub.Office) =>
        new(hub, device, office, password);

    public async Task ConnectAgainAsync(Action<MqttClientOptionsBuilder>? otherwise = null)
    {
        _client.ApplicationMessageReceivedAsync -= Hear;
        _client.ApplicationMessageReceivedAsync += Hear;
        Assert.Equal(MqttClientConnectResultCode.Success, await TryConnectAsync(otherwise));
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await SubscribeAsync(Topics.Device(Office, Device, "#")));
    }

    public async Task<MqttClientConnectResultCode> TryConnectAsync(Action<MqttClientOptionsBuilder>? otherwise = null)
    {
        var options = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500).WithTcpServer("127.0.0.1", _hub.Mqtt)
            .WithClientId(User).WithCredentials(User, _password).WithCleanStart().WithTimeout(TimeSpan.FromSeconds(20));
        otherwise?.Invoke(options);
        while (true)
        {
            try
            {
                return (await _client.ConnectAsync(options.Build(), TestContext.Current.CancellationToken)).ResultCode;
            }
            catch (InvalidOperationException)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken); // It was cut off just now and is still closing.
            }
        }
    }

    public async Task<MqttClientSubscribeResultCode> SubscribeAsync(string topic)
    {
        var options = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce).Build();
        return (await _client.SubscribeAsync(options, TestContext.Current.CancellationToken)).Items.Single().ResultCode;
    }

    /// <summary>Publishes to a topic in full; returns the broker's word.</summary>
    public async Task<MqttClientPublishReasonCode> PublishAsync(string topic, byte[] payload, bool retain = false)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        return (await _client.PublishAsync(message, TestContext.Current.CancellationToken)).ReasonCode;
    }

    public Task<MqttClientPublishReasonCode> SayAsync<T>(string channel, T body, JsonTypeInfo<T> json) =>
        PublishAsync(Topics.Device(Office, Device, channel), JsonSerializer.SerializeToUtf8Bytes(body, json));

    /// <summary>A press of this moment, or of some time ago.</summary>
    public DeviceEvent Press(string button = Buttons.Next, long? seen = null, TimeSpan age = default) =>
        Happened(DeviceEventTypes.ButtonPressed, JsonSerializer.SerializeToElement(new ButtonPressed(button, seen),
            ProtocolJson.Default.ButtonPressed), age);

    public DeviceEvent Want(string button, string language = "de") =>
        Happened(DeviceEventTypes.TicketWanted, JsonSerializer.SerializeToElement(new TicketWanted(button, language),
            ProtocolJson.Default.TicketWanted));

    public DeviceEvent Happened(string type, JsonElement data, TimeSpan age = default) => new(1, Guid.CreateVersion7(), ++_seq, Boot,
        Uptime - (long)age.TotalMilliseconds, Uptime, TimeProvider.System.GetUtcNow() - age, ClockState.Synced, type, data);

    public Task<MqttClientPublishReasonCode> SendAsync(DeviceEvent happened) =>
        SayAsync(Topics.Event, happened, ProtocolJson.Default.DeviceEvent);

    /// <summary>Sends an event and waits for the hub's answer to it, the latest if there are several.</summary>
    public async Task<EventAnswer> AskAsync(DeviceEvent happened)
    {
        var before = Answers.Count(a => a.Id == happened.Id);
        await SendAsync(happened);
        return await UntilAsync($"answer to {happened.Id}", () => Answers.Where(a => a.Id == happened.Id).Skip(before).LastOrDefault());
    }

    public Task<Face> UntilFaceAsync(Func<Face, bool> isIt) =>
        UntilAsync("the face", () => Faces is [.., var face] && isIt(face) ? face : null);

    public async Task<T> UntilAsync<T>(string what, Func<T?> found) where T : class
    {
        T? it = null;
        await _hub.UntilAsync(() => Task.FromResult((it = found()) is not null), $"{User} has {what}", seconds: 30);
        return it!;
    }

    /// <summary>Ends the connection so that the broker publishes its last will.</summary>
    public Task LeaveWithWillAsync() =>
        _client.DisconnectAsync(new MqttClientDisconnectOptions { Reason = MqttClientDisconnectOptionsReason.DisconnectWithWillMessage });

    public async ValueTask DisposeAsync()
    {
        _client.ApplicationMessageReceivedAsync -= Hear;
        if (_client.IsConnected)
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions());
        }

        _client.Dispose();
    }

    private Task Hear(MqttApplicationMessageReceivedEventArgs message)
    {
        lock (_gate)
        {
            _heard.Add((Topics.Parse(message.ApplicationMessage.Topic)?.Channel ?? message.ApplicationMessage.Topic,
                Encoding.UTF8.GetString(message.ApplicationMessage.Payload.ToArray())));
        }

        return Task.CompletedTask;
    }

    private List<T> All<T>(string channel, JsonTypeInfo<T> json) =>
        [.. Heard.Where(m => m.Channel == channel).Select(m => JsonSerializer.Deserialize(m.Text, json)!)];
}
