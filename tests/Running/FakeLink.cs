using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Hub.Gateway;

namespace Aufruf.Tests.Running;

/// <summary>The way to the devices, as a list of what went along it.</summary>
internal sealed class FakeLink : IDeviceLink
{
    private readonly Lock _gate = new();
    private readonly List<(string Topic, byte[] Payload, bool Retain)> _sent = [];

    public IReadOnlyList<(string Topic, byte[] Payload, bool Retain)> Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public Task PublishAsync(string topic, byte[] payload, bool retain)
    {
        lock (_gate)
        {
            _sent.Add((topic, payload, retain));
        }

        return Task.CompletedTask;
    }

    /// <summary>Everything sent to topics with an ending, in order.</summary>
    public IReadOnlyList<T> On<T>(string ending, JsonTypeInfo<T> type) => [.. Sent
        .Where(m => m.Topic.EndsWith(ending, StringComparison.Ordinal))
        .Select(m => JsonSerializer.Deserialize(m.Payload, type) ?? throw new JsonException(Encoding.UTF8.GetString(m.Payload)))];
}
