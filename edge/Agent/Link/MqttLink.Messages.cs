using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Edge.Protocol;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Aufruf.Edge;

/// <summary>How messages are dressed for MQTT 5.</summary>
public sealed partial class MqttLink
{
    private MqttClientOptions Options(string secret)
    {
        var lost = JsonSerializer.SerializeToUtf8Bytes(new DeviceState(1, DevicePresence.Lost, null), ProtocolJson.Default.DeviceState);
        return _factory.CreateClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(options.HubHost, options.HubPort)
            .WithClientId(options.User)
            .WithCredentials(options.User, secret)
            .WithCleanStart()
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(10))
            .WithTimeout(TimeSpan.FromSeconds(5))
            .WithWillTopic(Topic(Topics.State))
            .WithWillPayload(lost)
            .WithWillContentType("application/json")
            .WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
    }

    private async Task SubscribeAsync(IMqttClient client, CancellationToken stop)
    {
        var subscribed = await client.SubscribeAsync(
            _factory.CreateSubscribeOptionsBuilder()
                .WithTopicFilter(Topic(Topics.EventAck), MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topic(Topics.Command), MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topic(Topics.Face), MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topics.Public(options.Office), MqttQualityOfServiceLevel.AtMostOnce)
                .Build(),
            stop);
        if (subscribed.Items.FirstOrDefault(i => (int)i.ResultCode >= 0x80) is { } refused)
        {
            throw new MqttCommunicationException($"The broker refused {refused.TopicFilter.Topic}: {refused.ResultCode}.");
        }
    }

    private async Task<bool> PublishAsync(IMqttClient client, MqttApplicationMessage message, CancellationToken stop)
    {
        var published = await client.PublishAsync(message, stop);
        if (!published.IsSuccess)
        {
            Log.BrokerRefused(log, message.Topic, $"{published.ReasonCode} {published.ReasonString}");
        }

        foreach (var answer in published.UserProperties.Where(p => p.Name == Topics.AnswerProperty))
        {
            Answered(message.Topic, answer.ValueBuffer);
        }

        return published.IsSuccess;
    }

    private async Task SayGoodbyeAsync(IMqttClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            var stopped = new DeviceState(1, DevicePresence.Stopped, time.GetUtcNow());
            await PublishAsync(client, Message(Topics.State, stopped, ProtocolJson.Default.DeviceState, retain: true), patience.Token);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), patience.Token);
        }
        catch (Exception e) when (e is MqttCommunicationException or OperationCanceledException)
        {
            Log.NoHub(log, options.Hub, e.Message, 0);
        }
    }

    private MqttApplicationMessage Message<T>(string channel, T body, JsonTypeInfo<T> json, bool retain = false,
        MqttQualityOfServiceLevel quality = MqttQualityOfServiceLevel.AtLeastOnce) => _factory.CreateApplicationMessageBuilder()
        .WithTopic(Topic(channel))
        .WithPayload(JsonSerializer.SerializeToUtf8Bytes(body, json))
        .WithContentType("application/json")
        .WithQualityOfServiceLevel(quality)
        .WithRetainFlag(retain)
        .Build();

    private string Topic(string channel) => Topics.Device(options.Office, options.Device, channel);
}
