using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Tests.Running;

/// <summary>An office small enough to keep in mind: passports and collections at counter 1, residence at 2, all of it at 3.</summary>
internal static class SmallOffice
{
    public static readonly ServiceId Passport = new("passport"), Collection = new("collection"), Residence = new("residence");
    public static readonly CounterId One = new("1"), Two = new("2"), Three = new("3");
    public static readonly DateTimeOffset Nine = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero); // 9:00 in Berlin.
    public static readonly DateOnly Day = new(2026, 11, 23);

    public static WaitingArea Area { get; } = new("hall", Both("Halle", "Hall"),
        [
            new Service(Passport, 'A', Both("Ausweis", "Passport"), 10),
            new Service(Collection, 'A', Both("Abholung", "Collection"), 4),
            new Service(Residence, 'C', Both("Wohnsitz", "Residence"), 12),
        ],
        [
            new Counter(One, "1", [Passport, Collection]),
            new Counter(Two, "2", [Residence]),
            new Counter(Three, "3", [Passport, Collection, Residence]),
        ],
        [new Board("hall", new Dictionary<CounterId, Arrow> { [One] = Arrow.Left }, [Both("Guten Tag", "Hello")])]);

    public static Office Office { get; } = new(new Authority("town", Both("Stadt", "Town")), "rathaus",
        Both("Bürgeramt", "Citizens’ office"),
        "Markt 1", "Europe/Berlin", ["de", "en"], [Area], [new Kiosk("foyer", ["hall"], "printer-1")],
        [
            new Device("box-1", DeviceKind.ButtonBox, One),
            new Device("box-3", DeviceKind.ButtonBox, Three),
            new Device("printer-1", DeviceKind.TicketPrinter, Buttons: new Dictionary<string,
                ServiceId> { ["1"] = Passport, ["2"] = Residence }),
        ]);

    /// <summary>The same office with a second waiting area: vehicles upstairs, with a letter of its own.</summary>
    public static Office TwoFloors { get; } = Office with
    {
        Areas = [Area, new("upstairs", Both("Oben", "Upstairs"), [new Service(new("vehicle"), 'K', Both("Fahrzeug", "Vehicle"), 8)],
            [new Counter(new("21"), "21", [new("vehicle")])], [])],
        Priorities = [new("frail", Both("Gebrechlich", "Frail")), new("child", Both("Mit Kleinkind", "With a small child"))],
    };

    /// <summary>Two floors, and in the hall a work profile that calls from upstairs too. The board upstairs shows both.</summary>
    public static Office Joined { get; } = TwoFloors with
    {
        Areas =
        [
            Area with
            {
                Profiles = [new("both", Both("Beide Stockwerke", "Both floors"), [[Passport, Collection], [Residence]])
                {
                    Further = [new("upstairs", [new("vehicle")])],
                }],
            },
            TwoFloors.Areas[1] with
            {
                Boards = [new Board("stairs", new Dictionary<CounterId, Arrow>(), []) { Areas = ["upstairs", "hall"] }],
            },
        ],
    };

    /// <summary>The setting of the hall, with another plan for it.</summary>
    public static Setting SettingWith(WaitingArea hall) => new(TwoFloors with { Areas = [hall, TwoFloors.Areas[1]] }, hall);

    /// <summary>Decides as this office would, with another plan for the hall.</summary>
    public static Decision<QueueEvent> Decide(this Queue queue, QueueCommand command, WaitingArea area, DateTimeOffset now) =>
        queue.Decide(command, SettingWith(area), now);

    public static QueueKey Key { get; } = new("town", "rathaus", "hall", Day);

    public static Texts Both(string german, string english) => new() { ["de"] = german, ["en"] = english };
}
