using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using static Aufruf.Hub.Gateway.Translation;

namespace Aufruf.Tests.Hub;

public class TranslationTests
{
    private static readonly Device Box = SmallOffice.Office.Devices[0], Printer = SmallOffice.Office.Devices[2];
    private static readonly Guid Id = Guid.NewGuid();

    private static Meaning Meant(string type, string data, Device device, bool tooOld = false)
    {
        using var json = JsonDocument.Parse(data);
        return Of(new DeviceEvent(1, Id, 1, "b-1", 0, 0, SmallOffice.Nine, ClockState.Synced, type, json.RootElement), SmallOffice.Office,
            device, tooOld, () => new("code"));
    }

    private static Meaning.ForQueue AtHall(QueueCommand command) => new(SmallOffice.Area, command);

    public static TheoryData<string, QueueCommand> ButtonCommands => new()
    {
        { Buttons.Next, new QueueCommand.CallNext(SmallOffice.One, 7) { ByButton = true } },
        { Buttons.Recall, new QueueCommand.Recall(SmallOffice.One, 7) { ByButton = true } },
        { Buttons.Arrived, new QueueCommand.MarkArrived(SmallOffice.One, 7) { ByButton = true } },
        { Buttons.Finish, new QueueCommand.Finish(SmallOffice.One, 7) { ByButton = true } },
        { Buttons.Missed, new QueueCommand.MarkMissed(SmallOffice.One, 7) { ByButton = true } },
    };

    [Theory, MemberData(nameof(ButtonCommands))]
    public void Each_button_is_a_command_at_the_counter_of_its_box(string button, QueueCommand command) =>
        Assert.Equal(AtHall(command), Meant(DeviceEventTypes.ButtonPressed, $$"""{"button":"{{button}}","seen":7}""", Box));

    [Fact]
    public void Every_button_has_its_command() => Assert.Equal(Buttons.All.Order(), ButtonCommands.Select(row => row.Data.Item1).Order());

    [Fact]
    public void A_press_on_no_face_is_a_command_too() =>
        Assert.Equal(AtHall(new QueueCommand.CallNext(SmallOffice.One) { ByButton = true }),
            Meant(DeviceEventTypes.ButtonPressed, """{"button":"next","seen":null}""", Box));

    [Fact]
    public void A_press_that_is_too_old_is_only_recorded() =>
        Assert.Equal(AtHall(new QueueCommand.IgnorePress(SmallOffice.One, Refusal.TooLate)),
            Meant(DeviceEventTypes.ButtonPressed, """{"button":"next","seen":7}""", Box, tooOld: true));

    [Fact]
    public void A_printers_button_takes_a_ticket_of_its_service() =>
        Assert.Equal(AtHall(new QueueCommand.TakeTicket(new(Id), new("code"), SmallOffice.Residence, "en")),
            Meant(DeviceEventTypes.TicketWanted, """{"button":"2","language":"en"}""", Printer));

    [Fact]
    public void A_language_the_slip_does_not_have_becomes_the_offices_first() =>
        Assert.Equal(AtHall(new QueueCommand.TakeTicket(new(Id), new("code"), SmallOffice.Passport, "de")),
            Meant(DeviceEventTypes.TicketWanted, """{"button":"1","language":"tr"}""", Printer));

    [Fact]
    public void A_ticket_wanted_too_long_ago_is_recorded_only() =>
        Assert.Equal(AtHall(new QueueCommand.IgnoreTicket(SmallOffice.Passport, Refusal.TooLate)),
            Meant(DeviceEventTypes.TicketWanted, """{"button":"1","language":"de"}""", Printer, tooOld: true));

    [Theory]
    [InlineData("button.press", """{"button":"next","seen":"7"}""", "malformed-data")]
    [InlineData("button.press", """{"button":null,"seen":7}""", "malformed-data")]
    [InlineData("button.press", """{"seen":7}""", "malformed-data")]
    [InlineData("button.press", "null", "malformed-data")]
    [InlineData("button.press", "[]", "malformed-data")]
    [InlineData("button.press", """{"button":"explode","seen":7}""", "unknown-button")]
    [InlineData("ticket.wanted", """{"button":"1","language":"de"}""", "button-without-service")]
    [InlineData("box.opened", "{}", "unknown-type")]
    public void A_malformed_event_has_a_reason(string type, string data, string why) =>
        Assert.Equal(new Meaning.Nonsense(why), Meant(type, data, Box));

    [Fact]
    public void A_printer_has_no_counter_to_press_at() =>
        Assert.Equal(new Meaning.Nonsense("no-counter"), Meant(DeviceEventTypes.ButtonPressed, """{"button":"next","seen":7}""", Printer));

    [Fact]
    public void A_face_follows_its_counter_through_a_visit()
    {
        var counter = SmallOffice.Area.Counters[0];
        var queue = QueueDay.Given(QueueDay.ForPassport(1), QueueDay.ForPassport(2), QueueDay.ForResidence(3)).Queue;
        var faces = new List<Face>();
        foreach (var happened in (QueueEvent[])[QueueDay.Opened(SmallOffice.One), QueueDay.Called(1, SmallOffice.One), QueueDay.Arrived(
            1, SmallOffice.One), QueueDay.Served(1, SmallOffice.One), new QueueEvent.CounterClosed(SmallOffice.One, SmallOffice.Nine)])
        {
            queue = queue.Apply(happened);
            faces.Add(FacePublisher.FaceOf(queue, SmallOffice.Area, counter, SmallOffice.Nine));
        }

        Assert.Equal([(FaceState.Idle, null), (FaceState.Called, "A001"), (FaceState.Serving, "A001"), (FaceState.Idle, null),
            (FaceState.Closed, null)], faces.Select(f => (f.State, f.Number)));
        Assert.Equal([2, 1, 1, 1, 1], faces.Select(f => f.Waiting));
        Assert.Equal(faces.Select(f => f.Rev).Order(), faces.Select(f => f.Rev));
        Assert.Equal(5, faces.Select(f => f.Rev).Distinct().Count());
    }

    [Fact]
    public void A_slip_tells_number_place_and_address_in_the_citizens_language()
    {
        var queue = QueueDay.Given(QueueDay.ForPassport(1), QueueDay.ForPassport(2)).Queue;
        var slip = SlipPrinter.SlipOf(SmallOffice.Office, SmallOffice.Area, queue, queue.Tickets[QueueDay.Id(2)] with { Language = "en" },
            ahead: 1, "https://aufruf.example", copy: false, wait: null);
        Assert.Equal(new Slip(QueueDay.Id(2).Value, "A002", "Citizens’ office", "Hall", "Passport", "en", SmallOffice.Nine, 1,
            "https://aufruf.example/t/town.rathaus.hall.2026-11-23/code-2", false), slip);
        Assert.Equal(TimeSpan.FromHours(1), slip.TakenAt.Offset);
        var booked = SlipPrinter.SlipOf(SmallOffice.Office, SmallOffice.Area, queue, queue.Tickets[QueueDay.Id(2)] with
        {
            Booked = SmallOffice.Nine.AddMinutes(10),
        }, ahead: 0, publicUrl: null, copy: false, wait: null).Booked;
        Assert.Equal((9, 10, TimeSpan.FromHours(1)), (booked?.Hour ?? 0, booked?.Minute ?? 0, booked?.Offset ?? default));
    }
}
