using System.Collections.Concurrent;
using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Edge;

/// <summary>A printer that never says a word costs nothing, and its silence is explained.</summary>
[Collection("Printer rivals")] // A program "cupsd" that one test starts must not show in the others.
public sealed class SilentPrinterTests : IPrinterListener
{
    private readonly ConcurrentQueue<PrinterCondition> _conditions = new();
    private readonly ConcurrentQueue<(CommandOutcome Outcome, string? Reason)> _ended = new();
    private readonly ListLogger<SlipPrinter> _log = new();
    private readonly SteppingClock _clock = new();

    void IPrinterListener.PrinterIs(PrinterCondition condition) => _conditions.Enqueue(condition);

    void IPrinterListener.PrintEnded(Guid command, CommandOutcome outcome, string? reason) => _ended.Enqueue((outcome, reason));

    [Fact]
    public async Task A_silent_printer_is_explained_once_and_costs_one_descriptor_however_long_it_is_tried()
    {
        using var port = new SilentPort();
        using var end = new CancellationTokenSource();
        var running = new SlipPrinter(PrinterTarget.Parse($"usb:{port.Path}"), new PrinterProfile("test"), this, _clock, _log)
            .RunAsync(end.Token);

        await Patience.Until("eight rounds", () =>
        {
            _clock.Advance(0.5);
            Assert.InRange(port.Descriptors, 0, 1);
            return _conditions.Count(c => c is PrinterCondition.Disconnected) >= 8;
        }, seconds: 60);

        await end.CancelAsync();
        await running;
        Assert.Equal(0, port.Descriptors);
        Assert.Contains("never answers", Assert.Single(_log.Lines, l => l.Contains("out of order", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_printer_whose_profile_says_that_it_never_answers_prints_and_says_that_nothing_was_confirmed()
    {
        using var port = new SilentPort();
        using var end = new CancellationTokenSource();
        var profile = new PrinterProfile("test", Dots: 384, Confirms: false, Answers: false);
        var printer = new SlipPrinter(PrinterTarget.Parse($"usb:{port.Path}"), profile, this, _clock, _log);
        var running = printer.RunAsync(end.Token);
        await Patience.Until("ready", () => _conditions.LastOrDefault() is PrinterCondition.Ready);

        printer.Print(Guid.NewGuid(), Device.Slip("A042"), TimeSpan.FromSeconds(15));

        await Patience.Until("the slip has ended", () => !_ended.IsEmpty);
        Assert.Equal((CommandOutcome.Done, "not-confirmed"), _ended.Single());
        await Patience.Until("the slip is at the printer", () => port.Taken.Contains("A042", StringComparison.Ordinal));
        await end.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_port_that_answers_nonsense_is_out_of_order_and_explained_once()
    {
        await using var echo = new EchoPort();
        using var end = new CancellationTokenSource();
        var running = new SlipPrinter(PrinterTarget.Parse(echo.Target), new PrinterProfile("test"), this, _clock, _log).RunAsync(end.Token);
        await Patience.Until("three rounds", () =>
        {
            _clock.Advance(0.5);
            return _conditions.Count(c => c is PrinterCondition.Disconnected) >= 3;
        });
        await end.CancelAsync();
        await running;
        Assert.Contains("answers, but not as an ESC/POS printer does", Assert.Single(_log.Lines,
            line => line.Contains("out of order", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_without_a_printer_is_named_with_its_likely_cause()
    {
        using var end = new CancellationTokenSource();
        var running = new SlipPrinter(PrinterTarget.Parse("usb:/dev/usb/none"), new PrinterProfile("test"), this, _clock, _log)
            .RunAsync(end.Token);
        await Patience.Until("an outage", () => !_log.Lines.IsEmpty);
        await end.CancelAsync();
        await running;
        Assert.Contains(_log.Lines, l => l.Contains("/dev/usb/none is not there: the printer is switched off", StringComparison.Ordinal));
    }
}
