using Aufruf.Contracts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>A slip that did not surely come out: printed once more while that helps, else the desks read its number.</summary>
public class SlipResultsTests
{
    private const string Printer = "printer-1";
    private const string Office = "town.rathaus";
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly FakeLink _link = new();
    private readonly DeskTroubles _troubles;
    private readonly Fleet _fleet;
    private readonly MemoryQueues _queues;
    private readonly SlipPrinter _printer;
    private readonly SlipResults _results;

    public SlipResultsTests()
    {
        _queues = new(new MemoryJournal(), TwoAreas.Office, _clock);
        _troubles = new(_clock);
        _fleet = new(_clock, troubles: _troubles);
        _printer = new(_queues, _link, _clock, new("https://aufruf.example"));
        _results = new(_queues, _printer, _fleet, _troubles, _clock);
    }

    private IReadOnlyList<DeviceCommand> Printed => _link.On("dev/printer-1/cmd", ProtocolJson.Default.DeviceCommand);

    private IEnumerable<bool> Copies => Printed.Select(c => c.Data.GetProperty("copy").GetBoolean());

    private IEnumerable<string> OnDesks => _troubles.Of(Office).Select(t => $"{t.Kind} {t.About}");

    private async Task PrintAsync()
    {
        await SayAsync(PrinterCondition.Ready);
        await _queues.HandleAsync(SmallOffice.Key, new(Guid.NewGuid()), QueueDay.Take(1, SmallOffice.Passport));
        await _printer.PrintAsync(SmallOffice.Office, Printer, SmallOffice.Key, 1, QueueDay.Id(1), copy: false);
    }

    private async Task SayAsync(PrinterCondition condition)
    {
        _fleet.Update(Office, Printer, new(1, DevicePresence.Ready, _clock.GetUtcNow(), condition));
        if (_fleet.IsReady(Office, Printer))
        {
            await _results.PrinterIsReadyAsync(Office, Printer);
        }
    }

    /// <summary>An entry of its queue cannot be read.</summary>
    private void StopHall() => _queues.Fault = key => key == SmallOffice.Key ? new UnreadableStreamException() : null;

    private Task EndAsync(CommandOutcome outcome, string? reason = null, int nr = 0) =>
        _results.HandleAsync(TwoAreas.Office, Printer, new(1, Printed[nr].Id, outcome, reason, _clock.GetUtcNow()));

    [Fact]
    public async Task A_slip_that_may_be_out_is_printed_once_more_as_a_copy_and_no_oftener()
    {
        await PrintAsync();
        await EndAsync(CommandOutcome.Uncertain, "not-confirmed");
        await EndAsync(CommandOutcome.Uncertain, "not-confirmed", nr: 1);
        Assert.Equal([false, true], Copies);
        Assert.Single(Printed.Select(c => c.Data.GetProperty("number").GetString()).Distinct());
        Assert.Equal(["no-slip A001"], OnDesks);
    }

    [Theory]
    [InlineData(CommandOutcome.Failed, "paper-out")]
    [InlineData(CommandOutcome.Uncertain, "not-confirmed")]
    [InlineData(CommandOutcome.Expired, null)]
    public async Task A_slip_that_a_clerk_wished_once_more_and_that_did_not_come_out_is_on_the_desks_too(
        CommandOutcome outcome, string? reason)
    {
        await PrintAsync();
        await EndAsync(CommandOutcome.Done);
        var wish = Guid.NewGuid();
        Task WishAsync(Guid request) => _printer.PrintAsync(
            SmallOffice.Office, Printer, SmallOffice.Key, 1, QueueDay.Id(1), copy: true, request: request);
        await WishAsync(wish);
        await WishAsync(wish);
        Assert.Equal(Printed[1].Id, Printed[2].Id); // The device prints a repeat once.
        await EndAsync(outcome, reason, nr: 1);
        Assert.Equal(["no-slip A001"], OnDesks);
        Assert.Equal(3, Printed.Count); // The clerk decides, and stands there.

        await WishAsync(Guid.NewGuid());
        Assert.NotEqual(Printed[1].Id, Printed[3].Id);
        await EndAsync(CommandOutcome.Done, nr: 3);
        Assert.Empty(OnDesks);
    }

    [Fact]
    public async Task A_ticket_that_waits_no_longer_gets_no_copy_and_the_desks_read_its_number()
    {
        await PrintAsync();
        await _queues.HandleAsync(SmallOffice.Key, new(Guid.NewGuid()), new QueueCommand.CallNext(SmallOffice.One));
        await EndAsync(CommandOutcome.Uncertain, "restarted");
        Assert.Equal([false], Copies);
        Assert.Equal(["no-slip A001"], OnDesks);
    }

    [Theory]
    [InlineData(CommandOutcome.Uncertain, "not-confirmed", 121)]
    [InlineData(CommandOutcome.Failed, "disk", 1)]
    [InlineData(CommandOutcome.Expired, null, 61)]
    public async Task A_slip_that_comes_too_late_or_that_the_device_tries_itself_is_left_to_the_desks(
        CommandOutcome outcome, string? reason, int seconds)
    {
        await PrintAsync();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        await EndAsync(outcome, reason);
        Assert.Equal([false], Copies);
        Assert.Equal(["no-slip A001"], OnDesks);
    }

    [Theory]
    [InlineData(PrinterCondition.PaperOut, CommandOutcome.Uncertain, "paper-out", true)]
    [InlineData(PrinterCondition.PaperOut, CommandOutcome.Failed, "paper-out", false)]
    [InlineData(PrinterCondition.Disconnected, CommandOutcome.Uncertain, "link-lost", true)]
    [InlineData(PrinterCondition.Unknown, CommandOutcome.Uncertain, "restarted", true)]
    public async Task A_slip_waits_for_its_printer_and_comes_once_when_the_printer_is_ready_again(
        PrinterCondition condition, CommandOutcome outcome, string reason, bool isCopy)
    {
        await PrintAsync();
        await SayAsync(condition);
        await EndAsync(outcome, reason);
        Assert.Single(Printed);
        Assert.Contains("no-slip A001", OnDesks);

        await SayAsync(PrinterCondition.Ready);
        await SayAsync(PrinterCondition.NearEnd);
        Assert.Equal([false, isCopy], Copies);
        await EndAsync(CommandOutcome.Done, nr: 1);
        Assert.DoesNotContain("no-slip A001", OnDesks);
    }

    [Theory]
    [InlineData("letters-replaced")]
    [InlineData("code-too-large")]
    public async Task The_desks_read_which_printers_slips_lack_a_part(string lack)
    {
        await PrintAsync();
        await EndAsync(CommandOutcome.Done, lack);
        await EndAsync(CommandOutcome.Done, lack);
        Assert.Equal([$"{lack} {Printer}"], OnDesks);
    }

    [Fact]
    public async Task A_lost_link_is_not_believed_to_be_back_before_the_printer_says_so()
    {
        await PrintAsync();
        await EndAsync(CommandOutcome.Uncertain, "link-lost");
        Assert.Single(Printed);
        await SayAsync(PrinterCondition.Disconnected);
        await SayAsync(PrinterCondition.Ready);
        Assert.Equal([false, true], Copies);
    }

    [Fact]
    public async Task A_roll_that_is_changed_after_two_minutes_brings_no_slip_and_the_number_stays_on_the_desks()
    {
        await PrintAsync();
        await SayAsync(PrinterCondition.PaperOut);
        await EndAsync(CommandOutcome.Uncertain, "paper-out");
        _clock.Advance(TimeSpan.FromSeconds(121));
        await SayAsync(PrinterCondition.Ready);
        Assert.Single(Printed);
        Assert.Equal(["paper-out printer-1", "no-slip A001"], OnDesks);
    }

    [Fact]
    public async Task An_area_that_cannot_be_read_keeps_no_other_area_from_its_slips()
    {
        await SayAsync(PrinterCondition.Ready);
        StopHall(); // The first area of the office.
        await _queues.HandleAsync(TwoAreas.FloorKey, new(Guid.NewGuid()), QueueDay.Take(1, TwoAreas.Marriage));
        await _printer.PrintAsync(TwoAreas.Office, Printer, TwoAreas.FloorKey, 1, QueueDay.Id(1), copy: false);
        await EndAsync(CommandOutcome.Uncertain, "not-confirmed");
        Assert.Equal([false, true], Copies);
    }

    [Fact]
    public async Task Two_areas_with_one_letter_each_have_their_missing_slip_on_the_desks()
    {
        var floor = TwoAreas.Floor with { Services = [TwoAreas.Floor.Services[0] with { Letter = 'A' }] };
        var office = TwoAreas.Office with { Areas = [TwoAreas.Hall, floor] };
        var queues = new MemoryQueues(new MemoryJournal(), office, _clock);
        await queues.HandleAsync(SmallOffice.Key, new(Guid.NewGuid()), QueueDay.Take(1, SmallOffice.Passport));
        await queues.HandleAsync(TwoAreas.FloorKey, new(Guid.NewGuid()), QueueDay.Take(2, TwoAreas.Marriage));
        var results = new SlipResults(queues, _printer, _fleet, _troubles, _clock);
        Task EndAsync(int ticket, CommandOutcome outcome) =>
            results.HandleAsync(office, Printer, new(1, QueueDay.Id(ticket).Value, outcome, null, _clock.GetUtcNow()));
        await EndAsync(1, CommandOutcome.Expired);
        await EndAsync(2, CommandOutcome.Expired);
        Assert.Equal([("A001", $"{Office}.hall"), ("A001", $"{Office}.floor")], _troubles.Of(Office).Select(t => (t.About, t.Area)));
        await EndAsync(1, CommandOutcome.Done);
        Assert.Equal($"{Office}.floor", Assert.Single(_troubles.Of(Office)).Area);
    }

    [Fact]
    public async Task A_missing_slip_leaves_the_desks_with_its_day_and_the_same_number_of_the_next_day_is_shown()
    {
        await PrintAsync();
        await EndAsync(CommandOutcome.Expired);
        Assert.Equal(["no-slip A001"], OnDesks);
        _clock.Advance(SmallOffice.Office.EndOf(SmallOffice.Day) - _clock.GetUtcNow());
        Assert.Empty(OnDesks);
        var tomorrow = SmallOffice.Key with { Day = SmallOffice.Day.AddDays(1) };
        await _queues.HandleAsync(tomorrow, new(Guid.NewGuid()), QueueDay.Take(2, SmallOffice.Passport));
        await _printer.PrintAsync(SmallOffice.Office, Printer, tomorrow, 1, QueueDay.Id(2), copy: false);
        await EndAsync(CommandOutcome.Expired, nr: 1);
        Assert.Equal(["no-slip A001"], OnDesks);
    }

    [Fact]
    public async Task A_slip_that_waits_for_an_area_that_cannot_be_read_stays_on_the_desks()
    {
        await PrintAsync();
        await SayAsync(PrinterCondition.PaperOut);
        await EndAsync(CommandOutcome.Uncertain, "paper-out");
        StopHall();
        await SayAsync(PrinterCondition.Ready);
        Assert.Single(Printed);
        Assert.Contains("no-slip A001", OnDesks);
    }

    [Fact]
    public async Task Names_are_composed_before_they_go_to_a_printer()
    {
        var office = SmallOffice.Office with { Name = new Texts { ["de"] = "Bu\u0308rgerbu\u0308ro" } };
        await _queues.HandleAsync(SmallOffice.Key, new(Guid.NewGuid()), QueueDay.Take(1, SmallOffice.Passport));
        await _printer.PrintAsync(office, Printer, SmallOffice.Key, 1, QueueDay.Id(1), copy: false);
        Assert.Equal("Bürgerbüro", Printed.Single().Data.GetProperty("office").GetString());
    }
}
