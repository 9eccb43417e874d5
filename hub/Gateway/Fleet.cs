using System.Collections.Concurrent;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>How the devices are, by what they last said of themselves. A device that never said anything is "unknown".</summary>
public sealed class Fleet
{
    private readonly ConcurrentDictionary<(string Office, string Device), DeviceCondition> _devices = new();

    /// <summary>Told after a device's condition changed, with the office's key.</summary>
    public event Action<string>? Changed;

    public DeviceCondition Of(string office, string device) => _devices.GetValueOrDefault((office, device)) ?? DeviceCondition.Unknown;

    public void Update(string office, string device, Func<DeviceCondition, DeviceCondition> change)
    {
        var before = Of(office, device);
        var after = _devices.AddOrUpdate((office, device), _ => change(DeviceCondition.Unknown), (_, now) => change(now));
        if (before.Presence != after.Presence || before.Printer != after.Printer)
        {
            Changed?.Invoke(office);
        }
    }

    /// <summary>The devices a clerk at a counter should know about: the own ones and the office's ticket printers.</summary>
    public IReadOnlyList<DeskDevice> DevicesFor(Office office, CounterId counter) =>
        [.. office.Devices.Where(d => d.Counter == counter || d.Kind is DeviceKind.TicketPrinter).Select(d => Describe(office, d))];

    public DeskDevice Describe(Office office, Device device)
    {
        var condition = Of(office.Key, device.Id);
        return new(device.Id, device.Kind, Word(condition.Presence), condition.Printer is { } printer ? Word(printer) : null, device.Counter);
    }

    public KioskPrinter? PrinterOf(Office office, Kiosk kiosk) => kiosk.Printer is { } printer && Of(office.Key, printer) is var condition
        ? new(Word(condition.Presence), Word(condition.Printer ?? PrinterCondition.Unknown))
        : null;

    /// <summary>Whether a ticket printer would print now.</summary>
    public bool CanPrint(string office, string device) =>
        Of(office, device) is { Presence: DevicePresence.Ready, Printer: null or PrinterCondition.Ready or PrinterCondition.NearEnd or PrinterCondition.Unknown };

    private static string Word(Enum? value) =>
        value is null ? "unknown" : System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>What a device last said of itself.</summary>
public sealed record DeviceCondition(
    DevicePresence? Presence = null, PrinterCondition? Printer = null, DeviceDescription? Description = null, DeviceHealth? Health = null)
{
    public static DeviceCondition Unknown { get; } = new();
}
