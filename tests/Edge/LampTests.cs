using Aufruf.Edge;
using Aufruf.Edge.Protocol;

namespace Aufruf.Tests.Edge;

public sealed class LampTests
{
    [Fact]
    public void The_lamp_is_off_offline_pulses_while_waiting_and_is_solid_for_a_second_when_accepted()
    {
        var box = new Device();
        Assert.Equal(LampState.Offline, box.Core.Lamp);
        box.Connect();
        Assert.Equal(LampState.Ready, box.Core.Lamp);
        box.Press();
        Assert.Equal(LampState.Waiting, box.Core.Lamp);
        box.Ack(box.Sent.Single());
        Assert.Equal(LampState.Accepted, box.Core.Lamp);
        box.Wait(1);
        Assert.Equal(LampState.Ready, box.Core.Lamp);
    }

    [Theory]
    [InlineData(EventOutcome.Refused)]
    [InlineData(EventOutcome.Ignored)]
    [InlineData(EventOutcome.Malformed)]
    public void A_press_that_changed_nothing_is_blinked_away_three_times(EventOutcome outcome)
    {
        var box = new Device();
        box.Connect();
        box.Press();
        box.Ack(box.Sent.Single(), outcome);
        Assert.Equal(LampState.Refused, box.Core.Lamp);
        var lit = Enumerable.Range(0, 90).Select(i => Lamp.IsLit(LampState.Refused, TimeSpan.FromMilliseconds(i * 10))).ToList();
        Assert.Equal(3, lit.Zip(lit.Prepend(false)).Count(p => p.First && !p.Second));
    }

    [Fact]
    public void The_same_answer_twice_lights_the_lamp_once()
    {
        var box = new Device();
        box.Connect();
        box.Press();
        var sent = box.Sent.Single();
        box.Ack(sent);
        box.Wait(5);
        box.Ack(sent);
        Assert.Equal(LampState.Ready, box.Core.Lamp);
    }

    [Fact]
    public void A_press_without_a_hub_is_refused_as_too_late_at_the_lamp_and_in_the_log()
    {
        var box = new Device();
        box.Press();
        box.Wait(14);
        Assert.Empty(box.Refusals);
        Assert.Equal(LampState.Offline, box.Core.Lamp);
        Assert.Equal(TimeSpan.FromSeconds(1), box.Core.Due);
        box.Wait(1);
        Assert.Equal([PressRefusal.TooLate], box.Refusals);
        Assert.Equal(LampState.Refused, box.Core.Lamp);

        box.Connect();
        box.Wait(2);
        box.Ack(box.Sent.Single(), EventOutcome.Ignored);
        Assert.Equal(LampState.Ready, box.Core.Lamp);
        Assert.Equal("next", Assert.Single(box.Effects.OfType<Effect.TellAnswer>()).Button);
    }

    [Fact]
    public void A_press_that_the_hub_has_heard_is_not_called_too_late_by_the_box()
    {
        var box = new Device();
        box.Connect();
        box.Press();
        box.Do(c => c.Disconnected());
        box.Wait(20);
        Assert.Empty(box.Refusals);
    }

    [Fact]
    public void A_ticket_printer_without_a_hub_refuses_and_asks_for_no_ticket()
    {
        var printer = new Device(DeviceKind.TicketPrinter);
        printer.Do(c => c.PrinterIs(PrinterCondition.Ready));
        printer.Press("1");
        Assert.Equal([PressRefusal.Offline], printer.Refusals);
        Assert.Equal(LampState.Refused, printer.Core.Lamp);
        Assert.Empty(printer.Store.Read().Waiting);
    }

    [Theory]
    [InlineData(PrinterCondition.PaperOut)]
    [InlineData(PrinterCondition.CoverOpen)]
    [InlineData(PrinterCondition.Disconnected)]
    [InlineData(PrinterCondition.Unknown)]
    public void A_blocked_printer_asks_for_no_ticket_and_its_lamp_says_out_of_order(PrinterCondition condition)
    {
        var printer = new Device(DeviceKind.TicketPrinter);
        printer.Connect();
        printer.Do(c => c.PrinterIs(condition));
        Assert.Equal(LampState.Blocked, printer.Core.Lamp);
        printer.Press("1");
        Assert.Equal([PressRefusal.PrinterBlocked], printer.Refusals);
        Assert.Empty(printer.Sent);
    }

    [Fact]
    public void A_printer_whose_roll_is_nearly_empty_still_prints()
    {
        var printer = new Device(DeviceKind.TicketPrinter);
        printer.Connect();
        printer.Do(c => c.PrinterIs(PrinterCondition.NearEnd));
        printer.Press("1");
        Assert.Contains(printer.Sent, e => e.Type == DeviceEventTypes.TicketWanted);
    }
}
