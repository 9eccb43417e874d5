using System.Collections.Concurrent;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>The last reported condition of each device. A device without a report is "unknown".</summary>
public sealed class Fleet(TimeProvider clock, Twins? twins = null, DeskTroubles? troubles = null)
{
    private const string Twice = "twice";

    private readonly ConcurrentDictionary<(string Office, string Device), DeviceCondition> _devices = new();

    /// <summary>No device could be noticed before.</summary>
    public DateTimeOffset Since { get; } = clock.GetUtcNow();

    public DeviceCondition Of(string office, string device) => _devices.GetValueOrDefault((office, device)) ?? DeviceCondition.Unknown;

    /// <summary>A lost or stopped device reports no printer: the last condition stays.</summary>
    public void Update(string office, string device, DeviceState state, DeviceFacts? facts = null)
    {
        var (before, now) = (Of(office, device), clock.GetUtcNow());
        var printer = state.Printer ?? before.Printer;
        var after = new DeviceCondition(state.State, printer, state.State == before.Presence ? before.Since : now,
            printer == before.Printer ? before.PrinterSince : now)
        { Facts = facts ?? before.Facts };
        _devices[(office, device)] = after;
        if (state.Printer is not null && after.CannotPrint)
        {
            troubles?.Note(office, Word(state.Printer), new(device)); // Each hub hears of it.
        }
    }

    /// <summary>The devices that a desk shows: those of its counter, and the office's ticket printers.</summary>
    public IReadOnlyList<DeskDevice> DevicesFor(Office office, CounterId counter) =>
        [.. from device in office.Devices
            where device.Counter == counter || device.Kind is DeviceKind.TicketPrinter
            let condition = Of(office.Key, device.Id)
            select new DeskDevice(device.Id, device.Kind,
                twins?.IsTwice($"{office.Key}/{device.Id}") is true ? Twice : Word(condition.Presence),
                condition.Printer is { } printer ? Word(printer) : null, device.Counter)];

    public KioskPrinter? PrinterOf(Office office, Kiosk kiosk) => kiosk.Printer is { } printer && Of(office.Key, printer) is var condition
        ? new(Word(condition.Presence), Word(condition.Printer ?? PrinterCondition.Unknown))
        : null;

    /// <summary>True when a ticket printer would print now.</summary>
    public bool CanPrint(string office, string device) =>
        Of(office, device) is
        {
            Presence: DevicePresence.Ready,
            Printer: null or PrinterCondition.Ready or PrinterCondition.NearEnd or PrinterCondition.Unknown
        };

    /// <summary>True when a ticket printer has said that it can print.</summary>
    public bool IsReady(string office, string device) =>
        Of(office, device) is { Presence: DevicePresence.Ready, Printer: PrinterCondition.Ready or PrinterCondition.NearEnd };

    internal static string Word(Enum? value) =>
        value is null ? "unknown" : System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>The condition of a device as it reported it last.</summary>
/// <param name="Since">The time of its present <paramref name="Presence"/>.</param>
/// <param name="PrinterSince">The time of the present condition of its <paramref name="Printer"/>.</param>
public sealed record DeviceCondition(DevicePresence? Presence = null, PrinterCondition? Printer = null, DateTimeOffset Since = default,
    DateTimeOffset PrinterSince = default)
{
    /// <summary>Null: it said none.</summary>
    public DeviceFacts? Facts { get; init; }

    public bool CannotPrint => Printer is PrinterCondition.PaperOut or PrinterCondition.CoverOpen or PrinterCondition.CutterError
        or PrinterCondition.Disconnected;

    public static DeviceCondition Unknown { get; } = new();
}

/// <summary>The words of a device about itself, and where it connects from.</summary>
/// <param name="AheadSeconds">How much its clock was ahead of the hub's at its last word, travel time included; null: unknown.</param>
public sealed record DeviceFacts(string? Address, string? Version, double? AheadSeconds);
