using System.Text.Json;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>A ticket printer with buttons of its own.</summary>
public class SlipFlowTests
{
    [Fact]
    public async Task A_press_at_the_printer_is_printed_before_it_is_acknowledged_and_once_however_often_it_comes()
    {
        await using var hub = await TestHub.StartAsync();
        await using var printer = await RawDevice.ConnectAsync(hub, "printer-1");
        await hub.TakeAsync();
        var press = printer.Want("1");

        Assert.Equal(EventOutcome.Accepted, (await printer.AskAsync(press)).Outcome);
        Assert.Equal([Topics.Command, Topics.EventAck], printer.Heard.Select(m => m.Channel));
        var command = Assert.Single(printer.Commands);
        Assert.Equal((DeviceCommandTypes.Print, press.Id), (command.Type, command.Id));
        Assert.InRange(command.Expires - command.At, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
        var slip = SlipOf(command);
        Assert.Equal(("A002", "Bürgeramt Alsdorf", "Wartebereich 1 · Erdgeschoss", "Ausweis und Pass", "de", 1, false),
            (slip.Number, slip.Office, slip.Area, slip.Service, slip.Language, slip.Ahead, slip.Copy));
        using (var page = await hub.Anybody.GetAsync(slip.StatusUrl, TestContext.Current.CancellationToken))
        {
            Assert.Contains("A002", await page.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }

        await printer.AskAsync(press);
        Assert.All(printer.Commands, again => Assert.Equal((command.Id, "A002"), (again.Id, SlipOf(again).Number)));
        Assert.Equal(2, (await WrittenEvent.ReadAsync(hub.Data)).Count(e => e.Type == "ticket-taken"));
    }

    [Fact]
    public async Task A_slip_that_may_or_may_not_have_come_out_is_printed_once_more_as_a_copy()
    {
        await using var hub = await TestHub.StartAsync();
        await using var printer = await RawDevice.ConnectAsync(hub, "printer-1");
        await printer.AskAsync(printer.Want("3", "en"));
        var first = Assert.Single(printer.Commands);

        await ReportAsync(printer, first.Id, CommandOutcome.Uncertain);
        await printer.SayAsync(Topics.State, new(1, DevicePresence.Ready, null, PrinterCondition.Ready), ProtocolJson.Default.DeviceState);
        var copy = await printer.UntilAsync("a copy", () => printer.Commands.FirstOrDefault(c => c.Id != first.Id));
        await ReportAsync(printer, first.Id, CommandOutcome.Uncertain); // The report itself may arrive twice,
        await ReportAsync(printer, copy.Id, CommandOutcome.Uncertain); // and a copy that may have come out is not copied.
        await printer.AskAsync(printer.Want("4"));

        Assert.Equal((SlipOf(first).Number, true), (SlipOf(copy).Number, SlipOf(copy).Copy));
        Assert.Equal("Register residence", SlipOf(copy).Service);
        Assert.Equal([first.Id, copy.Id], printer.Commands.Where(c => SlipOf(c).Number == SlipOf(first).Number).Select(c => c.Id)
            .Distinct());
        Assert.Equal(["C001", "T001"], printer.Commands.Select(c => SlipOf(c).Number).Distinct());
    }

    [Fact]
    public async Task A_button_that_means_no_service_is_answered_as_malformed()
    {
        await using var hub = await TestHub.StartAsync();
        await using var printer = await RawDevice.ConnectAsync(hub, "printer-1");
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");

        var (unknown, wrongPlace, noCounter) = (await printer.AskAsync(printer.Want("8")), await box.AskAsync(box.Want("1")),
            await printer.AskAsync(printer.Press()));

        Assert.All([unknown, wrongPlace, noCounter], answer => Assert.Equal(EventOutcome.Malformed, answer.Outcome));
        Assert.Empty(printer.Commands);
        Assert.DoesNotContain(await WrittenEvent.ReadAsync(hub.Data), e => e.Type == "ticket-taken");
    }

    [Fact]
    public async Task A_device_is_as_present_as_its_connection_also_without_a_last_will()
    {
        await using var hub = await TestHub.StartAsync();
        var printer = await RawDevice.ConnectAsync(hub, "printer-1");
        await printer.SayAsync(Topics.State, new(1, DevicePresence.Ready, null, PrinterCondition.Ready), ProtocolJson.Default.DeviceState);
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains("printer-1 of alsdorf.rathaus is Ready", StringComparison.Ordinal)),
            "The printer is ready");
        await printer.DisposeAsync();
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains("printer-1 of alsdorf.rathaus is Lost", StringComparison.Ordinal)),
            "The printer is lost");
    }

    private static Slip SlipOf(DeviceCommand command) => JsonSerializer.Deserialize(command.Data, ProtocolJson.Default.Slip)!;

    private static async Task ReportAsync(RawDevice printer, Guid command, CommandOutcome outcome) =>
        Assert.True(await printer.SayAsync(Topics.CommandResult, new CommandResult(1, command, outcome, "link-lost",
            TimeProvider.System.GetUtcNow()), ProtocolJson.Default.CommandResult) is not MQTTnet.MqttClientPublishReasonCode.NotAuthorized);
}
