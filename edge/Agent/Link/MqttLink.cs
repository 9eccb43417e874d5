using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Aufruf.Edge.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Aufruf.Edge;

/// <summary>The connection to the hub's broker, for ever: connect, subscribe, say what we are, exchange, and begin again.</summary>
/// <remarks>Nothing here is trusted to arrive. Clean start each time: what the broker kept for us is worth nothing, the outbox is.</remarks>
public sealed partial class MqttLink(
    EdgeOptions options, DeviceFacts facts, PasswordFile password, Backoff backoff, IHubListener hub, TimeProvider time,
    ILogger<MqttLink> log) : BackgroundService, ILink
{
    private static readonly TimeSpan HealthEach = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(5);

    // The core keeps at most 20 events in flight; twice 60 covers a burst of results and one resend of all.
    private const int SendQueue = 120;

    private readonly MqttClientFactory _factory = new();
    private Channel<Outgoing>? _outgoing;
    private (string Reason, long At)? _said;

    private sealed record Outgoing(MqttApplicationMessage Message, Guid? Result);

    public void Send(DeviceEvent happened) => Enqueue(Topics.Event, happened, ProtocolJson.Default.DeviceEvent, null);

    public void Send(CommandResult result) => Enqueue(Topics.CommandResult, result, ProtocolJson.Default.CommandResult, result.Id);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LiveAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is MqttCommunicationException or OperationCanceledException or IOException or InvalidOperationException
                or UnauthorizedAccessException or System.Net.Sockets.SocketException)
            {
                var wait = backoff.Next();
                SayNoHub((e.InnerException ?? e).Message, wait);
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One connection from its beginning to its end. Always ends with an exception.</summary>
    private async Task LiveAsync(CancellationToken stop)
    {
        var secret = await password.ReadAsync(stop);
        using var client = _factory.CreateMqttClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        client.DisconnectedAsync += _ => ended.IsCancellationRequested ? Task.CompletedTask : ended.CancelAsync();
        client.ApplicationMessageReceivedAsync += e =>
        {
            Receive(e.ApplicationMessage);
            return Task.CompletedTask;
        };

        var outgoing = Channel.CreateBounded<Outgoing>(SendQueue);
        try
        {
            var connected = await client.ConnectAsync(Options(secret), ended.Token);
            if (connected.ResultCode is not MqttClientConnectResultCode.Success)
            {
                throw new MqttCommunicationException($"{connected.ResultCode} {connected.ReasonString}");
            }

            await SubscribeAsync(client, ended.Token);
            await PublishAsync(client, Message(Topics.State, new DeviceState(1, DevicePresence.Ready, time.GetUtcNow()), ProtocolJson.Default.DeviceState, retain: true), ended.Token);
            await PublishAsync(client, Message(Topics.Description, facts.Description, ProtocolJson.Default.DeviceDescription, retain: true), ended.Token);
            Log.Connected(log, options.Hub, options.User);
            backoff.Reset();
            _said = null;
            _outgoing = outgoing;
            hub.LinkUp();
            await Task.WhenAll(SendAsync(client, outgoing.Reader, ended), ReportHealthAsync(client, ended));
        }
        finally
        {
            _outgoing = null;
            hub.LinkDown();
            if (stop.IsCancellationRequested && client.IsConnected)
            {
                await SayGoodbyeAsync(client);
            }
        }
    }

    private async Task SendAsync(IMqttClient client, ChannelReader<Outgoing> outgoing, CancellationTokenSource ended)
    {
        try
        {
            await foreach (var (message, result) in outgoing.ReadAllAsync(ended.Token))
            {
                var isTaken = await PublishAsync(client, message, ended.Token);
                if (isTaken && result is { } id)
                {
                    hub.ResultDelivered(id);
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private async Task ReportHealthAsync(IMqttClient client, CancellationTokenSource ended)
    {
        try
        {
            while (true)
            {
                var health = await hub.HealthAsync(ended.Token);
                await PublishAsync(client, Message(Topics.Health, health, ProtocolJson.Default.DeviceHealth, retain: true, MqttQualityOfServiceLevel.AtMostOnce), ended.Token);
                await Task.Delay(HealthEach, time, ended.Token);
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    // A hub that is away for a night must not fill the disk with the same sentence.
    private void SayNoHub(string reason, TimeSpan wait)
    {
        if (_said is not { } said || said.Reason != reason || time.GetElapsedTime(said.At) > SayAgain)
        {
            _said = (reason, time.GetTimestamp());
            Log.NoHub(log, options.Hub, reason, wait.TotalSeconds);
        }
    }

    private void Receive(MqttApplicationMessage message)
    {
        var payload = message.Payload;
        try
        {
            var reader = new Utf8JsonReader(payload);
            if (message.Topic == Topics.Time(options.Office))
            {
                hub.Heard(Read(ref reader, ProtocolJson.Default.TimeBeacon));
                return;
            }

            switch (Topics.Parse(message.Topic)?.Channel)
            {
                case Topics.EventAck:
                    hub.Acked(Read(ref reader, ProtocolJson.Default.EventAck));
                    break;
                case Topics.Command:
                    hub.Commanded(Read(ref reader, ProtocolJson.Default.DeviceCommand));
                    break;
                case Topics.Face when !payload.IsEmpty:
                    hub.Faced(Read(ref reader, ProtocolJson.Default.Face));
                    break;
                default:
                    break; // the boards' calls, which boxes and printers do not show
            }
        }
        catch (JsonException e)
        {
            Log.NotUnderstood(log, message.Topic, e.Message);
        }
    }

    private void Answered(string topic, ReadOnlyMemory<byte> answer)
    {
        try
        {
            var reader = new Utf8JsonReader(answer.Span);
            hub.Acked(Read(ref reader, ProtocolJson.Default.EventAck));
        }
        catch (JsonException e)
        {
            Log.NotUnderstood(log, topic, e.Message);
        }
    }

    private static T Read<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> json) =>
        JsonSerializer.Deserialize(ref reader, json) ?? throw new JsonException("null is no message.");

    private void Enqueue<T>(string channel, T body, JsonTypeInfo<T> json, Guid? result)
    {
        if (_outgoing is { } outgoing && !outgoing.Writer.TryWrite(new Outgoing(Message(channel, body, json), result)))
        {
            Log.SendQueueFull(log, SendQueue, channel);
        }
    }
}
