namespace Aufruf.Hub.Offices;

/// <summary>Checks that names exist and ids are unique, which a schema cannot express.</summary>
internal static class OfficeRules
{
    /// <param name="English">For files, logs and commands; pages show the reader's language.</param>
    internal readonly record struct Finding(string Path, string English, string German);

    public static IEnumerable<Finding> Broken(Office office) =>
    [
        .. TimeZoneRules.Broken(office.TimeZone),
        .. Twice("areas", office.Areas.Select(a => a.Id)),
        .. Twice("kiosks", office.Kiosks.Select(k => k.Id)),
        .. Twice("devices", office.Devices.Select(d => d.Id)),
        .. TwiceInOffice("counters", office.Areas.Select(a => a.Counters.Select(c => c.Id.Value))),
        .. TwiceInOffice("services", office.Areas.Select(a => a.Services.Select(s => s.Id.Value))),
        .. TwiceInOffice("boards", office.Areas.Select(a => a.Boards.Select(b => b.Id))),
        .. office.Areas.SelectMany((area, a) =>
            area.Counters.SelectMany((counter, c) => counter.Services.Select((service, s) => (service, s))
            .Where(x => area.Service(x.service) is null)
            .Select(x => new Finding($"areas[{a}].counters[{c}].services[{x.s}]",
                $"'{x.service}' is not a service of area '{area.Id}'; expected one of {Listed(area.Services.Select(s => s.Id.Value))}.",
                $"„{x.service}“ ist kein Anliegen des Wartebereichs „{area.Id}“; möglich sind: {Listed(
                    area.Services.Select(s => s.Id.Value))}.")))),
        .. office.Areas.SelectMany((area, a) => area.Boards.SelectMany((board, b) => board.Arrows.Keys
            .Where(counter => office.Counter(counter) is null)
            .Select(counter => new Finding($"areas[{a}].boards[{b}].arrows.{counter}", $"'{counter}' is not a counter of this office.",
                $"„{counter}“ ist kein Schalter dieser Behörde.")))),
        .. office.Kiosks.SelectMany((kiosk, k) => kiosk.Areas.Select((area, i) => (area, i))
            .Where(x => office.Area(x.area) is null)
            .Select(x => new Finding($"kiosks[{k}].areas[{x.i}]",
                $"'{x.area}' is not an area of this office; expected one of {Listed(office.Areas.Select(a => a.Id))}.",
                $"„{x.area}“ ist kein Wartebereich dieser Behörde; möglich sind: {Listed(office.Areas.Select(a => a.Id))}."))),
        .. office.Kiosks.Select((kiosk, k) => (kiosk, k))
            .Where(x => x.kiosk.Printer is { } printer && !office.Devices.Any(d => d.Id == printer && d.Kind is DeviceKind.TicketPrinter))
            .Select(x => new Finding($"kiosks[{x.k}].printer", $"'{x.kiosk.Printer}' is not a ticket printer of this office.",
                $"„{x.kiosk.Printer}“ ist kein Bondrucker dieser Behörde.")),
        .. office.Devices.SelectMany((device, d) => OfDevice(office, device, $"devices[{d}]")),
        .. Twice("priorities", office.Priorities.Select(p => p.Id)),
        .. office.Areas.SelectMany((area, a) => ProfileRules.Broken(area, $"areas[{a}]")),
        .. HoursRules.Broken(office),
        .. AppointmentRules.Broken(office),
    ];

    private static IEnumerable<Finding> OfDevice(Office office, Device device, string path)
    {
        if (device.Kind is DeviceKind.ButtonBox && (device.Counter is not { } counter || office.Counter(counter) is null))
        {
            yield return new(path, $"button box '{device.Id}' needs the id of a counter of this office under 'counter'.",
                $"Die Tasterbox „{device.Id}“ braucht einen Schalter dieser Behörde.");
        }

        if (device.Kind is DeviceKind.TicketPrinter && device.Counter is not null)
        {
            yield return new($"{path}.counter", $"ticket printer '{device.Id}' stands at no counter.",
                $"Der Bondrucker „{device.Id}“ steht an keinem Schalter.");
        }

        foreach (var (button, service) in device.Buttons ?? new Dictionary<string, ServiceId>())
        {
            if (office.Service(service) is null)
            {
                yield return new($"{path}.buttons.{button}", $"'{service}' is not a service of this office.",
                    $"„{service}“ ist kein Anliegen dieser Behörde.");
            }
        }
    }

    internal static IEnumerable<Finding> Twice(string path, IEnumerable<string> ids) => ids
        .Select((id, index) => (id, index)).GroupBy(x => x.id).Where(g => g.Count() > 1)
        .Select(g => UsedTwice($"{path}[{g.Last().index}].id", g.Key));

    private static IEnumerable<Finding> TwiceInOffice(string what, IEnumerable<IEnumerable<string>> idsByArea) => idsByArea
        .SelectMany((ids, a) => ids.Select((id, i) => (id, Path: $"areas[{a}].{what}[{i}].id"))).GroupBy(x => x.id)
            .Where(g => g.Count() > 1)
        .Select(g => UsedTwice(g.Last().Path, g.Key));

    private static Finding UsedTwice(string path, string id) => new(path, $"'{id}' is used twice; ids are unique in an office.",
        $"„{id}“ ist zweimal vergeben; jeden Kurznamen gibt es in einer Behörde nur einmal.");

    internal static string Listed(IEnumerable<string> ids) => string.Join(", ", ids);
}
