using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Tests.Edge;

/// <summary>The real printer code against the emulator over real TCP.</summary>
public sealed class SlipPrinterTests : IAsyncLifetime, IPrinterListener
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private readonly EscPosEmulator _paper = new(0, TimeProvider.System);
    private readonly List<(Guid Command, CommandOutcome Outcome, string? Reason)> _ended = [];
    private SlipPrinter? _printer;
    private PrinterCondition _condition;

    private SlipPrinter Printer => _printer ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _printer = new SlipPrinter(PrinterTarget.Parse($"tcp:127.0.0.1:{_paper.Port}"), new PrinterProfile("test"), this, TimeProvider.System, NullLogger<SlipPrinter>.Instance);
        await _paper.StartAsync(default);
        await _printer.StartAsync(default);
        await Until(() => _condition is PrinterCondition.Ready);
    }

    public async ValueTask DisposeAsync()
    {
        await Printer.StopAsync(default);
        await _paper.StopAsync(default);
        Printer.Dispose();
        _paper.Dispose();
    }

    void IPrinterListener.PrinterIs(PrinterCondition condition) => _condition = condition;

    void IPrinterListener.PrintEnded(Guid command, CommandOutcome outcome, string? reason)
    {
        lock (_ended)
        {
            _ended.Add((command, outcome, reason));
        }
    }

    private static async Task Until(Func<bool> done)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!done())
        {
            Assert.True(patience.Elapsed < Long, "It did not happen in 20 s.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private async Task<(CommandOutcome Outcome, string? Reason)> Print(string number, TimeSpan? validFor = null)
    {
        var id = Guid.NewGuid();
        Printer.Print(new Effect.PrintSlip(id, Device.Slip(number), validFor ?? TimeSpan.FromSeconds(15)));
        await Until(() => _ended.Exists(e => e.Command == id));
        return _ended.Where(e => e.Command == id).Select(e => (e.Outcome, e.Reason)).Single();
    }

    [Fact]
    public async Task A_slip_is_done_when_the_printer_says_that_it_is_printed()
    {
        Assert.Equal((CommandOutcome.Done, null), await Print("A042"));
        Assert.Contains("A042", Assert.Single(_paper.Slips).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cable_pulled_in_the_middle_of_a_slip_makes_it_uncertain_and_it_is_not_printed_twice()
    {
        _paper.LoseLinkAfter(40);
        Assert.Equal((CommandOutcome.Uncertain, "link-lost"), await Print("A042"));
        await Until(() => _condition is PrinterCondition.Disconnected);
        await Until(() => _condition is PrinterCondition.Ready);
        Assert.Equal((CommandOutcome.Done, null), await Print("A043"));
        Assert.DoesNotContain(_paper.Slips, s => s.Text.Contains("A042", StringComparison.Ordinal) && s.Text.Contains("A043", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PrinterFault.PaperOut, PrinterCondition.PaperOut)]
    [InlineData(PrinterFault.CoverOpen, PrinterCondition.CoverOpen)]
    [InlineData(PrinterFault.CutterError, PrinterCondition.CutterError)]
    [InlineData(PrinterFault.LinkLost, PrinterCondition.Disconnected)]
    [InlineData(PrinterFault.PowerOff, PrinterCondition.Disconnected)]
    public async Task A_fault_is_noticed_unasked_and_so_is_its_end(PrinterFault fault, PrinterCondition condition)
    {
        _paper.Set(fault, true);
        await Until(() => _condition == condition);
        if (condition is not PrinterCondition.Disconnected)
        {
            var (outcome, _) = await Print("A042");
            Assert.Equal(CommandOutcome.Failed, outcome);
        }

        _paper.Set(fault, false);
        await Until(() => _condition is PrinterCondition.Ready);
        Assert.Empty(_paper.Slips);
    }

    [Fact]
    public async Task A_nearly_empty_roll_is_told_and_prints_on()
    {
        _paper.Set(PrinterFault.NearEnd, true);
        await Until(() => _condition is PrinterCondition.NearEnd);
        Assert.Equal((CommandOutcome.Done, null), await Print("A042"));
    }

    [Fact]
    public async Task A_slip_that_waited_too_long_behind_a_slow_printer_expires_instead_of_being_printed()
    {
        _paper.Set(PrinterFault.Slow, true);
        var first = Print("A042");
        Assert.Equal((CommandOutcome.Expired, null), await Print("A043", TimeSpan.FromSeconds(1)));
        Assert.Equal((CommandOutcome.Done, null), await first);
        Assert.Single(_paper.Slips);
    }

    [Fact]
    public async Task The_tray_keeps_the_last_twenty_slips()
    {
        for (var i = 1; i <= 22; i++)
        {
            await Print($"A{i:000}");
        }

        Assert.Equal(20, _paper.Slips.Count);
        Assert.Contains("A022", _paper.Slips[0].Text, StringComparison.Ordinal);
    }
}
