using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aufruf.Edge;
using Aufruf.Edge.Simulator;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Edge;

/// <summary>The self-test ends in time, fails when a part fails, and says why in a sentence.</summary>
[Collection("Printer rivals")] // A program "cupsd" that one test starts must not show in the others.
public sealed class SelfTestTests : IAsyncLifetime
{
    private const string Office = "alsdorf.rathaus";
    private readonly TempFolder _data = new();
    private readonly FakeHub _hub = new(Office, Ports.Next());
    private readonly EscPosEmulator _paper = new(0, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        await _hub.StartAsync();
        await _paper.StartAsync(TestContext.Current.CancellationToken);
        _data.Write("password", "secret");
    }

    public async ValueTask DisposeAsync()
    {
        await _paper.StopAsync(default);
        _paper.Dispose();
        await _hub.DisposeAsync();
        _data.Dispose();
    }

    private async Task<(bool IsGood, string Words)> RunAsync(
        string? printer = null, Func<PinMap, PinAccess>? open = null, string? flag = null, string? hub = null)
    {
        var options = EdgeOptions.Parse(["--device", "printer-1", "--office", Office, "--pin-map", PinMaps.File("ticket-printer.json"),
            "--hub", hub ?? $"127.0.0.1:{_hub.Port}", "--data", _data.Path, "--printer", printer ?? $"tcp:127.0.0.1:{_paper.Port}",
            flag ?? "--selftest"]);
        var map = PinMap.Load(options.PinMapFile);
        using var words = new StringWriter();
        var time = Stopwatch.StartNew();
        var isGood = await SelfTest.RunAsync(options, map, () => (open ?? (m => new SimulatedPins(m).Access))(map), words);
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 10);
        return (isGood, words.ToString());
    }

    private static void Says(string sentence, (bool IsGood, string Words) found)
    {
        Assert.Contains(sentence, found.Words, StringComparison.Ordinal);
        Assert.False(found.IsGood, found.Words);
    }

    [Fact]
    public async Task It_is_good_when_all_parts_answer_and_offers_a_test_slip()
    {
        var (isGood, words) = await RunAsync();
        Assert.True(isGood, words);
        Assert.Contains("--test-slip prints a slip", words, StringComparison.Ordinal);
        Assert.Empty(_paper.Slips);

        (isGood, words) = await RunAsync(flag: "--test-slip");
        Assert.True(isGood, words);
        Assert.Contains("TEST", Assert.Single(_paper.Slips).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_fails_for_a_printer_that_takes_data_and_never_answers()
    {
        using var port = new SilentPort();
        Says("NO ANSWER: it takes data and never answers", await RunAsync($"usb:{port.Path}"));
        using var network = new TcpListener(IPAddress.Loopback, 0);
        network.Start();
        Says("NO ANSWER: it takes data and never answers", await RunAsync($"tcp:{network.LocalEndpoint}"));
    }

    [Fact]
    public async Task It_fails_for_a_printer_that_is_not_there_or_has_no_paper()
    {
        Says("/dev/usb/none is not there", await RunAsync("usb:/dev/usb/none"));
        _paper.Set(PrinterFault.PaperOut, true);
        Says("FAILS: paper-out", await RunAsync());
    }

    [Fact]
    public async Task It_fails_for_a_port_that_answers_as_no_printer_does()
    {
        await using var echo = new EchoPort();
        Says("FAILS: it answers, but not as an ESC/POS printer does", await RunAsync(echo.Target));
    }

    [Theory]
    [InlineData("cupsd")]
    [InlineData("ipp-usb")]
    public async Task It_names_the_program_that_may_hold_a_USB_printer(string program)
    {
        var words = $"{program} runs here and may hold it";
        File.Copy("/bin/sleep", _data.File(program));
        using var rival = Process.Start(_data.File(program), "60");
        try
        {
            Says(words, await RunAsync("usb:/dev/usb/none"));
            using var port = new SilentPort();
            Says(words, await RunAsync($"usb:{port.Path}"));
            Assert.DoesNotContain(words, (await RunAsync()).Words, StringComparison.Ordinal); // They hold no printer in the network.
        }
        finally
        {
            rival.Kill();
            await rival.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task It_fails_for_a_missing_password_a_refused_log_in_and_a_hub_that_is_away()
    {
        _data.Write("password", "wrong");
        Says("REFUSED", await RunAsync());
        File.Delete(_data.File("password"));
        Says("no password in", await RunAsync());
        _data.Write("password", "secret");
        var (isGood, lines) = await RunAsync(hub: $"127.0.0.1:{Ports.Next()},127.0.0.1:{_hub.Port}"); // Two hubs: a line for each.
        Assert.False(isGood);
        Assert.Matches("(?s)hub +127.*FAILS.*hub +127.*lets this device in", lines);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Says("NO ANSWER within 7 s", await RunAsync(hub: $"{silent.LocalEndpoint}"));
    }

    [Theory]
    [InlineData("no library", "the library libgpiod is missing. Install libgpiod2")]
    [InlineData("no right", "add it to the groups gpio")]
    [InlineData("no pins", "this machine has none; edge/Simulator needs none")]
    [InlineData("few pins", "GPIO 13 (3) cannot be used")]
    [InlineData("hangs", "did not answer within 2 s")]
    public async Task It_explains_pins_that_cannot_be_used(string what, string sentence) => Says(sentence, await RunAsync(open: map =>
        what switch
        {
            "no library" => PinAccess.Using<PinAccess>("The pins", () => throw new DllNotFoundException("libgpiod")),
            "no right" => PinAccess.Using<PinAccess>("The pins", () => throw new UnauthorizedAccessException("/dev/gpiochip0")),
            "no pins" => PinAccess.Using<PinAccess>("The pins", () => throw new PlatformNotSupportedException()),
            "few pins" => new SimulatedPins(map).Access with { Gpio = new(new SimulatedGpioDriver(pinCount: 10)) },
            _ => Hang(),
        }));

    private static PinAccess Hang()
    {
        using var never = new ManualResetEvent(false);
        never.WaitOne(TimeSpan.FromSeconds(5));
        throw new TimeoutException();
    }
}
