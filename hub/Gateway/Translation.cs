using System.Text.Json;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Gateway;

/// <summary>Translates a device's events into commands of the domain. Pure.</summary>
public static class Translation
{
    /// <summary>A command to one area's queue, or an event that is not understood.</summary>
    public abstract record Meaning
    {
        private Meaning() { }
        public sealed record ForQueue(WaitingArea Area, QueueCommand Command) : Meaning;
        public sealed record Nonsense(string Why) : Meaning;
    }

    // A ticket's slip has no words in other languages yet.
    private static readonly string[] SlipLanguages = ["de", "en"];

    /// <param name="tooOld">The press is too old to be carried out; it is recorded only.</param>
    public static Meaning Of(DeviceEvent happened, Office office, Device device, bool tooOld, NewTicketCode newCode)
    {
        try
        {
            return happened.Type switch
            {
                DeviceEventTypes.ButtonPressed => Press(Body(happened, ProtocolJson.Default.ButtonPressed), office, device, tooOld),
                DeviceEventTypes.TicketWanted => Ticket(happened.Id, Body(happened, ProtocolJson.Default.TicketWanted), office, device,
                    tooOld, newCode),
                _ => new Meaning.Nonsense("unknown-type"),
            };
        }
        catch (JsonException)
        {
            return new Meaning.Nonsense("malformed-data");
        }
    }

    private static T Body<T>(DeviceEvent happened, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        happened.Data.Deserialize(type) ?? throw new JsonException("The data must not be null.");

    private static Meaning Press(ButtonPressed press, Office office, Device device, bool tooOld)
    {
        if (device.Counter is not { } id || office.Counter(id) is not var (area, counter))
        {
            return new Meaning.Nonsense("no-counter");
        }

        if (tooOld)
        {
            return new Meaning.ForQueue(area, new QueueCommand.IgnorePress(counter.Id, Refusal.TooLate));
        }

        QueueCommand.AtCounter? command = press.Button switch
        {
            Buttons.Next => new QueueCommand.CallNext(counter.Id, press.Seen),
            Buttons.Recall => new QueueCommand.Recall(counter.Id, press.Seen),
            Buttons.Arrived => new QueueCommand.MarkArrived(counter.Id, press.Seen),
            Buttons.Finish => new QueueCommand.Finish(counter.Id, press.Seen),
            Buttons.Missed => new QueueCommand.MarkMissed(counter.Id, press.Seen),
            _ => null,
        };
        return command is null ? new Meaning.Nonsense("unknown-button") : new Meaning.ForQueue(area, command with { ByButton = true });
    }

    private static Meaning Ticket(Guid id, TicketWanted wanted, Office office, Device device, bool tooOld, NewTicketCode newCode)
    {
        if (device.Buttons?.TryGetValue(wanted.Button, out var button) is not true || office.Service(button) is not var (area, service))
        {
            return new Meaning.Nonsense("button-without-service");
        }

        var language = SlipLanguages.Contains(wanted.Language) ? wanted.Language : office.Languages[0];
        return new Meaning.ForQueue(area, tooOld
            ? new QueueCommand.IgnoreTicket(service.Id, Refusal.TooLate)
            : new QueueCommand.TakeTicket(new TicketId(id), newCode(), service.Id, language));
    }
}
