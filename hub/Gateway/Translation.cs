using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;

namespace Aufruf.Hub.Gateway;

/// <summary>The one bilingual place: what devices say, in the words of the domain. Pure.</summary>
public static class Translation
{
    /// <summary>A device's event as a wish to one area's queue, as news about the device, or as something not understood.</summary>
    public abstract record Meaning
    {
        private Meaning() { }
        public sealed record Wish(WaitingArea Area, QueueCommand Command) : Meaning;
        public sealed record News(Func<DeviceCondition, DeviceCondition> Change) : Meaning;
        public sealed record Nonsense(string Why) : Meaning;
    }

    // A ticket's slip has no words in other languages yet.
    private static readonly string[] SlipLanguages = ["de", "en"];

    /// <param name="tooOld">The press is older than a clerk or citizen would still mean it.</param>
    /// <param name="newCode">Makes a fresh secret for a ticket that may come of it.</param>
    public static Meaning Of(DeviceEvent happened, Office office, Device device, bool tooOld, Func<TicketCode> newCode)
    {
        try
        {
            return happened.Type switch
            {
                DeviceEventTypes.ButtonPressed => Press(Body(happened, ProtocolJson.Default.ButtonPressed), office, device, tooOld),
                DeviceEventTypes.TicketWanted => Ticket(happened.Id, Body(happened, ProtocolJson.Default.TicketWanted), office, device, tooOld, newCode),
                DeviceEventTypes.PrinterChanged when Body(happened, ProtocolJson.Default.PrinterChanged) is var news => new Meaning.News(now => now with { Printer = news.Condition }),
                DeviceEventTypes.ButtonStuck when Body(happened, ProtocolJson.Default.ButtonStuck) is not null => new Meaning.News(now => now),
                _ => new Meaning.Nonsense("unknown-type"),
            };
        }
        catch (JsonException)
        {
            return new Meaning.Nonsense("malformed-data");
        }
    }

    public static FaceState FaceStateOf(CounterState counter, Ticket? visit) => visit switch
    {
        { State: TicketState.Called } => FaceState.Called,
        { State: TicketState.Serving } => FaceState.Serving,
        _ => counter.Open ? FaceState.Idle : FaceState.Closed,
    };

    public static Face FaceOf(Queue queue, WaitingArea area, Counter counter, DateTimeOffset at)
    {
        var (state, visit) = (queue.At(counter.Id), queue.VisitAt(counter.Id));
        return new(1, state.Revision, counter.Label, FaceStateOf(state, visit), visit?.Number.ToString(),
            queue.Waiting.CountOf(service => area.MayCall(counter, service)), at);
    }

    public static Slip SlipOf(Office office, WaitingArea area, Queue queue, Ticket ticket, int ahead, string publicUrl, bool copy, PromisedRange? wait) => new(
        ticket.Id.Value, ticket.Number.ToString(), office.Name.In(ticket.Language), area.Name.In(ticket.Language),
        area.Service(ticket.Service)?.Name.In(ticket.Language) ?? "", ticket.Language,
        TimeZoneInfo.ConvertTime(ticket.TakenAt, TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone)),
        ticket.State is TicketState.Waiting ? ahead : null,
        $"{publicUrl}/t/{queue.Key}/{ticket.Code.Value}", copy)
    {
        WaitFrom = wait?.From,
        WaitTo = wait?.To,
    };

    private static T Body<T>(DeviceEvent happened, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        happened.Data.Deserialize(type) ?? throw new JsonException("The data must not be null.");

    private static Meaning Press(ButtonPressed press, Office office, Device device, bool tooOld)
    {
        if (device.Counter is not { } id || office.Counter(id) is not var (area, counter))
        {
            return new Meaning.Nonsense("no-counter");
        }

        QueueCommand? command = press.Button switch
        {
            _ when tooOld => new QueueCommand.IgnorePress(counter.Id, Refusal.TooLate),
            Buttons.Next => new QueueCommand.CallNext(counter.Id, press.Seen) { ByButton = true },
            Buttons.Recall => new QueueCommand.Recall(counter.Id, press.Seen),
            Buttons.Arrived => new QueueCommand.MarkArrived(counter.Id, press.Seen),
            Buttons.Finish => new QueueCommand.Finish(counter.Id, press.Seen),
            Buttons.Missed => new QueueCommand.MarkMissed(counter.Id, press.Seen),
            _ => null,
        };
        return command is null ? new Meaning.Nonsense("unknown-button") : new Meaning.Wish(area, command);
    }

    private static Meaning Ticket(Guid id, TicketWanted wanted, Office office, Device device, bool tooOld, Func<TicketCode> newCode)
    {
        if (device.Buttons is null || !device.Buttons.TryGetValue(wanted.Button, out var wish) || office.Service(wish) is not var (area, service))
        {
            return new Meaning.Nonsense("button-without-service");
        }

        var language = SlipLanguages.Contains(wanted.Language) ? wanted.Language : office.Languages[0];
        return new Meaning.Wish(area, tooOld
            ? new QueueCommand.IgnoreTicket(service.Id, Refusal.TooLate)
            : new QueueCommand.TakeTicket(new TicketId(id), newCode(), service.Id, language));
    }
}
