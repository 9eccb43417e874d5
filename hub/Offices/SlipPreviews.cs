using Aufruf.Contracts;
using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Offices;

/// <summary>Draws the slip of an invented ticket with the code that the devices print with.</summary>
internal sealed class SlipPreviews(OfficeDirectory offices, PublicAddress address, TimeProvider clock) : ISlipPreviews
{
    private const int Number = 42, Ahead = 3;

    // The same slip all day.
    private static readonly WallTime Taken = WallTime.At(10, 15);

    private static readonly TicketId Ticket = new(Guid.Empty);

    // As long as a real one.
    private static readonly TicketCode Code = new("0000000000000000");

    public (Office Office, bool IsDraft)? OfficeOf(string office)
    {
        var known = offices.ConfigurationOf(office).Known;
        return known.Draft is { } draft && OfficeFile.Check(draft.Text).Office is { } prepared && prepared.Key == office ? (prepared, true)
            : known.Office is { } inForce ? (inForce, false) : null;
    }

    public SlipPreview? Of(Office office, ServiceId service, string language, int paper)
    {
        if (SlipOf(office, service, language) is not { } slip || !SlipPreview.Papers.Contains(paper))
        {
            return null;
        }

        var profile = ProfileOf(paper);
        var printed = SlipPicture.Of(slip, profile);
        var lacks = new SlipLayout(profile).Shortcoming(slip);
        return new(SlipRenderer.Png(printed), printed.Text, lacks is SlipLacks.Letters, lacks is SlipLacks.Code);
    }

    /// <summary>The content of the slip, as the hub would send it to a printer.</summary>
    internal Slip? SlipOf(Office office, ServiceId id, string language)
    {
        if (office.Service(id) is not var (area, service))
        {
            return null;
        }

        var key = office.QueueOf(area, clock.GetUtcNow());
        var now = office.Instant(key.Day, Taken);
        var queue = Queue.Empty(key).Apply(new QueueEvent.TicketTaken(Ticket, Code, new(service.Letter, Number), id, language, now));
        return SlipPrinter.SlipOf(office, area, queue, queue.Tickets[Ticket], Ahead, address.Citizens, copy: false, new(10, 20));
    }

    internal static PrinterProfile ProfileOf(int paper) => new($"{paper} mm", Dots: paper == 80 ? 576 : QrSize.NarrowPaper);
}
