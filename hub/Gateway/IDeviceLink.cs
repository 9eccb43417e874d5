namespace Aufruf.Hub.Gateway;

/// <summary>The way from the hub to its devices: the built-in broker, or another one.</summary>
public interface IDeviceLink
{
    /// <param name="retain">State that a device finds whenever it connects.</param>
    Task PublishAsync(string topic, byte[] payload, bool retain);
}
