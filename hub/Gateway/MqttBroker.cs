using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Options;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Aufruf.Hub.Gateway;

/// <summary>The built-in MQTT broker: checks passwords, keeps each device to its own topics, and hands messages on.</summary>
/// <remarks>An event is acknowledged (PUBACK) after it is durable. If it cannot be written, the connection is closed, and the device
/// sends it again.</remarks>
public sealed class MqttBroker(
    MqttServer server, CredentialWatch credentials, OpenConnections connections, Twins twins, LimitedLog refusals, DeviceEvents events,
    SlipResults slips, DeviceLines lines, OfficeDirectory offices, IOptions<HubOptions> options,
    TimeProvider clock)
{
    private const int LongestVersion = 40;
    private const string ConnectionItem = "connection";

    /// <summary>The broker keeps with a connection whose it is, its number, and how many messages it may still send.</summary>
    private sealed record Connection(string Office, Principal Device, long Number, string? Address, TokenBucketRateLimiter Messages);

    private readonly ConcurrentDictionary<string, long> _latest = new(); // Devices with a right password only.

    public void Start()
    {
        server.ValidatingConnectionAsync += CheckConnectionAsync;
        server.InterceptingSubscriptionAsync += CheckSubscription;
        server.InterceptingPublishAsync += TakeMessageAsync;
        server.ClientDisconnectedAsync += NoteEnd;
        lines.MovedAway += (client, number) =>
        {
            if (_latest.GetValueOrDefault(client) == number)
            {
                _ = server.DisconnectClientAsync(client, new() { ReasonCode = MqttDisconnectReasonCode.SessionTakenOver });
            }
        };
    }

    private async Task CheckConnectionAsync(ValidatingConnectionEventArgs connection)
    {
        try
        {
            if (await WhyRefusedAsync(connection) is var (reason, code))
            {
                Refuse(connection, reason, code);
            }
        }
        catch (JournalUnavailableException error)
        {
            Refuse(connection, error.Message, MqttConnectReasonCode.ServerUnavailable);
        }
    }

    private void Refuse(ValidatingConnectionEventArgs connection, string reason, MqttConnectReasonCode code)
    {
        var endpoint = connection.RemoteEndPoint?.ToString() ?? "?";
        refusals.Write(to => HubLog.DeviceRefused(to, Short(connection.UserName), endpoint, reason));
        connection.ReasonCode = code;
    }

    /// <summary>User name and client id are "office/device".</summary>
    private async Task<(string Reason, MqttConnectReasonCode Code)?> WhyRefusedAsync(ValidatingConnectionEventArgs connection)
    {
        const MqttConnectReasonCode Unknown = MqttConnectReasonCode.BadUserNameOrPassword;
        if (connection.UserName?.Split('/') is not [var office, var device] || connection.ClientId != connection.UserName)
        {
            return ("user name and client id must both be office/device", Unknown);
        }

        if (connection.Password is not { Length: > 0 and <= 100 } password
            || await credentials.FindAsync(new Secret(office, device, password)) is not { } credential
            || Pass.Of(office, credential) is not { } pass || !pass.Principal.May(Permission.SpeakAsDevice, office))
        {
            return ("wrong password, or no password was issued", Unknown);
        }

        if (!IsConfigured(office, device))
        {
            return ("the office's configuration has no such device", Unknown);
        }

        if (twins.IsTwice(connection.ClientId) && lines.IsOpen(office, device))
        {
            return ("another device with this name is connected", MqttConnectReasonCode.ConnectionRateExceeded);
        }

        var perSecond = options.Value.MqttMessagesPerSecond;
        var number = _latest[connection.ClientId] = lines.Came(office, device);
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address.ToString();
        connection.SessionItems[ConnectionItem] = new Connection(office, pass.Principal, number, address, new(new()
        {
            TokensPerPeriod = perSecond,
            TokenLimit = 2 * perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = false,
        }));
        connections.Add(connection.ClientId, pass, () => IsConfigured(office, device),
            () => _ = server.DisconnectClientAsync(
                connection.ClientId, new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.NotAuthorized }));
        return null;
    }

    private bool IsConfigured(string office, string device) => offices.Find(office)?.Devices.Any(d => d.Id == device) is true;

    private Task CheckSubscription(InterceptingSubscriptionEventArgs subscription)
    {
        var topic = subscription.TopicFilter.Topic;
        if (subscription.SessionItems[ConnectionItem] is not Connection { Device: var own } || !own.MaySubscribe(topic))
        {
            refusals.Write(to => HubLog.TopicDenied(to, Short(subscription.ClientId), Short(topic)), subscription.ClientId);
            subscription.ProcessSubscription = false;
            subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        }

        return Task.CompletedTask;
    }

    private async Task TakeMessageAsync(InterceptingPublishEventArgs message)
    {
        if (message.ClientId == BrokerLink.Hub)
        {
            return;
        }

        var topic = message.ApplicationMessage.Topic;
        if (message.SessionItems[ConnectionItem] is not Connection connection || Topics.Parse(topic) is not { } to
            || !connection.Device.MayPublish(to))
        {
            refusals.Write(to => HubLog.TopicDenied(to, Short(message.ClientId), Short(topic)), message.ClientId);
            Refuse(message, MqttPubAckReasonCode.NotAuthorized);
            return;
        }

        connection.Messages.TryReplenish();
        using var permit = connection.Messages.AttemptAcquire();
        if (!permit.IsAcquired)
        {
            refusals.Write(to => HubLog.DeviceTooFast(to, message.ClientId, options.Value.MqttMessagesPerSecond), message.ClientId);
            Refuse(message, MqttPubAckReasonCode.QuotaExceeded);
            return;
        }

        try
        {
            await HandOnAsync(message, to, connection);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            refusals.Write(to =>
            {
                if (error is JournalUnavailableException)
                {
                    HubLog.EventNotWritten(to, message.ClientId, error.Message);
                }
                else
                {
                    HubLog.EventFailed(to, error, message.ClientId, Short(topic));
                }
            }, message.ClientId);

            message.CloseConnection = true;
            Refuse(message, MqttPubAckReasonCode.UnspecifiedError);
        }
    }

    private async Task HandOnAsync(InterceptingPublishEventArgs message, DeviceTopic to, Connection connection)
    {
        var payload = message.ApplicationMessage.Payload.ToArray();
        switch (to.Channel)
        {
            case Topics.Event:
                message.ProcessPublish = false; // For the hub alone.
                await events.HandleAsync(to.Office, to.Device, payload);
                break;
            case Topics.CommandResult:
                message.ProcessPublish = false;
                if (Read(payload, ProtocolJson.Default.CommandResult) is { } result && offices.Find(to.Office) is { } office)
                {
                    if (result.Outcome is not CommandOutcome.Done || result.Reason is not (null or "not-confirmed"))
                    {
                        refusals.Write(to => HubLog.SlipNotPrinted(to, message.ClientId, $"{result.Outcome} {Short(result.Reason)}"),
                            message.ClientId);
                    }

                    await slips.HandleAsync(office, to.Device, result);
                }

                break;
            case Topics.State when Read(payload, ProtocolJson.Default.DeviceState) is { } state:
                lines.Said(to.Office, to.Device, connection.Number, state, FactsOf(connection, state));
                break;
        }
    }

    /// <summary>A device is as present as its connection, whatever it said last. After a take-over the new connection counts.</summary>
    private Task NoteEnd(ClientDisconnectedEventArgs end)
    {
        var ended = end.SessionItems[ConnectionItem] as Connection;
        if (end.DisconnectType is not MqttClientDisconnectType.Takeover)
        {
            connections.Remove(end.ClientId);
            if (ended is not null)
            {
                lines.Left(ended.Office, ended.Device.Who, ended.Number);
            }
        }
        else if (ended is not null)
        {
            lines.Taken(ended.Office, ended.Device.Who);
        }

        return Task.CompletedTask;
    }

    private DeviceFacts FactsOf(Connection connection, DeviceState state) => new(connection.Address,
        state.Version is { Length: <= LongestVersion } version ? version : null, (state.At - clock.GetUtcNow())?.TotalSeconds);

    private static T? Read<T>(ReadOnlySpan<byte> payload, JsonTypeInfo<T> type) where T : class
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

    // Clients choose these words: they go into the log shortened, and without control characters.
    private static string Short(string? text) => text is null ? ""
        : string.Concat((text.Length <= 80 ? text : text[..80] + "…").Select(c => char.IsControl(c) ? '?' : c));
}
