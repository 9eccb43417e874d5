using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Aufruf.Edge.Protocol;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Aufruf.Edge;

/// <summary>The device's side of the connection. Called on network threads: each method returns at once.</summary>
public interface IHubListener
{
    void LinkUp();
    void LinkDown();
    void Acked(EventAck ack);
    void Commanded(DeviceCommand command);
    void Faced(Face face);
    void Heard(TimeBeacon beacon);

    /// <summary>The broker has taken the result of this command.</summary>
    void ResultDelivered(Guid command);
}

/// <summary>The connection to the hub's broker: connect, subscribe, send and receive, and begin again when it ends.</summary>
/// <remarks>Any message may be lost. Each connection starts clean: the outbox keeps what must arrive, not the broker.</remarks>
public sealed class MqttLink(EdgeOptions options, IHubListener hub, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LogAgain = TimeSpan.FromMinutes(5);

    // Another device has our name. The two must not take the connection from each other all day.
    private static readonly TimeSpan PauseBesideTwin = TimeSpan.FromSeconds(30);

    // The core has at most 20 events in flight; 120 covers a burst of results and one repetition of all.
    private const int SendQueue = 120;

    private readonly MqttClientFactory _factory = new();
    private readonly Backoff _backoff = new(Random.Shared);
    private int _tries;
    private Channel<Outgoing>? _outgoing;
    private readonly Dictionary<(string Host, int Port), (string Reason, long At)> _logged = [];
    private volatile bool _hasTwin;

    private sealed record Outgoing(MqttApplicationMessage Message, Guid? Result);

    public void Send(DeviceState state) => Enqueue(Topics.State, state, ProtocolJson.Default.DeviceState, retain: true);

    public void Send(DeviceEvent happened) => Enqueue(Topics.Event, happened, ProtocolJson.Default.DeviceEvent);

    public void Send(CommandResult result) =>
        Enqueue(Topics.CommandResult, result, ProtocolJson.Default.CommandResult, result: result.Id);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var address = options.Hubs[_tries++ % options.Hubs.Count];
            try
            {
                await ConnectAndSendAsync(address, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
                when (e is MqttCommunicationException or OperationCanceledException or IOException or InvalidOperationException
                or UnauthorizedAccessException or System.Net.Sockets.SocketException)
            {
                var wait = _hasTwin ? PauseBesideTwin : _backoff.Next() / options.Hubs.Count; // Each hub is tried as often as a single one.
                LogOnce(address, (e.InnerException ?? e).Message, wait);
                await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One connection from its beginning to its end. Always ends with an exception.</summary>
    private async Task ConnectAndSendAsync((string Host, int Port) address, CancellationToken stop)
    {
        using var client = _factory.CreateMqttClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        client.DisconnectedAsync += end =>
        {
            _hasTwin |= end.Reason is MqttClientDisconnectReason.SessionTakenOver;
            return ended.IsCancellationRequested ? Task.CompletedTask : ended.CancelAsync();
        };
        _hasTwin = false;
        client.ApplicationMessageReceivedAsync += received =>
        {
            Receive(received.ApplicationMessage.Topic, received.ApplicationMessage.Payload);
            return Task.CompletedTask;
        };

        try
        {
            var connected = await client.ConnectAsync(ClientOptions(options, address, await ReadPasswordAsync(options, stop)), ended.Token);
            if (connected.ResultCode is not MqttClientConnectResultCode.Success)
            {
                _hasTwin = connected.ResultCode is MqttClientConnectResultCode.ConnectionRateExceeded;
                throw new MqttCommunicationException($"{connected.ResultCode} {connected.ReasonString}");
            }

            await SubscribeAsync(client, ended.Token);
            Log.Connected(log, Text(address), options.User);
            _backoff.Reset();
            _logged.Clear();
            var outgoing = _outgoing = Channel.CreateBounded<Outgoing>(SendQueue);
            hub.LinkUp();
            await foreach (var (message, result) in outgoing.Reader.ReadAllAsync(ended.Token))
            {
                if (await PublishAsync(client, message, ended.Token) && result is { } id)
                {
                    hub.ResultDelivered(id);
                }
            }
        }
        finally
        {
            _outgoing = null;
            hub.LinkDown();
            if (stop.IsCancellationRequested && client.IsConnected)
            {
                await CloseAsync(client, address);
            }
        }
    }

    /// <summary>Read for each connection: a device may be paired again while it runs.</summary>
    internal static async Task<string> ReadPasswordAsync(EdgeOptions options, CancellationToken stop) =>
        File.Exists(options.PasswordFile) && (await File.ReadAllTextAsync(options.PasswordFile, stop)).Trim() is { Length: > 0 } password
            ? password
            : throw new IOException($"no password in {options.PasswordFile}: the hub issues it when the device is paired");

    internal static MqttClientOptions ClientOptions(EdgeOptions options, (string Host, int Port) address, string password) =>
        new MqttClientOptionsBuilder()
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithTcpServer(address.Host, address.Port)
        .WithClientId(options.User)
        .WithCredentials(options.User, password)
        .WithCleanStart()
        .WithKeepAlivePeriod(TimeSpan.FromSeconds(10))
        .WithTimeout(TimeSpan.FromSeconds(5))
        .WithWillTopic(Topics.Device(options.Office, options.Device, Topics.State))
        .WithWillPayload(JsonSerializer.SerializeToUtf8Bytes(
            new DeviceState(1, DevicePresence.Lost, null, null), ProtocolJson.Default.DeviceState))
        .WithWillContentType("application/json")
        .WithWillRetain()
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    private async Task SubscribeAsync(IMqttClient client, CancellationToken stop)
    {
        var subscribed = await client.SubscribeAsync(
            _factory.CreateSubscribeOptionsBuilder()
                .WithTopicFilter(Topic(Topics.EventAck), MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topic(Topics.Command), MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topic(Topics.Face), MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topics.Time(options.Office), MqttQualityOfServiceLevel.AtMostOnce)
                .Build(),
            stop);
        if (subscribed.Items.FirstOrDefault(i => (int)i.ResultCode >= 0x80) is { } refused)
        {
            throw new MqttCommunicationException($"The broker refused {refused.TopicFilter.Topic}: {refused.ResultCode}.");
        }
    }

    private void Enqueue<T>(string channel, T body, JsonTypeInfo<T> json, bool retain = false, Guid? result = null)
    {
        if (_outgoing is { } outgoing && !outgoing.Writer.TryWrite(new Outgoing(Message(channel, body, json, retain), result)))
        {
            Log.SendQueueFull(log, SendQueue, channel);
        }
    }

    private MqttApplicationMessage Message<T>(string channel, T body, JsonTypeInfo<T> json, bool retain) => new()
    {
        Topic = Topic(channel),
        PayloadSegment = JsonSerializer.SerializeToUtf8Bytes(body, json),
        ContentType = "application/json",
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        Retain = retain,
    };

    private async Task<bool> PublishAsync(IMqttClient client, MqttApplicationMessage message, CancellationToken stop)
    {
        var published = await client.PublishAsync(message, stop);
        if (!published.IsSuccess)
        {
            Log.BrokerRefused(log, message.Topic, $"{published.ReasonCode} {published.ReasonString}");
        }

        return published.IsSuccess;
    }

    private void Receive(string topic, ReadOnlySequence<byte> payload)
    {
        try
        {
            switch (Topics.Parse(topic)?.Channel)
            {
                case Topics.EventAck:
                    hub.Acked(Read(payload, ProtocolJson.Default.EventAck));
                    break;
                case Topics.Command:
                    hub.Commanded(Read(payload, ProtocolJson.Default.DeviceCommand));
                    break;
                case Topics.Face when !payload.IsEmpty:
                    hub.Faced(Read(payload, ProtocolJson.Default.Face));
                    break;
                case null when topic == Topics.Time(options.Office):
                    hub.Heard(Read(payload, ProtocolJson.Default.TimeBeacon));
                    break;
            }
        }
        catch (JsonException e)
        {
            Log.NotUnderstood(log, topic, e.Message);
        }
    }

    private static T Read<T>(ReadOnlySequence<byte> payload, JsonTypeInfo<T> json)
    {
        var reader = new Utf8JsonReader(payload);
        return JsonSerializer.Deserialize(ref reader, json) ?? throw new JsonException("null is no message.");
    }

    private async Task CloseAsync(IMqttClient client, (string Host, int Port) address)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            var stopped = new DeviceState(1, DevicePresence.Stopped, time.GetUtcNow(), null);
            await PublishAsync(client, Message(Topics.State, stopped, ProtocolJson.Default.DeviceState, retain: true), limit.Token);
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token);
        }
        catch (Exception e) when (e is MqttCommunicationException or OperationCanceledException)
        {
            LogOnce(address, e.Message, TimeSpan.Zero);
        }
    }

    // A hub that is away for a night does not fill the disk with one sentence.
    private void LogOnce((string Host, int Port) address, string reason, TimeSpan wait)
    {
        if (!_logged.TryGetValue(address, out var logged) || logged.Reason != reason || time.GetElapsedTime(logged.At) > LogAgain)
        {
            _logged[address] = (reason, time.GetTimestamp());
            Log.NoHub(log, Text(address), reason, wait.TotalSeconds);
        }
    }

    private static string Text((string Host, int Port) address) => $"{address.Host}:{address.Port}";

    private string Topic(string channel) => Topics.Device(options.Office, options.Device, channel);
}
