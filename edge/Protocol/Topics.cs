namespace Aufruf.Edge.Protocol;

/// <summary>The names of the mailboxes between devices and hub, as in the table of edge/README.md.</summary>
/// <remarks>An office is "authority.office", for example "alsdorf.rathaus"; a device id is unique in its office.</remarks>
public static class Topics
{
    public const string Root = "aufruf/v1/";

    /// <summary>Device to hub, retained; the last will says "lost".</summary>
    public const string State = "state";
    /// <summary>Device to hub, retained: what it is, its versions, the hash of its pin map.</summary>
    public const string Description = "desc";
    /// <summary>Device to hub, retained, each 60 s: paper, temperature, clock offset, outbox depth.</summary>
    public const string Health = "health";
    /// <summary>Device to hub, QoS 1: what happened at the device.</summary>
    public const string Event = "evt";
    /// <summary>Hub to device, QoS 0: which events are settled, with the answer to each. Lost with its connection, it comes again with the repeated event.</summary>
    public const string EventAck = "evt/ack";

    /// <summary>Name of the user property of a PUBACK that holds the <see cref="Protocol.EventAck"/> of its event.</summary>
    public const string AnswerProperty = "answer";

    /// <summary>Hub to device, QoS 1: a wish with id and expiry, such as "print".</summary>
    public const string Command = "cmd";
    /// <summary>Device to hub, QoS 1: what became of a command.</summary>
    public const string CommandResult = "cmd/res";
    /// <summary>Hub to device, retained, QoS 0: what a counter's sign and lamps show. State, not a command.</summary>
    public const string Face = "face";

    /// <summary>How many parts of a device's topic come before the channel.</summary>
    public const int DeviceParts = 5;

    public static string Device(string office, string device, string channel) => $"{Root}{office}/dev/{device}/{channel}";

    /// <summary>Hub to all, retained: the last calls of one waiting area, for a board that falls back to MQTT.</summary>
    public static string Board(string office, string area) => $"{Root}{office}/pub/board/{area}";

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

/// <summary>Whose mailbox, and which of them.</summary>
public readonly record struct DeviceTopic(string Office, string Device, string Channel);
