using Aufruf.Domain.Offices;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Domain.Appointments;
using Aufruf.Tests.Flows;
using Aufruf.Tests.House;
using Aufruf.Tests.Running;
using CsCheck;

namespace Aufruf.Tests.Hub;

/// <summary>An office is written as a file, and its changes are listed.</summary>
public class OfficeFormTests
{
    private static string Demo => File.ReadAllText(Repository.PathOf("hub", "demo", "alsdorf.rathaus.json"));

    public static TheoryData<string> Files =>
    [
        Demo, File.ReadAllText(Repository.PathOf("hub", "demo", "with-hours", "alsdorf.rathaus.json")),
        File.ReadAllText(Repository.PathOf("hub", "demo", "two-floors", "alsdorf.rathaus.json")), OfficeFileTests.Small,
        OfficeFileHoursTests.Rich, OfficeFileCalendarTests.Rich, TestOffice.WithCounters(3),
    ];

    [Theory, MemberData(nameof(Files))]
    public void What_is_exported_is_read_as_the_same_office(string file) => ReadsBack(Read(file));

    [Fact]
    public void Generated_hours_are_read_back_as_they_were() => HoursProperties.Offices.Sample(
        office => ReadsBack(Read(Demo) with
        {
            TimeZone = office.TimeZone,
            Hours = office.Hours! with { Series = [.. office.Hours.Series.Select(s => s.EveryWeeks > 1 ? s with { OfMonth = [] } : s)] },
        }), iter: 100);

    [Fact]
    public void Offices_of_the_tests_are_read_back_with_every_rule() => Assert.All((Office[])[SmallOffice.Office, SmallOffice.TwoFloors,
        TwoAreas.Office, TwoAreas.Office with
        {
            Reports = new(PerClerk: true),
            Areas = [TwoAreas.Hall with
            {
                Rules = new()
                {
                    Policy = PolicyKind.Fifo, Rates = new(2, 3, 4, 5), PatienceMinutes = 5, MissedReturns = 3, MissedReturnsAfter = 4,
                    TwiceNextSeconds = 0, KeptMinutes = 7, MayCallAny = false, LastTicketMinutes = 8, StopsWhenFull = true,
                },
            }],
        }], ReadsBack);

    [Fact]
    public void A_calendar_is_read_back_with_every_part() => ReadsBack(SmallOffice.Office with
    {
        Calendars = [AppointmentSamples.Calendar, AppointmentSamples.Calendar with
        {
            Id = "monthly",
            Letter = null,
            Series = [AppointmentSamples.Calendar.Series[0] with { EveryWeeks = 1, OfMonth = [WeekOfMonth.Last], Online = null }],
            Exceptions = [new(new(2026, 12, 24), new(2026, 12, 24), [])],
            Rules = new(),
            Release = new([new(56, 100)]),
        }],
        Hours = new([], []) { Holidays = HolidaysOf.Nw },
    });

    [Fact]
    public void A_change_of_a_calendar_is_a_line_with_its_place()
    {
        var before = SmallOffice.Office with { Calendars = [AppointmentSamples.Calendar] };
        var calendar = before.Calendars[0];
        var after = before with { Calendars = [calendar with { SlotMinutes = 5, Rules = calendar.Rules with { HoldMinutes = 30 } }] };
        Assert.Equal(["calendars[service].slotMinutes: 15 -> 5", "calendars[service].rules.holdMinutes: 15 -> 30"],
            OfficeDifferences.Between(before, after));
    }

    [Fact]
    public void An_exported_file_is_not_longer_than_it_must_be() =>
        Assert.All((string[])["rules", "slotMinutes", "release", "mostPersons", "kinds", "everyWeeks", "holidays"], part =>
        {
            Assert.DoesNotContain(part, OfficeForm.Write(Read(OfficeFileTests.Small)), StringComparison.Ordinal);
            Assert.DoesNotContain($"\"{part}\"", OfficeForm.Write(SmallOffice.Office with
            {
                Hours = new([], []),
                Calendars = [new("c", SmallOffice.Both("C", "C"), [new(SmallOffice.Passport, 10)], [CalendarOf.Daily("08:00-12:00")])],
            }), StringComparison.Ordinal);
        });

    [Fact]
    public void Each_change_is_a_line_with_its_place_and_both_values()
    {
        var before = Read(Demo);
        var area = before.Areas[0];
        var after = before with
        {
            Name = new() { ["de"] = "Stadthaus", ["en"] = before.Name["en"] },
            Hours = new([], [new(new(2026, 12, 24), new(2026, 12, 24), [])]),
            Areas = [area with
            {
                Rules = area.Rules with { KeptMinutes = 10 },
                Counters = [.. area.Counters.Skip(1).Reverse(), new(new("9"), "9", area.Counters[0].Services)],
            }],
        };
        Assert.Equal(
        [
            "name.de: \"Bürgeramt Alsdorf\" -> \"Stadthaus\"",
            $"areas[erdgeschoss].counters[1]: {Counter("1")} -> none",
            $"areas[erdgeschoss].counters[9]: none -> {Counter("9")}",
            "areas[erdgeschoss].counters: another order",
            "areas[erdgeschoss].rules.keptMinutes: 20 -> 10",
            "hours: none -> {\"series\":[],\"exceptions\":[{\"on\":\"2026-12-24\"}],\"holidays\":\"none\"}",
        ], OfficeDifferences.Between(before, after));
        Assert.Empty(OfficeDifferences.Between(after, after));

        string Counter(string id) => $$"""{"id":"{{id}}","label":"{{id}}","services":[{{string.Join(',', area.Counters[0].Services
            .Select(s => $"\"{s}\""))}}]}""";
    }

    private static Office Read(string text)
    {
        var (office, errors) = OfficeFile.Parse("office.json", text);
        Assert.Empty(errors);
        return office!;
    }

    private static void ReadsBack(Office office)
    {
        var (again, errors) = OfficeFile.Parse("export.json", OfficeForm.Write(office));
        Assert.Empty(errors);
        Assert.True(OfficeConfiguration.IsSame(office, again!), OfficeForm.Write(office));
    }
}
