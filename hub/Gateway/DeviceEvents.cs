using System.Diagnostics;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Api;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Running;
using static Aufruf.Hub.Gateway.Translation;

namespace Aufruf.Hub.Gateway;

/// <summary>Carries a device's event to its queue, once, and tells the device what became of it.</summary>
/// <remarks>Knows neither broker nor Orleans, so the simulator runs it too. Acknowledges only what is durable.</remarks>
public sealed class DeviceEvents(IOfficeFinder offices, IQueues queues, IDeviceLink link, SlipPrinter printer, Fleet fleet, ISecrets secrets, IForecasts forecasts, TimeProvider clock, GatewayLimits limits)
{
    private readonly DeviceSessions _sessions = new(clock);

    /// <summary>Handles one event message. When it returns, the event is settled.</summary>
    /// <returns>The answer to carry back with the broker's own acknowledgement; null when it has been sent already, behind the slip it speaks of.</returns>
    /// <exception cref="JournalUnavailableException">Nothing could be written: the device keeps the event and sends it again.</exception>
    public async Task<EventAck?> HandleAsync(string office, string device, ReadOnlyMemory<byte> payload)
    {
        var session = _sessions.Of(office, device);
        if (Read(payload.Span) is not { } happened)
        {
            HubMetrics.Malformed.Add(1);
            return new EventAck(1, [new EventAnswer(EventReading.IdOf(payload), EventOutcome.Malformed, "malformed-message")]);
        }

        // What the device was already told is not decided again, even a no that nobody wrote down.
        if (session.Answered(happened.Id) is not { } answer)
        {
            using var trace = HubTrace.Source.StartActivity("press");
            trace?.SetTag("device", device);
            answer = await session.DecideOnceAsync(happened.Id, () => DecideAsync(office, device, happened, session.AgeOf(happened)));

            // A ticket that was given is remembered by the journal: a repeat means that slip and answer may both be lost, and brings both again.
            if (happened.Type is not DeviceEventTypes.TicketWanted || answer.Outcome is not EventOutcome.Accepted)
            {
                session.Remember(answer);
            }
        }

        var ack = new EventAck(1, [answer]);
        if (happened.Type is DeviceEventTypes.TicketWanted)
        {
            // An answer that overtakes its slip would be the last word of a connection that ends between the two.
            await link.AcknowledgeAsync(office, device, ack);
            return null;
        }

        return ack;
    }

    private async Task<EventAnswer> DecideAsync(string officeKey, string deviceId, DeviceEvent happened, TimeSpan? age)
    {
        if (offices.Find(officeKey) is not { } office || office.Devices.FirstOrDefault(d => d.Id == deviceId) is not { } device)
        {
            return Malformed(happened, "unknown-device");
        }

        var tooOld = age is null || age > limits.StalePress;
        switch (Of(happened, office, device, tooOld, () => new TicketCode(secrets.NewTicketCode())))
        {
            case Meaning.Nonsense nonsense:
                return Malformed(happened, nonsense.Why);

            case Meaning.News news:
                fleet.Update(officeKey, deviceId, news.Change);
                return new(happened.Id, EventOutcome.Accepted);

            case Meaning.Wish wish:
                // The day of the press, not of its arrival: a press repeated after midnight finds its first effect.
                // However old: a repeat that is too old by now may have been carried out before midnight.
                var key = office.QueueOf(wish.Area, clock.GetUtcNow() - (age ?? TimeSpan.Zero));
                var answer = await queues.HandleAsync(key, new RequestId(happened.Id), Told(wish.Command, key));
                HubMetrics.Presses.Add(1, new KeyValuePair<string, object?>("outcome", answer.Refusal?.ToString() ?? "accepted"));
                if (answer.Events.OfType<QueueEvent.TicketTaken>().FirstOrDefault() is { } taken)
                {
                    await printer.PrintAsync(office, deviceId, key, answer.Version, taken.Ticket, copy: false, answer.Events.WaitTold());
                }

                return answer.Refusal is { } no
                    ? new(happened.Id, no is Refusal.StaleFace or Refusal.TooLate ? EventOutcome.Ignored : EventOutcome.Refused, no.Word(), no.Text(office.Languages[0]))
                    : new(happened.Id, EventOutcome.Accepted);

            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Who takes a ticket is told how long it takes, and what was said is written down with it.</summary>
    private QueueCommand Told(QueueCommand wish, QueueKey queue) =>
        wish is QueueCommand.TakeTicket take ? take with { Forecast = forecasts.Of(queue.AreaKey)?.ForNew(take.Service) } : wish;

    private static EventAnswer Malformed(DeviceEvent happened, string why)
    {
        HubMetrics.Malformed.Add(1);
        return new(happened.Id, EventOutcome.Malformed, why);
    }

    private static DeviceEvent? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, ProtocolJson.Default.DeviceEvent) is { V: 1, Id: var id, Boot.Length: < 40 } happened && id != Guid.Empty ? happened : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Where queues are reached: grains in the hub, the same shells without Orleans in the simulator.</summary>
public interface IQueues
{
    Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command);

    /// <summary>The whole queue, as of its last durable entry.</summary>
    /// <param name="atLeast">The version of an answer the caller has: what it was told is in the view.</param>
    Task<QueueView> ViewAsync(QueueKey queue, long atLeast = 0);
}

/// <summary>The offices this hub serves, as they are configured now.</summary>
public interface IOfficeFinder
{
    IEnumerable<Office> All { get; }

    /// <summary>Null when this hub does not serve it.</summary>
    Office? Find(string key);
}

/// <summary>Where unguessable values come from.</summary>
public interface ISecrets
{
    /// <summary>16 characters that can be typed: 80 random bits.</summary>
    string NewTicketCode();
}

/// <summary>How old a press may be.</summary>
public sealed record GatewayLimits(TimeSpan StalePress);
