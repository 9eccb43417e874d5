using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>The small office with all that a clerk can use: an area upstairs, reasons for priority, work profiles, second chances.</summary>
internal static class TwoAreas
{
    public static readonly ServiceId Marriage = new("marriage");
    public static readonly CounterId Upstairs = new("11");

    public static WaitingArea Hall { get; } = SmallOffice.Area with
    {
        Rules = AreaRules.Default with { MissedReturns = 1 },
        Profiles = [new("residence-first", SmallOffice.Both("Wohnsitz zuerst", "Residence first"), [[SmallOffice.Residence], [SmallOffice.Passport]])],
    };

    public static WaitingArea Floor { get; } = new("floor", SmallOffice.Both("Obergeschoss", "First floor"),
        [new Service(Marriage, 'X', SmallOffice.Both("Trauung", "Marriage"), 30)], [new Counter(Upstairs, "11", [Marriage])], []);

    public static Office Office { get; } = SmallOffice.Office with
    {
        Areas = [Hall, Floor],
        Priorities = [new("pregnant", SmallOffice.Both("Schwangerschaft", "Pregnancy"))],
    };

    public static Setting Setting { get; } = new(Office, Hall);

    public static QueueKey FloorKey { get; } = SmallOffice.Key with { Area = "floor" };
}
