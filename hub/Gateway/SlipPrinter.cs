using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aufruf.Domain.Forecasts;
using Aufruf.Edge.Protocol;

namespace Aufruf.Hub.Gateway;

/// <summary>Sends print commands. A command bears the ticket's id, so a repeat is printed once.</summary>
public sealed class SlipPrinter(IQueues queues, IDeviceLink link, TimeProvider clock, PublicAddress address)
{
    // After a minute the citizen has left or gone to the reception, and a late slip would confuse.
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    // Of a ticket's id, in the id of each further slip's command.
    private const int SharedBytes = 12;

    /// <param name="version">A version of the queue that contains the ticket.</param>
    /// <param name="copy">The first slip may or may not have come out. The second bears the same number and is marked as a copy.</param>
    /// <param name="again">The second and last slip of a ticket.</param>
    /// <param name="request">A clerk's wish for one more slip, which is a command of its own; null: none.</param>
    /// <param name="wait">The forecast given with the ticket; null on a copy, which comes too late for it.</param>
    public async Task PrintAsync(Office office, string device, QueueKey key, long version, TicketId id, bool copy,
        PromisedRange? wait = null, bool again = false, Guid? request = null)
    {
        var queue = (await queues.ViewAsync(key, version)).Queue;
        if (office.Area(key.Area) is not { } area || !queue.Tickets.TryGetValue(id, out var ticket))
        {
            return; // The area has just left the configuration. The ticket stays in the queue and on the kiosk's screen.
        }

        var now = clock.GetUtcNow();
        var slip = SlipOf(office, area, queue, ticket, queue.AheadOf(ticket, new(office, area), now), address.Citizens, copy, wait);
        await link.PublishAsync(Topics.Device(office.Key, device, Topics.Command),
            new DeviceCommand(1, request is { } wish ? OneMoreOf(id.Value, wish) : again ? AgainOf(id.Value) : id.Value,
                now, now + Validity, DeviceCommandTypes.Print, JsonSerializer.SerializeToElement(slip, ProtocolJson.Default.Slip)),
            ProtocolJson.Default.DeviceCommand);
    }

    internal static Slip SlipOf(Office office, WaitingArea area, Queue queue, Ticket ticket, int ahead, string? publicUrl, bool copy,
        PromisedRange? wait) => new(
        ticket.Id.Value, ticket.Number.ToString(), Composed(office.Name.In(ticket.Language)), Composed(area.Name.In(ticket.Language)),
        Composed(area.Service(ticket.Service)?.Name.In(ticket.Language) ?? ""), ticket.Language,
        Local(office, ticket.TakenAt),
        ticket.State is TicketState.Waiting ? ahead : null,
        publicUrl is null ? null : AddressOf(publicUrl, queue.Key, ticket.Code), copy)
        {
            WaitFrom = wait?.From,
            WaitTo = wait?.To,
            Booked = ticket.Booked is { } booked ? Local(office, booked) : null,
        };

    private static DateTimeOffset Local(Office office, DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone));

    /// <summary>The page of a ticket, which the QR code of its slip opens.</summary>
    internal static string AddressOf(string publicUrl, QueueKey queue, TicketCode code) => $"{publicUrl}/t/{queue}/{code.Value}";

    // A printer has ü as one letter, while a file may spell it as u and two dots.
    private static string Composed(string text) => text.Normalize(NormalizationForm.FormC);

    /// <summary>The id of the second slip's command, the same for every repeat; of that id it is the ticket's own.</summary>
    internal static Guid AgainOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        bytes[15] ^= 0xFF;
        return new Guid(bytes);
    }

    /// <summary>The id of the command for one more slip, the same for every repeat of the wish. It begins as the ticket's id: every hub
    /// knows by it which ticket's slip a printer speaks of.</summary>
    internal static Guid OneMoreOf(Guid ticket, Guid request)
    {
        Span<byte> bytes = stackalloc byte[16], wish = stackalloc byte[SHA256.HashSizeInBytes];
        request.TryWriteBytes(bytes);
        SHA256.HashData(bytes, wish);
        ticket.TryWriteBytes(bytes);
        wish[..(16 - SharedBytes)].CopyTo(bytes[SharedBytes..]);
        return new Guid(bytes);
    }

    /// <summary>Whether a command is about this ticket: its first slip, its second one, or one more.</summary>
    internal static bool IsAbout(TicketId ticket, Guid command)
    {
        Span<byte> one = stackalloc byte[16], other = stackalloc byte[16];
        ticket.Value.TryWriteBytes(one);
        command.TryWriteBytes(other);
        return one[..SharedBytes].SequenceEqual(other[..SharedBytes]);
    }
}
