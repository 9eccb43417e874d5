using System.Text.Json;
using Aufruf.Edge.Protocol;

namespace Aufruf.Hub.Gateway;

/// <summary>The way from the hub to its devices: the built-in broker, or another one.</summary>
public interface IDeviceLink
{
    /// <param name="retain">State that a device finds whenever it connects.</param>
    Task PublishAsync(string topic, byte[] payload, bool retain);
}

public static class DeviceLinks
{
    /// <summary>An answer as a message of its own: behind all that was said to the device before.</summary>
    public static Task AcknowledgeAsync(this IDeviceLink link, string office, string device, EventAck ack) =>
        link.PublishAsync(Topics.Device(office, device, Topics.EventAck), JsonSerializer.SerializeToUtf8Bytes(ack, ProtocolJson.Default.EventAck), retain: false);
}
