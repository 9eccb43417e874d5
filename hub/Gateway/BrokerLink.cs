using System.Collections;
using System.Collections.Concurrent;
using Aufruf.Edge.Protocol;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Aufruf.Hub.Gateway;

/// <summary>The built-in broker as the way to the devices.</summary>
/// <remarks>
/// The broker asks every session of every message whether it wants it; but a mailbox of a device has one reader at most, the device itself.
/// So what may be lost with a connection goes straight to the session that listens; all else, and all doubt, goes through the broker.
/// </remarks>
public sealed class BrokerLink(MqttServer server) : IDeviceLink
{
    /// <param name="Owner">What the broker keeps with the session of the device's latest connection.</param>
    private readonly record struct Mailboxes(IDictionary Owner, MqttSessionStatus? Listener);

    // By the beginning of a device's topics, "aufruf/v1/alsdorf.rathaus/dev/box-3/".
    private readonly ConcurrentDictionary<string, Mailboxes> _mailboxes = new();

    /// <summary>A device has connected. Whatever an older connection of it still says does not count.</summary>
    internal void Enters(string mailboxes, IDictionary owner) => _mailboxes[mailboxes] = new(owner, null);

    /// <summary>A session has asked for all that goes to its device.</summary>
    internal void Listens(string mailboxes, MqttSessionStatus session)
    {
        if (_mailboxes.TryGetValue(mailboxes, out var now) && ReferenceEquals(now.Owner, session.Items))
        {
            _mailboxes.TryUpdate(mailboxes, new(session.Items, session), now);
        }
    }

    /// <summary>A session has ended, or no longer wants everything.</summary>
    internal void Leaves(string mailboxes, IDictionary owner)
    {
        if (_mailboxes.TryGetValue(mailboxes, out var now) && ReferenceEquals(now.Owner, owner))
        {
            _mailboxes.TryUpdate(mailboxes, new(owner, null), now);
        }
    }

    public async Task PublishAsync(string topic, byte[] payload, bool retain)
    {
        // State is retained and answers are asked for again: what a dying connection loses, the next one brings. A command has one chance.
        var quality = topic.EndsWith("/" + Topics.Command, StringComparison.Ordinal) ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce;
        var message = Message(topic, payload, retain, quality);
        if (quality is not MqttQualityOfServiceLevel.AtMostOnce || ListenerOf(topic) is not { } listener)
        {
            await server.InjectApplicationMessage(new InjectedMqttApplicationMessage(message) { SenderClientId = MqttBroker.Hub });
            return;
        }

        if (retain)
        {
            await server.UpdateRetainedMessageAsync(message); // Keeps this very message.
        }

        // Towards a listener the mark of retained would mean "this stood here before you came".
        listener.TryEnqueueApplicationMessage(retain ? Message(topic, payload, retain: false, quality) : message, out _);
    }

    private static MqttApplicationMessage Message(string topic, byte[] payload, bool retain, MqttQualityOfServiceLevel quality) =>
        new() { Topic = topic, PayloadSegment = payload, Retain = retain, QualityOfServiceLevel = quality, ContentType = "application/json" };

    private MqttSessionStatus? ListenerOf(string topic)
    {
        var channel = topic.AsSpan();
        var end = 0;
        for (var part = 0; part < Topics.DeviceParts; part++)
        {
            var slash = channel[end..].IndexOf('/');
            if (slash < 0)
            {
                return null;
            }

            end += slash + 1;
        }

        return _mailboxes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(channel[..end], out var found) ? found.Listener : null;
    }
}
