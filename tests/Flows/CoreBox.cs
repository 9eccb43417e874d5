using System.Buffers;
using System.Text.Json;
using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;
using MQTTnet;
using MQTTnet.Protocol;

namespace Aufruf.Tests.Flows;

/// <summary>The real rules and the real outbox of a button box. Its link tries again at once.</summary>
internal sealed class CoreBox : IAsyncDisposable
{
    private readonly TestHub _hub;
    private readonly string _device;
    private readonly SqliteOutboxStore _store;
    private readonly DeviceCore _core;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _living;
    private IMqttClient? _client;

    public CoreBox(TestHub hub, string device, string outbox)
    {
        (_hub, _device, _store) = (hub, device, new SqliteOutboxStore(outbox));
        _core = new DeviceCore(DeviceKind.ButtonBox, _store, TimeProvider.System);
        _living = Task.Run(LiveAsync);
    }

    /// <summary>How many presses the hub has not settled.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _core.Depth;
            }
        }
    }

    public Face? Face
    {
        get
        {
            lock (_gate)
            {
                return _core.Face;
            }
        }
    }

    /// <summary>Presses a button; the id under which it must be found in the journal.</summary>
    public Guid Press(string button)
    {
        IReadOnlyList<Effect> effects;
        Guid id;
        lock (_gate)
        {
            effects = _core.Press(button);
            id = _store.Read().Waiting[^1].Id;
        }

        Carry(effects);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _living;
        _client?.Dispose();
        _store.Dispose();
        _end.Dispose();
    }

    private async Task LiveAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = new MqttClientFactory().CreateMqttClient();
                var user = $"{TestHub.Office}/{_device}";
                client.ApplicationMessageReceivedAsync += HearAsync;
                await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _hub.Mqtt).WithClientId(user)
                    .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithCredentials(user, _hub.DevicePassword(_device))
                        .WithTimeout(TimeSpan.FromSeconds(20)).Build(), _end.Token);
                await client.SubscribeAsync(Topics.Device(TestHub.Office, _device, "#"), MqttQualityOfServiceLevel.AtLeastOnce,
                    _end.Token);
                _client = client;
                Do(c => c.Connected());
                while (client.IsConnected)
                {
                    await Task.Delay(5, _end.Token);
                    Do(c => c.Tick());
                }
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                // The hub is dead at the moment: that is what the test is about.
            }

            _client = null;
            Do(c => c.Disconnected());
            await Task.Delay(10);
        }
    }

    private Task HearAsync(MqttApplicationMessageReceivedEventArgs heard)
    {
        var payload = heard.ApplicationMessage.Payload.ToArray();
        switch (Topics.Parse(heard.ApplicationMessage.Topic)?.Channel)
        {
            case Topics.EventAck:
                Do(c => c.Acked(JsonSerializer.Deserialize(payload, ProtocolJson.Default.EventAck)!));
                break;
            case Topics.Face:
                Do(c => c.Faced(JsonSerializer.Deserialize(payload, ProtocolJson.Default.Face)!));
                break;
        }

        return Task.CompletedTask;
    }

    private void Do(Func<DeviceCore, IReadOnlyList<Effect>> step)
    {
        IReadOnlyList<Effect> effects;
        lock (_gate)
        {
            effects = step(_core);
        }

        Carry(effects);
    }

    private void Carry(IReadOnlyList<Effect> effects)
    {
        foreach (var sending in effects.OfType<Effect.SendEvent>())
        {
            _ = SendAsync(sending.Event);
        }
    }

    private async Task SendAsync(DeviceEvent happened)
    {
        try
        {
            if (_client is { } client)
            {
                await client.PublishAsync(new MqttApplicationMessage
                {
                    Topic = Topics.Device(TestHub.Office, _device, Topics.Event),
                    PayloadSegment = JsonSerializer.SerializeToUtf8Bytes(happened, ProtocolJson.Default.DeviceEvent),
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                });
            }
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            // Lost with the connection; the core sends it again.
        }
    }
}
