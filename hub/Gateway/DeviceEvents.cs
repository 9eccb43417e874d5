using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using static Aufruf.Hub.Gateway.Translation;

namespace Aufruf.Hub.Gateway;

/// <summary>Hands a device's event to its queue, once, and answers the device.</summary>
/// <remarks>It knows neither broker nor Orleans, so the simulator runs it too. It acknowledges only durable results.</remarks>
public sealed class DeviceEvents(OfficeDirectory offices, IQueues queues, IDeviceLink link, SlipPrinter printer,
    NewTicketCode newCode, IForecasts forecasts, Standstill standstill, TimeProvider clock, GatewayLimits limits)
{
    // A press is repeated within seconds. One that is repeated after midnight finds its first effect in yesterday's queue.
    private static readonly TimeSpan Repeated = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Office, string Device), DeviceSession> _sessions = new();

    /// <summary>Handles one event message. When it returns, the event is settled.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was written: the device keeps the event and sends it again.</exception>
    public async Task HandleAsync(string office, string device, ReadOnlyMemory<byte> payload)
    {
        var answer = Read(payload) is { } happened ? await AnswerAsync(office, device, happened)
            : Malformed(IdOf(payload), "malformed-message");
        await link.PublishAsync(Topics.Device(office, device, Topics.EventAck), new EventAck(1, [answer]), ProtocolJson.Default.EventAck);
    }

    private async Task<EventAnswer> AnswerAsync(string office, string device, DeviceEvent happened)
    {
        var session = _sessions.GetOrAdd((office, device), _ => new(clock, standstill));
        if (session.AnswerTo(happened.Id) is { } known)
        {
            return known;
        }

        using var trace = HubTrace.Source.StartActivity("press");
        trace?.SetTag("device", device);
        var answer = await session.DecideOnceAsync(happened.Id,
            () => DecideAsync(office, device, happened, session));

        // The journal remembers a given ticket. A repeat means that slip and answer may be lost, and sends both again.
        if (happened.Type is not DeviceEventTypes.TicketWanted || answer.Outcome is not EventOutcome.Accepted)
        {
            session.Remember(answer);
        }

        return answer;
    }

    private async Task<EventAnswer> DecideAsync(string officeKey, string deviceId, DeviceEvent happened, DeviceSession session)
    {
        var (now, age) = (clock.GetUtcNow(), session.AgeOf(happened));
        if (offices.Find(officeKey) is not { } office || office.Devices.FirstOrDefault(d => d.Id == deviceId) is not { } device)
        {
            return Malformed(happened.Id, "unknown-device");
        }

        var tooOld = age is null || age > limits.StalePress;
        switch (Of(happened, office, device, tooOld, newCode))
        {
            case Meaning.Nonsense nonsense:
                return Malformed(happened.Id, nonsense.Why);

            case Meaning.ForQueue(var area, var command):
                // The day of the press, not of its arrival. A device's clock opens no older day: that press is recorded today.
                var key = office.QueueOf(area, now - (age < Repeated ? age.Value : TimeSpan.Zero));
                Answer<QueueEvent> answer;
                try
                {
                    if (!session.MayRecordRefusal && await WhyOutdatedAsync(key, command) is { } outdated)
                    {
                        HubMetrics.Presses.Add(1, new KeyValuePair<string, object?>("outcome", "not-recorded"));
                        return Answered(happened.Id, outdated, office);
                    }

                    answer = await queues.HandleAsync(key, new RequestId(happened.Id),
                        WithForecast(command, key) with { NotAfter = now + (limits.StalePress - age) });
                }
                catch (UnreadableStreamException)
                {
                    // A repeat would not help, and the device's other events must not wait behind it.
                    return new(happened.Id, EventOutcome.Refused, "stream-unreadable", "Der Wartebereich ist gestört.");
                }

                HubMetrics.Presses.Add(1, new KeyValuePair<string, object?>("outcome", answer.Refusal?.Code ?? "accepted"));
                if (answer.Events.OfType<QueueEvent.TicketTaken>().FirstOrDefault() is { } taken)
                {
                    await printer.PrintAsync(office, deviceId, key, answer.Version, taken.Ticket, copy: false, answer.Events.GivenWait());
                }

                if (answer.Refusal is { Kind: RefusalKind.Outdated })
                {
                    session.RecordedRefusal();
                }

                return answer.Refusal is { } refusal ? Answered(happened.Id, refusal, office) : new(happened.Id, EventOutcome.Accepted);

            default:
                throw new UnreachableException();
        }
    }

    private static EventAnswer Answered(Guid id, Refusal refusal, Office office) =>
        new(id, refusal.Kind is RefusalKind.Outdated ? EventOutcome.Ignored : EventOutcome.Refused, refusal.Code,
            refusal.Texts.In(office.Languages[0]));

    /// <summary>The refusal that the queue would record; null when it may carry the command out.</summary>
    private async Task<Refusal?> WhyOutdatedAsync(QueueKey key, QueueCommand command) => command switch
    {
        QueueCommand.IgnorePress ignore => ignore.Reason,
        QueueCommand.IgnoreTicket ignore => ignore.Reason,
        QueueCommand.AtCounter { Seen: { } seen } at when seen != (await queues.ViewAsync(key)).Queue.At(at.Counter).Revision =>
            Refusal.StaleFace,
        _ => null,
    };

    /// <summary>The forecast that a new ticket's holder reads is recorded with the ticket.</summary>
    private QueueCommand WithForecast(QueueCommand command, QueueKey queue) =>
        command is QueueCommand.TakeTicket take ? take with { Forecast = forecasts.Of(queue.AreaKey)?.ForNew(take.Service) } : command;

    private static EventAnswer Malformed(Guid? id, string why)
    {
        HubMetrics.Malformed.Add(1);
        return new(id, EventOutcome.Malformed, why);
    }

    private static DeviceEvent? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var happened = JsonSerializer.Deserialize(payload.Span, ProtocolJson.Default.DeviceEvent);
            return happened is { V: 1, Boot.Length: < 40 } && happened.Id != Guid.Empty ? happened : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The id of a malformed event, so that its device stops repeating it; null when it cannot be read.</summary>
    private static Guid? IdOf(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var guid)
                ? guid
                : null;
        }
        // Half a surrogate pair is valid JSON but no text.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>How old a press may be.</summary>
public sealed record GatewayLimits(TimeSpan StalePress);
