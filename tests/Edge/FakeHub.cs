using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Edge.Protocol;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Aufruf.Tests.Edge;

/// <summary>A hub that is only a broker: it executes each event id once and answers at once.</summary>
internal sealed class FakeHub(string office, int port) : IAsyncDisposable
{
    private MqttServer? _broker;
    private int _knocks;

    /// <summary>False: events are heard and not acknowledged.</summary>
    public bool IsAnswering { get; set; } = true;

    /// <summary>The answer to a right password.</summary>
    public MqttConnectReasonCode Answer { get; set; } = MqttConnectReasonCode.Success;

    /// <summary>How often a device has asked to be let in.</summary>
    public int Knocks => _knocks;

    /// <summary>Each effect, once: that is what a ticket called twice would break.</summary>
    public ConcurrentDictionary<Guid, DeviceEvent> Effects { get; } = new();

    /// <summary>Every copy that arrived.</summary>
    public ConcurrentQueue<DeviceEvent> Heard { get; } = new();

    public ConcurrentQueue<CommandResult> Results { get; } = new();

    public ConcurrentDictionary<string, DevicePresence> States { get; } = new();

    public int Port => port;

    public async Task StartAsync()
    {
        var factory = new MqttServerFactory();
        _broker = factory.CreateMqttServer(factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port).Build());
        _broker.ValidatingConnectionAsync += e =>
        {
            Interlocked.Increment(ref _knocks);
            e.ReasonCode = e.UserName == e.ClientId && e.Password == "secret" ? Answer
                : MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
        _broker.InterceptingPublishAsync += e => TakeAsync(e.ApplicationMessage);
        await _broker.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_broker is { } broker)
        {
            _broker = null;
            await broker.StopAsync();
            broker.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    public Task SendAsync<T>(string device, string channel, T body, JsonTypeInfo<T> json, bool retain = false) =>
        PublishAsync(Topics.Device(office, device, channel), body, json, retain);

    public Task BeaconAsync() => PublishAsync(Topics.Time(office), new TimeBeacon(1, TimeProvider.System.GetUtcNow()),
        ProtocolJson.Default.TimeBeacon, false);

    private async Task PublishAsync<T>(string topic, T body, JsonTypeInfo<T> json, bool retain)
    {
        if (_broker is { } broker)
        {
            var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(JsonSerializer.SerializeToUtf8Bytes(body, json))
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithRetainFlag(retain).Build();
            await broker.InjectApplicationMessage(new InjectedMqttApplicationMessage(message) { SenderClientId = "hub" });
        }
    }

    private async Task TakeAsync(MqttApplicationMessage message)
    {
        if (Topics.Parse(message.Topic) is not { } topic)
        {
            return;
        }

        var reader = new Utf8JsonReader(message.Payload);
        switch (topic.Channel)
        {
            case Topics.State when JsonSerializer.Deserialize(ref reader, ProtocolJson.Default.DeviceState) is { } state:
                States[topic.Device] = state.State;
                break;
            case Topics.CommandResult when JsonSerializer.Deserialize(ref reader, ProtocolJson.Default.CommandResult) is { } result:
                Results.Enqueue(result);
                break;
            case Topics.Event when JsonSerializer.Deserialize(ref reader, ProtocolJson.Default.DeviceEvent) is { } happened:
                Heard.Enqueue(happened);
                if (IsAnswering)
                {
                    Effects.TryAdd(happened.Id, happened);
                    var ack = new EventAck(1, [new EventAnswer(happened.Id, EventOutcome.Accepted)]);
                    // Not from inside the interceptor: the device's own message is still being taken.
                    await Task.Run(() => SendAsync(topic.Device, Topics.EventAck, ack, ProtocolJson.Default.EventAck));
                }

                break;
            default:
                break;
        }
    }
}
