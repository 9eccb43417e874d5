using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens.Mine;
using Aufruf.Portal.Texts;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>Calendar files, read back by a second program.</summary>
public class CalendarFileTests(Chromium chromium)
{
    private static readonly AppointmentId Origin = new(Guid.Parse("0193579a-51c0-7000-8000-00000000002a"));

    /// <summary>Reads a file with ical.js and says what stands in it.</summary>
    private const string Reader = """
        ([library, file]) => {
          const module = { exports: {} };
          new Function('module', 'exports', library)(module, module.exports);
          const ICAL = module.exports;
          const calendar = new ICAL.Component(ICAL.parse(file));
          const zone = calendar.getFirstSubcomponent('vtimezone');
          ICAL.TimezoneService.register(new ICAL.Timezone(zone));
          const entry = new ICAL.Event(calendar.getFirstSubcomponent('vevent'));
          const attendee = entry.attendees[0];
          return [calendar.getFirstPropertyValue('method'), entry.uid, entry.sequence, entry.component.getFirstPropertyValue('status'),
            zone.getFirstPropertyValue('tzid'), entry.startDate.zone.tzid, entry.startDate.toString(),
            entry.startDate.toJSDate().toISOString(), entry.endDate.toJSDate().toISOString(), entry.summary, entry.location,
            entry.organizer, attendee ? attendee.getFirstValue() + ' ' + attendee.getParameter('cn') : '', entry.description];
        }
        """;

    public static TheoryData<int, bool, string, int, string> Steps => new()
    {
        { 0, false, "REQUEST", 0, "CONFIRMED" },
        { 1, false, "REQUEST", 1, "CONFIRMED" },
        { 2, false, "REQUEST", 2, "CONFIRMED" },
        { 2, true, "CANCEL", 3, "CANCELLED" },
    };

    [Theory, MemberData(nameof(Steps))]
    public async Task Booked_twice_moved_and_cancelled_are_one_entry_of_the_calendar(
        int moves, bool isCancelled, string method, int sequence, string status)
    {
        var view = View(SmallOffice.Nine) with
        {
            Sequence = moves,
            State = isCancelled ? AppointmentState.Cancelled : AppointmentState.Confirmed,
        };
        Assert.Equal(method, CalendarFile.MethodOf(view));
        var read = await ReadAsync(view);
        Assert.Equal([method, Origin.ToString(), $"{sequence}", status], read[..4]);
        Assert.Equal(["Ausweis, Bürgeramt", "Bürgeramt, Markt 1", "mailto:amt@town.example", "mailto:anna@example.org Anna Ünal; A",
            "https://town.example/a/x/y"], read[9..]);
    }

    /// <summary>The instant of the office's wall, whatever the reader's zone: Chromium stands in New York.</summary>
    [Theory]
    [InlineData("2026-11-23T08:00:00Z", "2026-11-23T09:00:00")]
    [InlineData("2027-03-28T00:50:00Z", "2027-03-28T01:50:00")] // The last ten minutes before 2:00 becomes 3:00.
    [InlineData("2027-03-28T01:00:00Z", "2027-03-28T03:00:00")]
    [InlineData("2027-10-31T01:00:00Z", "2027-10-31T02:00:00")] // The second 2:00 of that night is read as the first: RFC 5545, 3.3.5.
    [InlineData("2028-02-29T11:30:00Z", "2028-02-29T12:30:00")]
    public async Task The_time_is_the_one_of_the_office(string instant, string onTheWall)
    {
        var from = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
        var read = await ReadAsync(View(from));
        Assert.Equal(["Europe/Berlin", "Europe/Berlin", onTheWall], read[4..7]);
        if (from.Month != 10)
        {
            Assert.Equal([Text(from), Text(from.AddMinutes(10))], read[7..9]);
        }
    }

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string[]> ReadAsync(AppointmentView view)
    {
        await using var window = await chromium.OpenAsync();
        var library = await File.ReadAllTextAsync(
            Repository.PathOf("tests", "lib", "ical", "ical.js"), TestContext.Current.CancellationToken);
        var read = await window.Page.EvaluateAsync<JsonElement>(Reader,
            new[] { library, CalendarFile.Of(view, PortalTexts.For(["de"]), "https://town.example/a/x/y") });
        return [.. read.EnumerateArray().Select(value => value.ToString())];
    }

    private static AppointmentView View(DateTimeOffset from) => new(SmallOffice.Nine,
        CalendarWeekKey.Of(SmallOffice.Office, "service", SmallOffice.Day), Origin, Origin, "", "town.rathaus",
        SmallOffice.Both("Bürgeramt", "Citizens’ office"), "Markt 1", "Europe/Berlin", ["de"], from, 10,
        [new(SmallOffice.Passport, SmallOffice.Both("Ausweis", "Passport"), 1)], AppointmentKind.AtCounter, "de",
        AppointmentState.Confirmed,
        null, null, new("Anna Ünal; \"A\"", "anna@example.org"), 0, null, null)
    {
        Organizer = "amt@town.example",
    };
}
