using System.Text.Json;
using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Aufruf.Edge.Simulator;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MQTTnet;
using MQTTnet.Protocol;

namespace Aufruf.Tests.Edge;

/// <summary>The whole edge program, simulated pins, against a real broker.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private const string Office = "alsdorf.rathaus";
    private readonly string _data = Directory.CreateTempSubdirectory("aufruf-link-").FullName;
    private readonly FakeHub _hub = new(Office, Ports.Next());
    private IHost? _edge;

    private IHost Edge => _edge ?? throw new InvalidOperationException("Not started.");
    private SimulatedPins Pins => Edge.Services.GetRequiredService<SimulatedPins>();
    private DeviceGlance Glance => Edge.Services.GetRequiredService<DeviceLoop>().Glance;

    public async ValueTask InitializeAsync() => await _hub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_edge is not null)
        {
            await _edge.StopAsync();
            _edge.Dispose();
        }

        await _hub.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>Counts the connections.</summary>
    private sealed class UpCounter : IHubListener
    {
        private int _ups;

        public int Ups => _ups;

        public void LinkUp() => Interlocked.Increment(ref _ups);

        public void LinkDown() { }
        public void Acked(EventAck ack) { }
        public void Commanded(DeviceCommand command) { }
        public void Faced(Face face) { }
        public void Heard(TimeBeacon beacon) { }
        public void ResultDelivered(Guid command) { }
    }

    private async Task StartAsync(string map, bool hasPassword = true, params FakeHub[] others)
    {
        if (hasPassword)
        {
            await File.WriteAllTextAsync(Path.Combine(_data, "password"), "secret\n", TestContext.Current.CancellationToken);
        }

        var hubs = string.Join(',', ((FakeHub[])[_hub, .. others]).Select(hub => $"127.0.0.1:{hub.Port}"));
        _edge = SimulatorHost.Build(["--device", "box-3", "--office", Office, "--pin-map", PinMaps.File(map), "--hub", hubs,
            "--data", _data]);
        await _edge.StartAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_press_reaches_the_hub_and_lights_the_lamp()
    {
        await StartAsync("button-box.json");
        await Patience.Until("connected", () => Glance.IsConnected);
        await Patience.Until("ready", () => _hub.States.GetValueOrDefault("box-3", DevicePresence.Lost) is DevicePresence.Ready);
        await Pins.PressAsync("next");
        await Patience.Until("accepted", () => Glance.Lamp is LampState.Accepted);
        Assert.Equal("next", Assert.Single(_hub.Effects.Values).Data.GetProperty("button").GetString());
        await Patience.Until("forgotten", () => Glance.Depth == 0);
    }

    [Fact]
    public async Task Presses_made_while_the_broker_restarts_arrive_once_each_and_in_order()
    {
        await StartAsync("button-box.json");
        await Patience.Until("connected", () => Glance.IsConnected);
        await Pins.PressAsync("next");
        await _hub.StopAsync();
        await Patience.Until("offline", () => !Glance.IsConnected);
        await Pins.PressAsync("recall");
        await Pins.PressAsync("arrived");
        await _hub.StartAsync();
        await Patience.Until("all arrived", () => _hub.Effects.Count == 3);
        Assert.Equal([1L, 2, 3], _hub.Effects.Values.Select(e => e.Seq).Order());
        await Patience.Until("forgotten", () => Glance.Depth == 0);
    }

    [Fact]
    public async Task A_device_with_two_hubs_goes_to_the_other_whenever_one_is_away_and_its_presses_arrive_once_each()
    {
        await using var second = new FakeHub(Office, Ports.Next());
        await second.StartAsync();
        await StartAsync("button-box.json", others: second);
        await Patience.Until("connected to the first", () => Glance.IsConnected && _hub.Knocks == 1);
        await Pins.PressAsync("next");
        await Patience.Until("settled by the first", () => _hub.Effects.Count == 1 && Glance.Depth == 0);

        await _hub.StopAsync();
        await Pins.PressAsync("recall");
        await Patience.Until("settled by the second", () => second.Effects.Count == 1 && Glance.Depth == 0);
        await second.StopAsync();
        await Pins.PressAsync("arrived");
        await _hub.StartAsync();
        await Patience.Until("settled by the first again", () => _hub.Effects.Count == 2 && Glance.Depth == 0);
        Assert.Equal([1L, 2, 3], _hub.Effects.Values.Concat(second.Effects.Values).Select(e => e.Seq).Order());
    }

    [Fact]
    public async Task A_hub_that_answers_late_hears_the_press_again_and_executes_it_once()
    {
        _hub.IsAnswering = false;
        await StartAsync("button-box.json");
        await Patience.Until("connected", () => Glance.IsConnected);
        await Pins.PressAsync("next");
        await Patience.Until("heard twice", () => _hub.Heard.Count >= 2);
        Assert.Equal(LampState.Waiting, Glance.Lamp);
        _hub.IsAnswering = true;
        await Patience.Until("settled", () => Glance.Depth == 0);
        Assert.Single(_hub.Effects);
        Assert.All(_hub.Heard, e => Assert.True(e.Sent >= e.Mono));
    }

    [Fact]
    public async Task The_sign_shows_the_retained_face_after_a_restart_of_the_device()
    {
        await _hub.SendAsync("box-3", Topics.Face, Device.Face(8, number: "C107"), ProtocolJson.Default.Face, retain: true);
        await StartAsync("button-box.json");
        await Patience.Until("C107 is seen", () => Pins.Sign.Text == "C107");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_device_pauses_for_30_s_when_it_is_told_that_another_has_its_name(bool isToldAtOnce)
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "password"), "secret", Now);
        var options = EdgeOptions.Parse(["--device", "box-3", "--office", Office, "--pin-map", "none", "--hub", $"127.0.0.1:{_hub.Port}",
            "--data", _data]);
        var (clock, log, listener) = (new SteppingClock(), new ListLogger<MqttLink>(), new UpCounter());
        using var end = new CancellationTokenSource();
        _hub.Answer = isToldAtOnce ? MqttConnectReasonCode.ConnectionRateExceeded : MqttConnectReasonCode.Success;
        var running = new MqttLink(options, listener, clock, log).RunAsync(end.Token);
        using var twin = new MqttClientFactory().CreateMqttClient();
        if (!isToldAtOnce)
        {
            await Patience.Until("connected", () => listener.Ups == 1);
            await twin.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _hub.Port).WithClientId(options.User)
                .WithCredentials(options.User, "secret").Build(), Now);
        }

        await Patience.Until("a pause", () => log.Lines.Any(line => line.Contains("next try in 30.0 s", StringComparison.Ordinal)));
        var knocks = _hub.Knocks;
        clock.Advance(29);
        Assert.Equal(isToldAtOnce ? 1 : 2, knocks);
        Assert.Equal(knocks, _hub.Knocks);
        _hub.Answer = MqttConnectReasonCode.Success;
        await Patience.Until("one more try", () =>
        {
            clock.Advance(0.5);
            return _hub.Knocks > knocks;
        });
        await end.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_clean_stop_says_goodbye()
    {
        await StartAsync("button-box.json");
        await Patience.Until("connected", () => Glance.IsConnected);
        await Edge.StopAsync(TestContext.Current.CancellationToken);
        await Patience.Until("stopped", () => _hub.States["box-3"] is DevicePresence.Stopped);
    }

    [Fact]
    public async Task A_device_waits_for_its_password_and_connects_when_it_is_paired()
    {
        await StartAsync("button-box.json", hasPassword: false);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(Glance.IsConnected);
        await File.WriteAllTextAsync(Path.Combine(_data, "password"), "secret", TestContext.Current.CancellationToken);
        await Patience.Until("connected", () => Glance.IsConnected);
    }

    [Fact]
    public async Task A_ticket_request_becomes_a_slip_on_paper_once_though_the_command_comes_twice()
    {
        await StartAsync("ticket-printer.json");
        var paper = Edge.Services.GetRequiredService<EscPosEmulator>();
        await Patience.Until("ready", () => Glance is { IsConnected: true, Printer: PrinterCondition.Ready });
        await Pins.PressAsync("1");
        await Patience.Until("wanted", () => _hub.Effects.Values.Any(e => e.Type == DeviceEventTypes.TicketWanted));

        var print = new DeviceCommand(1, Guid.NewGuid(), TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddSeconds(15),
            DeviceCommandTypes.Print,
            JsonSerializer.SerializeToElement(Device.Slip(), ProtocolJson.Default.Slip));
        await _hub.SendAsync("box-3", Topics.Command, print, ProtocolJson.Default.DeviceCommand);
        await _hub.SendAsync("box-3", Topics.Command, print, ProtocolJson.Default.DeviceCommand);
        await Patience.Until("result", () => _hub.Results.Any(r => r.Id == print.Id && r.Outcome is CommandOutcome.Done));
        await _hub.SendAsync("box-3", Topics.Command, print, ProtocolJson.Default.DeviceCommand);
        await Patience.Until("answered again", () => _hub.Results.Count(r => r.Id == print.Id) >= 2);
        Assert.Contains("A042", Assert.Single(paper.Slips).Text, StringComparison.Ordinal);
    }
}
