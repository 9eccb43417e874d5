using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Simulation.Clockwork;

namespace Aufruf.Simulation;

/// <summary>A town hall drawn by chance: two waiting areas, some services and counters, a box at each counter, two printers, a kiosk, two
/// boards.</summary>
internal static class Town
{
    private static readonly string[] Areas = ["unten", "oben"];

    /// <summary>One day in eight runs over midnight, where one queue ends and the next begins.</summary>
    public static DateTimeOffset Morning(Chance chance) =>
        new DateTimeOffset(2026, 11, 23, 7, 0, 0, TimeSpan.Zero) + (chance.Hits(0.125) ? TimeSpan.FromMinutes(15 * 60 + 20)
            : TimeSpan.Zero);

    public static Office Build(Chance chance)
    {
        var areas = Areas.Select((id, i) => Area(id, i, chance)).ToList();
        // A clerk downstairs may also call from upstairs: the counter's own services, and some of the other area.
        areas[0] = areas[0] with
        {
            Profiles = [.. areas[0].Counters.Select(c => new WorkProfile($"beide-{c.Id}", Both("beide"), [c.Services])
            {
                Further = [new(Areas[1], [.. areas[1].Services.Where(_ => chance.Hits(0.7)).Select(s => s.Id).DefaultIfEmpty(
                    areas[1].Services[0].Id)])],
            })],
        };
        var services = areas.SelectMany(a => a.Services).Take(8).ToList();
        Device[] boxes = [.. areas.SelectMany(a => a.Counters).Select(c => new Device($"box-{c.Id}", DeviceKind.ButtonBox, c.Id))];
        Device[] printers = [.. Enumerable.Range(1, 2).Select(n => new Device($"printer-{n}", DeviceKind.TicketPrinter, null,
            services.Select((service, i) => (Button: $"{i + 1}", service.Id)).ToDictionary(x => x.Button, x => x.Id)))];
        return new Office(new Authority("alsdorf", Both("Stadt Alsdorf")), "rathaus", Both("Rathaus"), "Rathaus", "Europe/Berlin",
            ["de", "en"],
            areas, [new Kiosk("foyer", Areas, "printer-1")], [.. boxes, .. printers])
        {
            Priorities = [new("frail", Both("gebrechlich"))],
        };
    }

    private static WaitingArea Area(string id, int index, Chance chance)
    {
        // Services share letters now and then; so two lines draw from one row of numbers.
        Service[] services = [.. Enumerable.Range(0, chance.Between(3, 5)).Select(n =>
            new Service(new ServiceId($"{id}-{n}"), (char)('A' + (index * 5) + (n % 4)), Both($"Anliegen {n}"), 10))];
        Counter[] counters = [.. Enumerable.Range(1, chance.Between(3, 8)).Select(n => new Counter(new CounterId($"{id[0]}{n}"), $"{n}",
            [.. services.Where((_, i) => i == n % services.Length || chance.Hits(0.5)).Select(s => s.Id)]))];
        return new WaitingArea(id, Both(id), services, counters,
            [new Board($"tafel-{id}", new Dictionary<CounterId, Arrow>(), []) { Areas = id == Areas[0] ? [] : [id, Areas[0]] }])
        {
            Rules = new()
            {
                Policy = chance.Of(Enum.GetValues<PolicyKind>()),
                MissedReturns = chance.Below(3),
                MayCallAny =
                chance.Hits(0.7)
            },
        };
    }

    private static Texts Both(string name) => new() { ["de"] = name, ["en"] = name };
}
