using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using static Aufruf.Hub.Offices.OfficeRules;

namespace Aufruf.Hub.Offices;

/// <summary>Warns of areas whose tickets get no QR code on the narrowest paper, for its address is too long.</summary>
internal static class PaperWarnings
{
    /// <param name="publicUrl">The address for citizens; null: slips have no code.</param>
    public static IEnumerable<Finding> Of(Office office, string? publicUrl, DateTimeOffset now) =>
        publicUrl is not { Length: > 0 } url || !office.Devices.Any(device => device.Kind is DeviceKind.TicketPrinter) ? []
        : office.Areas
            .Select((area, a) => (Path: $"areas[{a}].id", Address: SlipPrinter.AddressOf(url.TrimEnd('/'), office.QueueOf(area, now),
                TicketCodes.Random())))
            .Where(page => QrSize.ModuleDots(page.Address, QrSize.NarrowPaper) is null)
            .Select(page => new Finding(page.Path, $"slips on 58 mm paper lack the QR code: the address of a ticket's page has "
                + $"{page.Address.Length} characters. Shorten Hub:PublicUrl, or the ids of authority, office and area.",
                $"Zettel auf 58 mm breitem Papier haben keinen QR-Code: Die Adresse einer Nummer hat {page.Address.Length} Zeichen. "
                + "Kürzen Sie Hub:PublicUrl oder die Kurznamen von Kommune, Behörde und Wartebereich."));
}
