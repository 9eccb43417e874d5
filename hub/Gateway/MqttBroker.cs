using System.Buffers;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Options;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Aufruf.Hub.Gateway;

/// <summary>The built-in MQTT broker: lets devices in, keeps each to its own mailboxes, and hands their messages on.</summary>
/// <remarks>An event is answered (PUBACK) after it is durable; if it cannot be written the connection is closed and the device sends it again.</remarks>
public sealed class MqttBroker(
    MqttServer server, BrokerLink link, CredentialBook credentials, StrangerLog strangers, DeviceEvents events, SlipPrinter printer, Fleet fleet, OfficeBook offices,
    IGrainFactory grains, TimeProvider clock, IOptions<HubOptions> options, ILogger<MqttBroker> log)
{
    /// <summary>The client id of the hub's own messages.</summary>
    internal const string Hub = "hub";

    private const string DeviceItem = "device";
    private const string RateItem = "rate";
    private const string HasPropertiesItem = "properties";

    private static readonly string[] MayPublish = [Topics.State, Topics.Description, Topics.Health, Topics.Event, Topics.CommandResult, "cfg/rev"];

    public void Start()
    {
        server.ValidatingConnectionAsync += LetInAsync;
        server.InterceptingSubscriptionAsync += CheckSubscription;
        server.InterceptingUnsubscriptionAsync += Unsubscribed;
        server.SessionDeletedAsync += Deleted;
        server.InterceptingPublishAsync += TakeMessageAsync;
    }

    private async Task LetInAsync(ValidatingConnectionEventArgs connection)
    {
        var reason = await WhyNotAsync(connection);
        if (reason is not null)
        {
            strangers.Tell(to => HubLog.DeviceRefused(to, Short(connection.UserName), connection.RemoteEndPoint?.ToString() ?? "?", reason));
            connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        }
    }

    /// <summary>User name and client id are "office/device"; the session remembers whose it is.</summary>
    private async Task<string?> WhyNotAsync(ValidatingConnectionEventArgs connection)
    {
        if (connection.UserName?.Split('/') is not [var office, var device] || connection.ClientId != connection.UserName)
        {
            return "user name and client id must both be office/device";
        }

        if (connection.Password is not { Length: > 0 and <= 100 } password
            || await credentials.FindAsync(new Secret(office, device, password), grains) is not { Kind: CredentialKind.Device })
        {
            return "wrong password, or no password was issued";
        }

        if (offices.Find(office)?.Devices.Any(d => d.Id == device) is not true)
        {
            return "the office's configuration has no such device";
        }

        link.Enters(MailboxesOf(new(office, device, "")), connection.SessionItems);
        connection.SessionItems[DeviceItem] = new DeviceTopic(office, device, "");
        connection.SessionItems[HasPropertiesItem] = connection.ProtocolVersion is MqttProtocolVersion.V500 && connection.RequestProblemInformation is not false;
        connection.SessionItems[RateItem] = new MessageRate(clock, options.Value.MqttMessagesPerSecond);
        return null;
    }

    private Task CheckSubscription(InterceptingSubscriptionEventArgs subscription)
    {
        if (subscription.SessionItems[DeviceItem] is DeviceTopic own
            && (subscription.TopicFilter.Topic.StartsWith(MailboxesOf(own), StringComparison.Ordinal)
                || subscription.TopicFilter.Topic == Topics.Public(own.Office)
                || subscription.TopicFilter.Topic.StartsWith(Topics.Public(own.Office)[..^1], StringComparison.Ordinal)))
        {
            if (subscription.TopicFilter is { RetainAsPublished: false } filter && filter.Topic == MailboxesOf(own) + "#")
            {
                link.Listens(MailboxesOf(own), subscription.Session);
            }

            return Task.CompletedTask;
        }

        HubMetrics.Denied.Add(1);
        if (subscription.SessionItems[RateItem] is MessageRate rate && rate.Take())
        {
            HubLog.TopicDenied(log, subscription.ClientId, Short(subscription.TopicFilter.Topic)); // One packet can ask for thousands.
        }

        subscription.ProcessSubscription = false;
        subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        return Task.CompletedTask;
    }

    private Task Unsubscribed(InterceptingUnsubscriptionEventArgs unsubscription) => Leave(unsubscription.SessionItems);

    private Task Deleted(SessionDeletedEventArgs session) => Leave(session.SessionItems);

    private Task Leave(System.Collections.IDictionary session)
    {
        if (session[DeviceItem] is DeviceTopic own)
        {
            link.Leaves(MailboxesOf(own), session);
        }

        return Task.CompletedTask;
    }

    private static string MailboxesOf(DeviceTopic own) => Topics.Device(own.Office, own.Device, "");

    private async Task TakeMessageAsync(InterceptingPublishEventArgs message)
    {
        if (message.ClientId == Hub)
        {
            return;
        }

        if (message.SessionItems[RateItem] is MessageRate rate && !rate.Take())
        {
            HubMetrics.Denied.Add(1);
            if (rate.WorthSaying)
            {
                HubLog.DeviceTooFast(log, message.ClientId, options.Value.MqttMessagesPerSecond);
            }

            Refuse(message, MqttPubAckReasonCode.QuotaExceeded);
            return;
        }

        var topic = message.ApplicationMessage.Topic;
        if (message.SessionItems[DeviceItem] is not DeviceTopic own
            || Topics.Parse(topic) is not { } to || to.Office != own.Office || to.Device != own.Device || !MayPublish.Contains(to.Channel))
        {
            HubMetrics.Denied.Add(1);
            HubLog.TopicDenied(log, message.ClientId, Short(topic));
            Refuse(message, MqttPubAckReasonCode.NotAuthorized);
            return;
        }

        try
        {
            await HandAsync(message, to);
        }
        catch (JournalUnavailableException error)
        {
            HubLog.EventNotWritten(log, message.ClientId, error.Message);
            message.CloseConnection = true;
            Refuse(message, MqttPubAckReasonCode.UnspecifiedError);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            HubLog.EventFailed(log, error, message.ClientId, Short(topic));
            message.CloseConnection = true;
            Refuse(message, MqttPubAckReasonCode.UnspecifiedError);
        }
    }

    private async Task HandAsync(InterceptingPublishEventArgs message, DeviceTopic to)
    {
        var payload = message.ApplicationMessage.Payload.IsSingleSegment ? message.ApplicationMessage.Payload.First : message.ApplicationMessage.Payload.ToArray();
        switch (to.Channel)
        {
            case Topics.Event:
                message.ProcessPublish = false; // For the hub alone.
                if (await events.HandleAsync(to.Office, to.Device, payload) is { } ack)
                {
                    await AnswerAsync(message, to, ack);
                }

                break;
            case Topics.CommandResult:
                message.ProcessPublish = false;
                if (Read(payload.Span, ProtocolJson.Default.CommandResult) is { } result && offices.Find(to.Office) is { } office)
                {
                    if (result.Outcome is not CommandOutcome.Done)
                    {
                        HubLog.SlipNotPrinted(log, message.ClientId, $"{result.Outcome} {Short(result.Reason)}");
                    }

                    await printer.HandleResultAsync(office, to.Device, result);
                }

                break;
            case Topics.State when Read(payload.Span, ProtocolJson.Default.DeviceState) is { } state:
                HubLog.DevicePresence(log, to.Device, to.Office, state.State.ToString());
                fleet.Update(to.Office, to.Device, now => now with { Presence = state.State });
                break;
            case Topics.Description when Read(payload.Span, ProtocolJson.Default.DeviceDescription) is { } description:
                fleet.Update(to.Office, to.Device, now => now with { Description = description });
                break;
            case Topics.Health when Read(payload.Span, ProtocolJson.Default.DeviceHealth) is { } health:
                fleet.Update(to.Office, to.Device, now => now with { Health = health, Printer = health.Printer ?? now.Printer });
                break;
        }
    }

    /// <summary>One packet less for every press: what became of it rides on the PUBACK. MQTT before 5 has no room there, and a device may ask for none.</summary>
    private Task AnswerAsync(InterceptingPublishEventArgs message, DeviceTopic to, EventAck ack)
    {
        if (message.SessionItems[HasPropertiesItem] is not true || message.ApplicationMessage.QualityOfServiceLevel is not MqttQualityOfServiceLevel.AtLeastOnce)
        {
            return link.AcknowledgeAsync(to.Office, to.Device, ack);
        }

        message.Response.UserProperties = [new(Topics.AnswerProperty, JsonSerializer.SerializeToUtf8Bytes(ack, ProtocolJson.Default.EventAck))];
        return Task.CompletedTask;
    }

    private static T? Read<T>(ReadOnlySpan<byte> payload, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(payload, type);
        }
        catch (JsonException)
        {
            HubMetrics.Malformed.Add(1);
            return null;
        }
    }

    private static void Refuse(InterceptingPublishEventArgs message, MqttPubAckReasonCode reason)
    {
        message.ProcessPublish = false;
        message.Response.ReasonCode = reason;
    }

    // What strangers send goes into the log in short.
    private static string Short(string? text) => text is null ? "" : text.Length <= 80 ? text : text[..80] + "…";
}
