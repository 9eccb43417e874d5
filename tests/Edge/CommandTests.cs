using Aufruf.Edge;
using Aufruf.Edge.Protocol;

namespace Aufruf.Tests.Edge;

public sealed class CommandTests
{
    private static Device Printer()
    {
        var printer = new Device(DeviceKind.TicketPrinter);
        printer.Connect();
        printer.Do(c => c.PrinterIs(PrinterCondition.Ready));
        return printer;
    }

    [Fact]
    public void A_print_command_delivered_twice_prints_once_and_is_answered_twice()
    {
        var printer = Printer();
        var print = printer.Print();
        printer.Do(c => c.Commanded(print));
        printer.Do(c => c.Commanded(print));
        printer.Do(c => c.PrintEnded(print.Id, CommandOutcome.Done, null));
        printer.Do(c => c.Commanded(print));
        Assert.Single(printer.Printed);
        Assert.Equal([CommandOutcome.Done, CommandOutcome.Done], printer.Results.Select(r => r.Outcome));
    }

    [Fact]
    public void An_expired_command_is_answered_and_not_printed()
    {
        var printer = Printer();
        printer.Core.Heard(new TimeBeacon(1, printer.Time.GetUtcNow()));
        var print = printer.Print(validForSeconds: 15);
        printer.Wait(16);
        printer.Do(c => c.Commanded(print));
        Assert.Empty(printer.Printed);
        Assert.Equal(CommandOutcome.Expired, Assert.Single(printer.Results).Outcome);
    }

    [Fact]
    public void A_clock_an_hour_ahead_does_not_expire_a_fresh_command()
    {
        var printer = Printer();
        var print = printer.Print();
        printer.Core.Heard(new TimeBeacon(1, printer.Time.GetUtcNow()));
        printer.Time.Step = TimeSpan.FromHours(1);
        printer.Do(c => c.Commanded(print));
        Assert.Single(printer.Printed);
    }

    [Fact]
    public void A_slip_cut_short_by_a_power_cut_is_uncertain_and_is_not_printed_again()
    {
        var printer = Printer();
        var print = printer.Print();
        printer.Do(c => c.Commanded(print));

        printer.Crash();
        printer.Do(c => c.PrinterIs(PrinterCondition.Ready));
        printer.Connect();
        Assert.Equal((print.Id, CommandOutcome.Uncertain), Assert.Single(printer.Results) is var r ? (r.Id, r.Outcome) : default);
        printer.Do(c => c.Commanded(print));
        Assert.Empty(printer.Printed);
    }

    [Fact]
    public void A_result_made_while_offline_is_sent_on_the_next_connection_and_only_until_the_broker_has_it()
    {
        var printer = Printer();
        var print = printer.Print();
        printer.Do(c => c.Commanded(print));
        printer.Do(c => c.Disconnected());
        printer.Do(c => c.PrintEnded(print.Id, CommandOutcome.Done, null));
        Assert.Empty(printer.Results);

        printer.Connect();
        Assert.Single(printer.Results);
        printer.Do(c => c.ResultDelivered(print.Id));
        printer.Connect();
        Assert.Single(printer.Results);
    }

    [Fact]
    public void A_command_for_a_printer_without_paper_fails_with_the_reason()
    {
        var printer = Printer();
        printer.Do(c => c.PrinterIs(PrinterCondition.PaperOut));
        printer.Do(c => c.Commanded(printer.Print()));
        Assert.Equal((CommandOutcome.Failed, "paper-out"), Assert.Single(printer.Results) is var r ? (r.Outcome, r.Reason) : default);
    }

    [Fact]
    public void A_command_nobody_understands_fails_and_harms_nothing()
    {
        var printer = Printer();
        printer.Do(c => c.Commanded(printer.Print() with { Type = "dance" }));
        printer.Do(c => c.Commanded(printer.Print() with { Data = System.Text.Json.JsonDocument.Parse("""{"number":7}""").RootElement }));
        Assert.Equal(["unknown-command", "malformed"], printer.Results.Select(r => r.Reason));
        Assert.Empty(printer.Printed);
    }
}
