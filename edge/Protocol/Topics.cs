namespace Aufruf.Edge.Protocol;

/// <summary>The MQTT topics between devices and hub, as in the table of edge/README.md.</summary>
/// <remarks>An office is "authority.office", for example "alsdorf.rathaus"; a device id is unique in its office.</remarks>
public static class Topics
{
    public const string Root = "aufruf/v1/";

    /// <summary>Device to hub, retained; the last will says "lost".</summary>
    public const string State = "state";

    /// <summary>Device to hub, QoS 1: the presses.</summary>
    public const string Event = "evt";

    /// <summary>Hub to device, QoS 0: the answers to events. A lost answer comes again with the repeated event.</summary>
    public const string EventAck = "evt/ack";

    /// <summary>Hub to device, QoS 1: a command with id and expiry, such as "print".</summary>
    public const string Command = "cmd";

    /// <summary>Device to hub, QoS 1: the result of a command.</summary>
    public const string CommandResult = "cmd/res";

    /// <summary>Hub to device, retained, QoS 0: the content of a counter's sign and lamps.</summary>
    public const string Face = "face";

    public static string Device(string office, string device, string channel) => $"{Root}{office}/dev/{device}/{channel}";

    /// <summary>Hub to all, each 10 s: the time. A sign that hears none for 30 s shows that it is stale.</summary>
    public static string Time(string office) => $"{Root}{office}/pub/time";

    /// <summary>Everything the hub publishes to all devices of an office.</summary>
    public static string Public(string office) => $"{Root}{office}/pub/#";

    /// <summary>Splits "aufruf/v1/alsdorf.rathaus/dev/box-3/evt" into office, device and channel; null for anything else.</summary>
    public static DeviceTopic? Parse(string topic)
    {
        if (!topic.StartsWith(Root, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = topic[Root.Length..].Split('/', 4);
        return parts is [{ Length: > 0 } office, "dev", { Length: > 0 } device, { Length: > 0 } channel]
            ? new DeviceTopic(office, device, channel)
            : null;
    }
}

/// <summary>The device that a topic belongs to, and the channel.</summary>
public readonly record struct DeviceTopic(string Office, string Device, string Channel);
