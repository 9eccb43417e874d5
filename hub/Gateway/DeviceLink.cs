using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Edge.Protocol;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Aufruf.Hub.Gateway;

/// <summary>The way from the hub to its devices.</summary>
public interface IDeviceLink
{
    /// <param name="retain">The broker keeps the message for every later connection.</param>
    Task PublishAsync(string topic, byte[] payload, bool retain);
}

public static class DeviceMessages
{
    public static Task PublishAsync<T>(this IDeviceLink link, string topic, T message, JsonTypeInfo<T> type, bool retain = false) =>
        link.PublishAsync(topic, JsonSerializer.SerializeToUtf8Bytes(message, type), retain);
}

/// <summary>Publishes through the built-in broker.</summary>
internal sealed class BrokerLink(MqttServer server) : IDeviceLink
{
    /// <summary>The client id of the hub's own messages.</summary>
    public const string Hub = "hub";

    public Task PublishAsync(string topic, byte[] payload, bool retain) => server.InjectApplicationMessage(new(new()
    {
        Topic = topic,
        PayloadSegment = payload,
        Retain = retain,
        ContentType = "application/json",
        // A lost state is retained, and a lost answer is asked for again. A command is sent once.
        QualityOfServiceLevel = topic.EndsWith("/" + Topics.Command, StringComparison.Ordinal)
            ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce,
    })
    { SenderClientId = Hub });
}
