using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Offices;

namespace Aufruf.Tests.Hub;

/// <summary>Calendars of appointments as an administrator writes them.</summary>
public class OfficeFileCalendarTests
{
    /// <summary>The small office, one line per thing that may be wrong; its lines begin at 1.</summary>
    internal static readonly string Rich = OfficeFileTests.Small
        .Replace("  \"languages\": [\"de\"],", """
              "languages": ["de"],
              "calendars": [
                { "id": "service", "name": { "de": "Service" }, "note": "as agreed", "letter": "N", "slotMinutes": 15,
                  "services": [
                    { "service": "passport", "minutes": 10, "furtherMinutes": 7, "mostPersons": 4, "kinds": ["at-counter", "video"] },
                    { "service": "residence", "minutes": 20 }
                  ],
                  "series": [
                    { "days": ["mo", "tu"], "from": "08:00", "to": "12:30", "counters": 3, "online": 2,
                      "everyWeeks": 2, "since": "2026-01-05" },
                    { "days": ["sa"], "from": "10:00", "to": "13:00", "counters": 1, "ofMonth": ["first"] }
                  ],
                  "exceptions": [
                    { "on": "2026-12-24", "reason": { "de": "Heiligabend" } },
                    { "from": "2026-12-28", "to": "2026-12-30",
                      "hours": [{ "from": "09:00", "to": "12:00", "counters": 2, "online": 0 }] }
                  ],
                  "alsoAt": ["library"], "since": "2026-01-01", "until": "2027-12-31",
                  "release": {
                    "steps": [{ "daysAhead": 14, "percent": 60 }, { "daysAhead": 0, "percent": 40 }],
                    "at": "06:30", "staffShareHours": 48, "wishesFirstMinutes": 20, "pieceMinutes": 30 },
                  "rules": { "holdMinutes": 15, "whenLate": "refuse",
                    "returnsAfterMinutes": 5, "returnsWithinMinutes": 30 } },
                { "id": "other", "name": { "de": "Anderes" }, "video": "https://video.town.example/{room}",
                  "services": [{ "service": "passport", "minutes": 10 }], "series": [] }
              ],
            """, StringComparison.Ordinal);

    [Fact]
    public void A_calendar_has_what_an_administrator_writes_and_the_usual_values_otherwise()
    {
        var office = Assert.IsType<Office>(Parse(Rich).Office);
        var (calendar, plain) = (office.Calendars[0], office.Calendars[1]);
        Assert.Equal(('N', 15, "as agreed"), (calendar.Letter, calendar.SlotMinutes, calendar.Note));
        Assert.Equal((10, 7, 4), (calendar.Services[0].Minutes, calendar.Services[0].FurtherMinutes, calendar.Services[0].MostPersons));
        Assert.Equal([AppointmentKind.AtCounter, AppointmentKind.Video], calendar.Services[0].Kinds);
        Assert.Equal((3, 2, 2, new(2026, 1, 5)), (calendar.Series[0].Counters, calendar.Series[0].Online, calendar.Series[0].EveryWeeks,
            calendar.Series[0].Since));
        Assert.Empty(calendar.Exceptions[0].Hours);
        Assert.Equal(new CalendarSpan(WallTime.At(9), WallTime.At(12), 2) { Online = 0 }, Assert.Single(calendar.Exceptions[1].Hours));
        Assert.Equal((new DateOnly(2026, 12, 28), new DateOnly(2026, 12, 30)), (calendar.Exceptions[1].First, calendar.Exceptions[1].Last));
        Assert.Equal([new(14, 60), new(0, 40)], calendar.Release.Steps);
        Assert.Equal((WallTime.At(6, 30), 48, 20, 30), (calendar.Release.At, calendar.Release.StaffShareHours,
            calendar.Release.WishesFirstMinutes, calendar.Release.PieceMinutes));
        Assert.Equal(new CalendarRules { HoldMinutes = 15, WhenLate = WhenLate.Refuse, ReturnsAfterMinutes = 5, ReturnsWithinMinutes = 30 },
            calendar.Rules);
        Assert.Equal((null, 10, new()), (plain.Letter, plain.SlotMinutes, plain.Rules));
        Assert.Equal([new(56, 100)], plain.Release.Steps);
        Assert.Equal("https://video.town.example/{room}", plain.VideoOf([new(new("passport"))]));
        Assert.Null(calendar.VideoOf([new(new("passport"))]));
    }

    [Theory]
    [InlineData("\"id\": \"other\"", "\"id\": \"service\"", "line 30, calendars[1].id: 'service' is used twice")]
    [InlineData("\"letter\": \"N\"", "\"letter\": \"O\"", "line 9, calendars[0].letter: expected one capital letter")]
    [InlineData("\"slotMinutes\": 15", "\"slotMinutes\": 4", "line 9, calendars[0].slotMinutes: expected how many minutes lie between")]
    [InlineData("\"service\": \"residence\"", "\"service\": \"dog\"",
        "line 12, calendars[0].services[1].service: 'dog' is not a service of this office; expected one of passport, residence")]
    [InlineData("\"service\": \"residence\"", "\"service\": \"passport\"",
        "line 12, calendars[0].services[1].service: 'passport' stands twice in calendar 'service'")]
    [InlineData("\"minutes\": 20", "\"minutes\": 241", "line 12, calendars[0].services[1].minutes: expected how long an appointment")]
    [InlineData("https://video", "http://video", "line 30, calendars[1].video: 'http://video.town.example/{room}' is no address of a")]
    [InlineData("{room}", "{code}", "line 30, calendars[1].video: 'https://video.town.example/{code}' is no address of a video room")]
    [InlineData("\"video\"]", "\"fax\"]", "line 11, calendars[0].services[0].kinds[1]: expected one of at-counter, phone, video")]
    [InlineData("\"online\": 2", "\"online\": 4",
        "line 15, calendars[0].series[0].online: the public may book 4 counters, but there are 3")]
    [InlineData("\"to\": \"12:30\"", "\"to\": \"07:30\"", "line 15, calendars[0].series[0]: ends at 07:30 but begins at 08:00")]
    [InlineData("\"to\": \"12:30\"", "\"to\": \"08:09\"",
        "line 15, calendars[0].series[0]: has 9 minutes, and no appointment fits in: the shortest needs 10")]
    [InlineData(", \"since\": \"2026-01-05\"", "", "line 16, calendars[0].series[0].everyWeeks: every 2 weeks, but from when?")]
    [InlineData("\"counters\": 1, ", "", "line 17, calendars[0].series[1].counters: 'counters' is missing")]
    [InlineData("\"on\": \"2026-12-24\", ", "", "line 20, calendars[0].exceptions[0]: needs either 'on'")]
    [InlineData("\"to\": \"2026-12-30\"", "\"to\": \"2026-12-03\"",
        "line 21, calendars[0].exceptions[1]: ends on 2026-12-03 but begins on 2026-12-28")]
    [InlineData("\"online\": 0", "\"online\": 3", "line 22, calendars[0].exceptions[1].hours[0].online: the public may book 3")]
    [InlineData("\"to\": \"12:00\"", "\"to\": \"08:00\"", "line 22, calendars[0].exceptions[1].hours[0]: ends at 08:00")]
    [InlineData("[\"library\"]", "[\"rathaus\"]", "line 24, calendars[0].alsoAt[0]: 'rathaus' is this office itself")]
    [InlineData("[\"library\"]", "[\"Library\"]", "line 24, calendars[0].alsoAt[0]: expected a short id")]
    [InlineData("\"2027-12-31\"", "\"2025-12-31\"", "calendars[0]: ends on 2025-12-31 but begins on 2026-01-01")]
    [InlineData("\"percent\": 60", "\"percent\": 50", "line 26, calendars[0].release.steps: the shares add up to 90 percent")]
    [InlineData("\"daysAhead\": 0", "\"daysAhead\": 14",
        "line 26, calendars[0].release.steps[1].daysAhead: 14 days follow 14; expected the earliest release first")]
    [InlineData("\"pieceMinutes\": 30", "\"pieceMinutes\": 5",
        "line 27, calendars[0].release.pieceMinutes: expected the length of the pieces")]
    [InlineData("\"refuse\"", "\"send-home\"", "line 28, calendars[0].rules.whenLate: expected what becomes of citizens")]
    [InlineData("\"returnsWithinMinutes\": 30", "\"returnsWithinMinutes\": 4",
        "line 29, calendars[0].rules.returnsWithinMinutes: is 4 but 'returnsAfterMinutes' is 5")]
    [InlineData("\"holdMinutes\": 15", "\"holdminutes\": 15", "'holdminutes' is unknown here; expected a calendar's rules")]
    public void A_mistake_is_shown_with_line_and_path(string right, string wrong, string expected)
    {
        var at = Rich.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, right);
        var (office, errors) = Parse(Rich[..at] + wrong + Rich[(at + right.Length)..]);
        Assert.Null(office);
        Assert.All(errors, error => Assert.Matches("^rich.json, line [1-9]", error));
        Assert.Contains(errors, error => error.Contains(expected, StringComparison.Ordinal));
    }

    private static (Office? Office, IReadOnlyList<string> Errors) Parse(string json) => OfficeFile.Parse("rich.json", json);
}
