using System.Collections.Frozen;
using Aufruf.Domain.Identity;
using Aufruf.Edge.Protocol;

namespace Aufruf.Hub.Gateway;

/// <summary>The permission that each topic needs. A device reaches its own channels and the office's news only.</summary>
internal static class TopicRights
{
    /// <summary>To hear a device's channels, and an office's news.</summary>
    public const Permission Hear = Permission.SpeakAsDevice;

    /// <summary>To publish on a device's channel; null: the hub alone.</summary>
    public static readonly FrozenDictionary<string, Permission?> Publish = new Dictionary<string, Permission?>
    {
        [Topics.State] = Permission.SpeakAsDevice,
        [Topics.Event] = Permission.SpeakAsDevice,
        [Topics.EventAck] = null,
        [Topics.Command] = null,
        [Topics.CommandResult] = Permission.SpeakAsDevice,
        [Topics.Face] = null,
    }.ToFrozenDictionary();

    public static bool MayPublish(this Principal device, DeviceTopic to) =>
        Publish.GetValueOrDefault(to.Channel) is { } needed && device.Who == to.Device && device.May(needed, to.Office);

    public static bool MaySubscribe(this Principal device, string topic) => device.Places.Any(office => device.May(Hear, office)
        && (topic.StartsWith(Topics.Device(office, device.Who, ""), StringComparison.Ordinal)
            || topic.StartsWith(Topics.Public(office)[..^1], StringComparison.Ordinal)));
}
