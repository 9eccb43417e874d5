using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Offices;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Running;

/// <summary>Two offices of the demo's authority. They give appointments at any hour: no test depends on the time of day.</summary>
internal static class BookableOffices
{
    public const string Other = "alsdorf.annahaus";

    private static readonly Weekday[] EveryDay = Enum.GetValues<Weekday>();

    /// <summary>"fuehrerschein" is not open yet, "abholung" has nothing free, "bescheinigung" can be done by phone.</summary>
    public static IReadOnlyList<Calendar> CalendarsOf(Office office, DateOnly today) =>
    [
        new Calendar("buergerservice", new() { ["de"] = "Bürgerservice" },
        [
            new(new("ausweis"), 10) { FurtherMinutes = 5 }, new(new("wohnsitz"), 15),
            new(new("bescheinigung"), 10) { Kinds = [AppointmentKind.AtCounter, AppointmentKind.Phone] },
        ], AllDay(2)) { Release = AtOnce, Rules = Rules },
        new Calendar("spaeter", new() { ["de"] = "Später" }, [new(new("fuehrerschein"), 15)], AllDay(1))
        {
            Release = AtOnce,
            Since = today.AddDays(70),
        },
        new Calendar("frueher", new() { ["de"] = "Früher" }, [new(new("abholung"), 5)], AllDay(1)) { Until = today.AddDays(-1) },
    ];

    private static ReleasePlan AtOnce => new([new(DaysAhead: 56, Percent: 100)]) { WishesFirstMinutes = 0 };

    private static CalendarRules Rules => new() { LeadMinutes = 0, MostPerContact = 2 };

    public static void AddTo(InnerHub hub)
    {
        var offices = hub.Services.GetRequiredService<OfficeDirectory>();
        var town = offices.Find(TestHub.Office)!;
        var today = town.Day(TimeProvider.System.GetUtcNow());
        Take(town with { Calendars = CalendarsOf(town, today) });
        var other = town with
        {
            Id = "annahaus",
            Name = new() { ["de"] = "Bürgerbüro Annahaus" },
            Address = "Annastraße 1, 52477 Alsdorf",
            Kiosks = [],
            Devices = [],
        };
        Take(other with { Calendars = [.. CalendarsOf(other, today).Take(1)] });

        void Take(Office office) => offices.Take(office.Key, 1_000_000, new OfficeConfiguration(office, "test", null));
    }

    private static CalendarSeries[] AllDay(int counters) => [new(EveryDay, WallTime.DayBegins, WallTime.DayEnds, counters)];
}
