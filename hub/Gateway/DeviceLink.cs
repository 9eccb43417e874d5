using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Clustering;
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
/// <remarks>A command goes to all hubs, because its device may have moved to another one just now. It is carried out once.</remarks>
internal sealed class BrokerLink(MqttServer server, IHubPost post) : IDeviceLink
{
    /// <summary>The client id of the hub's own messages.</summary>
    public const string Hub = "hub";

    public Task PublishAsync(string topic, byte[] payload, bool retain)
    {
        if (IsCommand(topic))
        {
            post.Send(new HubNews.ToDevice(topic, payload));
        }

        return DeliverAsync(topic, payload, retain);
    }

    /// <summary>To the devices of this hub.</summary>
    public Task DeliverAsync(string topic, byte[] payload, bool retain) => server.InjectApplicationMessage(new(new()
    {
        Topic = topic,
        PayloadSegment = payload,
        Retain = retain,
        ContentType = "application/json",
        // A lost state is retained, and a lost answer is asked for again. A command is sent once.
        QualityOfServiceLevel = IsCommand(topic) ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce,
    })
    { SenderClientId = Hub });

    private static bool IsCommand(string topic) => topic.EndsWith("/" + Topics.Command, StringComparison.Ordinal);
}
