using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;

namespace Aufruf.Hub.Gateway;

/// <summary>Has slips printed. A slip's command bears the ticket's id: however often it is sent, it is printed once.</summary>
public sealed class SlipPrinter(IQueues queues, IDeviceLink link, TimeProvider clock, PublicAddress address)
{
    // After a minute the citizen has left or gone to the reception; then paper would only confuse.
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    /// <param name="version">Of the queue when the ticket was in it.</param>
    /// <param name="wait">What the citizen was told about the wait; a copy comes too late to repeat it.</param>
    /// <param name="copy">The first slip may or may not have come out: print the same number again, marked as a copy.</param>
    public async Task PrintAsync(Office office, string device, QueueKey key, long version, TicketId id, bool copy, PromisedRange? wait = null)
    {
        var queue = (await queues.ViewAsync(key, version)).Queue;
        if (office.Area(key.Area) is not { } area || !queue.Tickets.TryGetValue(id, out var ticket))
        {
            return; // The area left the configuration in this very moment; the ticket stays in the queue and on the kiosk's screen.
        }

        var slip = Translation.SlipOf(office, area, queue, ticket, queue.AheadOf(ticket, new(office, area), clock.GetUtcNow()), address.Url, copy, copy ? null : wait);
        var now = clock.GetUtcNow();
        var command = new DeviceCommand(1, copy ? CopyOf(id.Value) : id.Value, now, now + Validity, DeviceCommandTypes.Print,
            JsonSerializer.SerializeToElement(slip, ProtocolJson.Default.Slip));
        await link.PublishAsync(Topics.Device(office.Key, device, Topics.Command),
            JsonSerializer.SerializeToUtf8Bytes(command, ProtocolJson.Default.DeviceCommand), retain: false);
    }

    /// <summary>What became of a print. An uncertain slip is printed once more as a copy; a failed one stays on the desk's list of troubles.</summary>
    public async Task HandleResultAsync(Office office, string device, CommandResult result)
    {
        if (result.Outcome is not CommandOutcome.Uncertain)
        {
            return;
        }

        foreach (var area in office.Areas)
        {
            var key = new QueueKey(office.Authority.Id, office.Id, area.Id, office.Day(clock.GetUtcNow()));
            var now = await queues.ViewAsync(key);
            if (now.Queue.Tickets.ContainsKey(new TicketId(result.Id)))
            {
                await PrintAsync(office, device, key, now.Version, new TicketId(result.Id), copy: true);
            }
        }
    }

    /// <summary>The copy's own command id, the same for every repeat: a ticket is copied once at most by itself.</summary>
    private static Guid CopyOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        bytes[15] ^= 0xFF;
        return new Guid(bytes);
    }
}

/// <summary>Where citizens reach this hub.</summary>
public sealed record PublicAddress(string Url);
