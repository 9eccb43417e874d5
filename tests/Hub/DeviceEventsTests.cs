using System.Text;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>From a device's message to its acknowledgement, without broker and Orleans.</summary>
public class DeviceEventsTests
{
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly MemoryJournal _journal = new();
    private readonly FakeLink _link = new();
    private long _seq;
    private int _codes;

    private DeviceEvents Gateway()
    {
        var queues = new MemoryQueues(_journal, SmallOffice.Office, _clock);
        var printer = new SlipPrinter(queues, _link, _clock, new("https://aufruf.example"));
        return new(new OfficeDirectory(SmallOffice.Office), queues, _link, printer,
            () => new($"code-{++_codes}"), new Aufruf.Hub.Forecasting.NoForecasts(),
            new Standstill(new FakeTimeProvider()), _clock, new(TimeSpan.FromSeconds(15)));
    }

    private DeviceEvent Event(string type, string data, TimeSpan age = default) => new(1, Guid.CreateVersion7(), ++_seq, "b-1",
        Monotonic - (long)age.TotalMilliseconds, Monotonic, _clock.GetUtcNow() - age, ClockState.Synced, type,
            JsonSerializer.Deserialize<JsonElement>(data));

    private long Monotonic => (long)(_clock.GetUtcNow() - SmallOffice.Nine).TotalMilliseconds + 60_000;

    private DeviceEvent Next(TimeSpan age = default) => Event(DeviceEventTypes.ButtonPressed, """{"button":"next","seen":null}""", age);

    private DeviceEvent Wanted() => Event(DeviceEventTypes.TicketWanted, """{"button":"1","language":"de"}""");

    private static byte[] Bytes(DeviceEvent happened) => JsonSerializer.SerializeToUtf8Bytes(happened, ProtocolJson.Default.DeviceEvent);

    private async Task<EventAnswer> Answer(DeviceEvents gateway, string device, byte[] payload)
    {
        await gateway.HandleAsync("town.rathaus", device, payload);
        return Assert.Single(_link.On($"dev/{device}/evt/ack", ProtocolJson.Default.EventAck)[^1].Answers);
    }

    private IEnumerable<DeviceCommand> Printed => _link.On("dev/printer-1/cmd", ProtocolJson.Default.DeviceCommand);

    private int Entries => _journal.Of(SmallOffice.Key.Stream).Count;

    [Fact]
    public async Task A_wanted_ticket_is_given_printed_and_acknowledged()
    {
        var wanted = Wanted();
        Assert.Equal(new(wanted.Id, EventOutcome.Accepted), await Answer(Gateway(), "printer-1", Bytes(wanted)));
        var slip = Assert.Single(Printed);
        Assert.Equal((wanted.Id, "A001", SmallOffice.Nine.AddMinutes(1)),
            (slip.Id, slip.Data.GetProperty("number").GetString(), slip.Expires));
    }

    [Fact]
    public async Task Ten_presses_with_three_waiting_call_three_and_refuse_seven()
    {
        var gateway = Gateway();
        for (var n = 0; n < 3; n++)
        {
            await Answer(gateway, "printer-1", Bytes(Wanted()));
        }

        var answers = new List<EventAnswer>();
        for (var n = 0; n < 10; n++)
        {
            answers.Add(await Answer(gateway, "box-1", Bytes(Next())));
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(3, answers.Count(a => a.Outcome is EventOutcome.Accepted));
        Assert.All(answers[3..], a => Assert.Equal((EventOutcome.Refused, "nobody-waiting"), (a.Outcome, a.Reason)));
        Assert.All(answers[3..], a => Assert.StartsWith("Es wartet niemand", a.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_delivered_twice_gets_the_same_answer_and_changes_nothing_twice()
    {
        var gateway = Gateway();
        var wanted = Bytes(Wanted());
        Assert.Equal(await Answer(gateway, "printer-1", wanted), await Answer(gateway, "printer-1", wanted));
        Assert.Equal(1, Entries);
        Assert.Single(Printed.Select(c => c.Id).Distinct()); // Sent again, for it may have been lost with the answer; printed once.
    }

    [Fact]
    public async Task An_unrecorded_refusal_stays_when_the_message_comes_again()
    {
        var gateway = Gateway();
        await Answer(gateway, "box-1", Bytes(Next())); // Opens the counter: that is written.
        var next = Bytes(Next());
        Assert.Equal(EventOutcome.Refused, (await Answer(gateway, "box-1", next)).Outcome);
        await Answer(gateway, "printer-1", Bytes(Wanted()));
        Assert.Equal(EventOutcome.Refused, (await Answer(gateway, "box-1", next)).Outcome);
    }

    [Fact]
    public async Task After_a_restart_of_the_hub_a_repeat_changes_nothing_and_prints_the_same_slip()
    {
        var wanted = Bytes(Wanted());
        Assert.Equal(await Answer(Gateway(), "printer-1", wanted), await Answer(Gateway(), "printer-1", wanted));
        Assert.Equal(1, Entries);
        Assert.Single(Printed.Select(c => c.Id).Distinct()); // The device prints one command id once.
    }

    [Fact]
    public async Task A_stale_press_is_recorded_and_calls_nobody()
    {
        var gateway = Gateway();
        await Answer(gateway, "printer-1", Bytes(Wanted()));
        var answer = await Answer(gateway, "box-1", Bytes(Next(TimeSpan.FromSeconds(16))));
        Assert.Equal((EventOutcome.Ignored, "too-late"), (answer.Outcome, answer.Reason));
        Assert.Equal(2, Entries);
        Assert.Equal(EventOutcome.Accepted, (await Answer(gateway, "box-1", Bytes(Next(TimeSpan.FromSeconds(14))))).Outcome);
    }

    [Fact]
    public async Task A_press_on_an_old_face_is_ignored()
    {
        var gateway = Gateway();
        await Answer(gateway, "printer-1", Bytes(Wanted()));
        var answer = await Answer(gateway, "box-1", Bytes(Event(DeviceEventTypes.ButtonPressed, """{"button":"next","seen":1}""")));
        Assert.Equal((EventOutcome.Ignored, "stale-face"), (answer.Outcome, answer.Reason));
    }

    [Fact]
    public async Task A_press_just_before_midnight_that_arrives_just_after_belongs_to_yesterday()
    {
        _clock.SetUtcNow(new(2026, 11, 23, 23, 0, 5, TimeSpan.Zero)); // 0:00:05 in Berlin.
        await Answer(Gateway(), "printer-1",
            Bytes(Event(DeviceEventTypes.TicketWanted, """{"button":"1","language":"de"}""", TimeSpan.FromSeconds(10))));
        Assert.Equal(1, Entries);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\u0000\u0001")]
    public async Task What_is_no_event_is_acknowledged_as_malformed(string payload)
    {
        Assert.Equal(new EventAnswer(null, EventOutcome.Malformed, "malformed-message"),
            await Answer(Gateway(), "box-1", Encoding.UTF8.GetBytes(payload)));
        Assert.Equal(0, Entries);
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"seq\":1,", "")]
    [InlineData("\"type\":\"button.press\",", "")]
    [InlineData("\"boot\":\"b-1\"", "\"boot\":\"a name that is longer than any name of a boot\"")]
    [InlineData("\"clock\":\"synced\"", "\"clock\":\"guessed\"")]
    public async Task A_malformed_event_is_acknowledged_by_its_id_so_that_it_is_not_sent_for_ever(string right, string wrong)
    {
        var next = Next();
        var payload = Encoding.UTF8.GetString(Bytes(next));
        Assert.Contains(right, payload, StringComparison.Ordinal);
        var answer = await Answer(Gateway(), "box-1", Encoding.UTF8.GetBytes(payload.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal((next.Id, EventOutcome.Malformed), (answer.Id, answer.Outcome));
    }

    [Fact]
    public async Task A_device_the_office_does_not_know_is_answered_and_changes_nothing()
    {
        var answer = await Answer(Gateway(), "box-99", Bytes(Next()));
        Assert.Equal((EventOutcome.Malformed, "unknown-device"), (answer.Outcome, answer.Reason));
        Assert.Equal(0, Entries);
    }

    [Fact]
    public async Task While_the_journal_cannot_write_nothing_is_acknowledged()
    {
        var gateway = Gateway();
        var wanted = Bytes(Wanted());
        _journal.BeforeWriting = _ => throw new JournalUnavailableException();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => gateway.HandleAsync("town.rathaus", "printer-1", wanted));
        Assert.Empty(_link.Sent);
        _journal.BeforeWriting = null;
        Assert.Equal(EventOutcome.Accepted, (await Answer(gateway, "printer-1", wanted)).Outcome);
        Assert.Equal(1, Entries);
    }

    [Fact]
    public void A_printer_without_paper_is_known_to_the_desks()
    {
        var fleet = new Fleet(TimeProvider.System);
        fleet.Update("town.rathaus", "printer-1", new DeviceState(1, DevicePresence.Ready, SmallOffice.Nine, PrinterCondition.PaperOut));
        Assert.Equal("paper-out", Assert.Single(fleet.DevicesFor(SmallOffice.Office, SmallOffice.Two)).Printer);
        Assert.False(fleet.CanPrint("town.rathaus", "printer-1"));
    }

    [Theory]
    [InlineData(ClockState.Synced, null)]
    [InlineData(ClockState.Unset, 60_000L)]
    public async Task No_clock_of_a_device_opens_a_day_that_is_over(ClockState clock, long? sent)
    {
        var gateway = Gateway();
        for (var days = 1; days <= 20; days++)
        {
            var press = Next(TimeSpan.FromDays(days)) with { Clock = clock, Sent = sent };
            Assert.Equal((EventOutcome.Ignored, "too-late"), await OutcomeAsync(gateway, press));
        }

        Assert.Equal(20, Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refused_presses_beyond_a_rate_are_counted_and_not_written(bool isLate)
    {
        var gateway = Gateway();
        await Answer(gateway, "printer-1", Bytes(Wanted()));
        for (var n = 0; n < 200; n++)
        {
            var press = isLate ? Next(TimeSpan.FromMinutes(1))
                : Event(DeviceEventTypes.ButtonPressed, """{"button":"next","seen":1}""");
            Assert.Equal((EventOutcome.Ignored, isLate ? "too-late" : "stale-face"), await OutcomeAsync(gateway, press));
        }

        Assert.Equal(41, Entries);
        Assert.Equal(EventOutcome.Accepted, (await OutcomeAsync(gateway, Next())).Outcome);
    }

    private async Task<(EventOutcome Outcome, string? Reason)> OutcomeAsync(DeviceEvents gateway, DeviceEvent press)
    {
        var answer = await Answer(gateway, "box-1", Bytes(press));
        return (answer.Outcome, answer.Reason);
    }
}
