using System.Text.Json;
using System.Text.Json.Nodes;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>Opening hours, rules, profiles and priorities as an administrator writes them.</summary>
public class OfficeFileHoursTests
{
    /// <summary>The small office, one line per thing that may be wrong; its lines begin at 1.</summary>
    internal static readonly string Rich = OfficeFileTests.Small
        .Replace("  \"languages\": [\"de\"],", """
              "languages": ["de"],
              "hours": {
                "note": "as agreed", "holidays": "nw",
                "series": [
                  { "days": ["mo", "tu"], "from": "08:00", "to": "12:30", "everyWeeks": 2, "since": "2026-01-05", "until": "2027-12-31" },
                  { "days": ["sa"], "from": "10:00", "to": "24:00", "ofMonth": ["first", "last"] }
                ],
                "exceptions": [
                  { "on": "2026-12-24", "reason": { "de": "Heiligabend" } },
                  { "from": "2026-12-28", "to": "2026-12-31", "hours": [{ "from": "08:00", "to": "12:00" }] }
                ]
              },
              "priorities": [
                { "id": "child", "name": { "de": "Kind" } },
                { "id": "need", "name": { "de": "Notlage" } }
              ],
            """, StringComparison.Ordinal)
        .Replace("\"usualMinutes\": 10 }", """
            "usualMinutes": 10,
              "dailyCap": 40,
              "closed": [{ "from": "2026-12-21", "to": "2027-01-03" }] }
            """, StringComparison.Ordinal)
        .Replace("      \"boards\"", """
                  "rules": {
                    "policy": "fifo",
                    "rates": { "walkIn": 1.5, "appointment": 5 },
                    "missedReturns": 2,
                    "lastTicketMinutes": 20
                  },
                  "profiles": [
                    { "id": "one", "name": { "de": "Eins" },
                      "groups": [["passport"], ["residence"]] },
                    { "id": "two", "name": { "de": "Zwei" },
                      "groups": [["passport"]],
                      "also": [{ "service": "residence", "whenMinutes": 30 }] }
                  ],
                  "boards"
            """, StringComparison.Ordinal);

    private static Office Valid(string json)
    {
        var (office, errors) = OfficeFile.Parse("rich.json", json);
        Assert.Empty(errors);
        return Assert.IsType<Office>(office);
    }

    [Fact]
    public void What_an_administrator_writes_is_what_the_office_has()
    {
        var office = Valid(Rich);
        var hours = Assert.IsType<OpeningHours>(office.Hours);
        Assert.Equal(["08:00-12:30", "10:00-24:00"], hours.Series.Select(s => $"{s.Span}"));
        Assert.Equal((2, new(2026, 1, 5), new DateOnly(2027, 12, 31)),
            (hours.Series[0].EveryWeeks, hours.Series[0].Since, hours.Series[0].Until));
        Assert.Equal([WeekOfMonth.First, WeekOfMonth.Last], hours.Series[1].OfMonth);
        Assert.Equal((new(2026, 12, 24), new DateOnly(2026, 12, 24), "Heiligabend"),
            (hours.Exceptions[0].First, hours.Exceptions[0].Last, hours.Exceptions[0].Reason?.In("de")));
        Assert.Empty(hours.Exceptions[0].Hours);
        Assert.Equal("08:00-12:00", $"{Assert.Single(hours.Exceptions[1].Hours)}");
        Assert.Equal(HolidaysOf.Nw, hours.Holidays);
        Assert.Equal(["child", "need"], office.Priorities.Select(p => p.Id));

        var area = office.Areas[0];
        Assert.Equal((40, new ClosedDays(new(2026, 12, 21), new(2027, 1, 3))), (area.Services[0].DailyCap, area.Services[0].Closed[0]));
        Assert.Equal(new AreaRules { Policy = PolicyKind.Fifo, Rates = new(1.5, 5), MissedReturns = 2, LastTicketMinutes = 20 },
            area.Rules);
        Assert.Equal(["passport"], area.Profile("two")?.Groups.Single().Select(s => s.Value));
        Assert.Equal(new AlsoCall(new("residence"), 30), Assert.Single(area.Profile("two")?.Also ?? []));
    }

    [Fact]
    public void An_office_that_says_nothing_has_no_hours_and_the_usual_rules()
    {
        var office = Valid(OfficeFileTests.Small);
        Assert.Null(office.Hours);
        Assert.Equal(AreaRules.Default, office.Areas[0].Rules);
        Assert.Empty(office.Areas[0].Profiles);
        Assert.Null(office.Areas[0].Services[0].DailyCap);
    }

    [Fact]
    public void The_same_office_is_read_back_from_its_own_words()
    {
        var once = JsonSerializer.Serialize(Valid(Rich), DomainJson.Options);
        Assert.Equal(once, JsonSerializer.Serialize(JsonSerializer.Deserialize<Office>(once, DomainJson.Options), DomainJson.Options));
    }

    [Theory]
    [InlineData("\"to\": \"12:30\"", "\"to\": \"07:30\"", "line 11, hours.series[0]: ends at 07:30 but begins at 08:00")]
    [InlineData("\"to\": \"12:30\"", "\"to\": \"08:00\"", "line 11, hours.series[0]: ends at 08:00 but begins at 08:00")]
    [InlineData("\"to\": \"12:30\"", "\"to\": \"00:00\"", "midnight is \"24:00\"")]
    [InlineData("\"to\": \"12:30\"", "\"to\": \"12.30\"", "line 11, hours.series[0].to: expected a time from \"00:01\" to \"24:00\"")]
    [InlineData("\"to\": \"12:30\"", "\"to\": \"12:30\\n\"", "line 11, hours.series[0].to: expected a time")]
    [InlineData("\"2027-12-31\"", "\"2027-12-31\\n\"", "line 11, hours.series[0].until: expected a date")]
    [InlineData("\"2027-12-31\"", "\"2027-12-31T00:00:00\"", "line 11, hours.series[0].until: expected a date")]
    [InlineData("\"to\": \"24:00\"", "\"to\": \"24:30\"", "line 12, hours.series[1].to: expected a time")]
    [InlineData("\"from\": \"10:00\"", "\"from\": \"24:00\"", "line 12, hours.series[1].from: expected a time from \"00:00\" to \"23:59\"")]
    [InlineData("\"days\": [\"sa\"],", "", "line 12, hours.series[1].days: 'days' is missing")]
    [InlineData("[\"mo\", \"tu\"]", "[\"mo\", \"di\"]", "line 11, hours.series[0].days[1]: expected one of mo, tu, we, th, fr, sa, su")]
    [InlineData("[\"mo\", \"tu\"]", "[\"mo\", \"mo\"]", "line 11, hours.series[0].days: stands twice in the list")]
    [InlineData("\"holidays\": \"nw\"", "\"holidays\": \"by\"", "line 9, hours.holidays: expected whose public holidays close the office")]
    [InlineData("\"since\": \"2026-01-05\", ", "", "line 11, hours.series[0].everyWeeks: every 2 weeks, but from when?")]
    [InlineData("\"2027-12-31\"", "\"2025-12-31\"", "line 11, hours.series[0]: ends on 2025-12-31 but begins on 2026-01-05")]
    [InlineData("\"2027-12-31\"", "\"2027-02-29\"", "line 11, hours.series[0].until: expected a date such as \"2026-12-24\"")]
    [InlineData("\"2027-12-31\"", "\"31.12.2027\"", "line 11, hours.series[0].until: expected a date")]
    [InlineData("\"everyWeeks\": 2", "\"everyWeeks\": 0", "line 11, hours.series[0].everyWeeks: expected every how many weeks")]
    [InlineData("\"everyWeeks\": 2", "\"everyWeeks\": 2, \"ofMonth\": [\"first\"]",
        "line 11, hours.series[0].ofMonth: either certain weeks of a month or every so many weeks")]
    [InlineData("[\"first\", \"last\"]", "[1]", "line 12, hours.series[1].ofMonth[0]: expected one of first, second")]
    [InlineData("\"on\": \"2026-12-24\"", "\"on\": \"2026-12-24\", \"to\": \"2026-12-25\"",
        "line 15, hours.exceptions[0]: needs either 'on' with one date, or 'from' and 'to'")]
    [InlineData("\"on\": \"2026-12-24\", ", "", "line 15, hours.exceptions[0]: needs either 'on'")]
    [InlineData("\"to\": \"2026-12-31\", ", "", "line 16, hours.exceptions[1]: needs either 'on'")]
    [InlineData("\"to\": \"2026-12-31\"", "\"to\": \"2026-12-13\"",
        "line 16, hours.exceptions[1]: ends on 2026-12-13 but begins on 2026-12-28")]
    [InlineData("\"to\": \"12:00\"", "\"to\": \"07:00\"", "line 16, hours.exceptions[1].hours[0]: ends at 07:00 but begins at 08:00")]
    [InlineData("[{ \"from\": \"08:00\", \"to\": \"12:00\" }]", "[]",
        "line 16, hours.exceptions[1].hours: expected a list of 1 to 10 times")]
    [InlineData("\"id\": \"need\"", "\"id\": \"child\"", "line 21, priorities[1].id: 'child' is used twice")]
    [InlineData("\"dailyCap\": 40", "\"dailyCap\": 0", "areas[0].services[0].dailyCap: expected how many tickets a day at most")]
    [InlineData("\"to\": \"2027-01-03\"", "\"to\": \"2026-01-03\"",
        "areas[0].services[0].closed[0]: ends on 2026-01-03 but begins on 2026-12-21")]
    [InlineData("\"to\": \"2027-01-03\"", "\"on\": \"2027-01-03\"", "areas[0].services[0].closed[0]: needs either 'on'")]
    [InlineData("\"policy\": \"fifo\"", "\"policy\": \"lifo\"",
        "areas[0].rules.policy: expected one of accumulating-priority, fifo, appointments-first")]
    [InlineData("\"walkIn\": 1.5", "\"walkIn\": 0",
        "areas[0].rules.rates.walkIn: expected points a minute: a number greater than 0 and at most 100")]
    [InlineData("\"walkIn\": 1.5", "\"walkIn\": -1", "areas[0].rules.rates.walkIn: expected points a minute")]
    [InlineData("\"walkIn\": 1.5", "\"walkIn\": 100.1", "areas[0].rules.rates.walkIn: expected points a minute")]
    [InlineData("\"walkIn\": 1.5", "\"walkin\": 1.5", "'walkin' is unknown here; expected points a minute: an object with any of walkIn")]
    [InlineData("\"missedReturns\": 2", "\"missedReturns\": 11",
        "areas[0].rules.missedReturns: expected how often somebody who did not come")]
    [InlineData("\"lastTicketMinutes\": 20", "\"lastTicketMinutes\": 20.5",
        "areas[0].rules.lastTicketMinutes: expected how long before closing")]
    [InlineData("[\"residence\"]] }", "[\"dog\"]] }",
        "areas[0].profiles[0].groups[1][0]: 'dog' is not a service of area 'hall'; expected one of passport, residence")]
    [InlineData("[\"residence\"]] }", "[\"passport\"]] }",
        "areas[0].profiles[0].groups[1][0]: 'passport' stands in two groups of profile 'one'")]
    [InlineData("[[\"passport\"], [\"residence\"]]", "[[\"passport\", \"passport\"]]",
        "areas[0].profiles[0].groups[0]: stands twice in the list")]
    [InlineData("[[\"passport\"], [\"residence\"]]", "[]", "areas[0].profiles[0].groups: expected a list of 1 to 20 groups")]
    [InlineData("[[\"passport\"], [\"residence\"]]", "[\"passport\"]", "areas[0].profiles[0].groups[0]: expected a list of service ids")]
    [InlineData("\"service\": \"residence\"", "\"service\": \"dog\"", "areas[0].profiles[1].also[0].service: 'dog' is not a service")]
    [InlineData("\"service\": \"residence\"", "\"service\": \"passport\"",
        "areas[0].profiles[1].also[0].service: 'passport' is in the first group")]
    [InlineData("\"whenMinutes\": 30 }", "\"whenMinutes\": 30 }, { \"service\": \"residence\", \"whenMinutes\": 9 }",
        "areas[0].profiles[1].also[1].service: 'residence' stands twice")]
    [InlineData("\"whenMinutes\": 30", "\"whenMinutes\": 0",
        "areas[0].profiles[1].also[0].whenMinutes: expected a whole number of minutes")]
    [InlineData("\"id\": \"two\"", "\"id\": \"one\"", "areas[0].profiles[1].id: 'one' is used twice")]
    public void What_is_wrong_is_told_with_line_and_path(string right, string wrong, string expected)
    {
        var at = Rich.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, right);
        var (office, errors) = OfficeFile.Parse("rich.json", Rich[..at] + wrong + Rich[(at + right.Length)..]);
        Assert.Null(office);
        Assert.All(errors, error => Assert.Matches("^rich.json, line [1-9]", error));
        Assert.Contains(errors, error => error.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_with_hours_is_the_demo_and_its_hours()
    {
        var (demo, example) = (Demo("alsdorf.rathaus.json"), Demo("with-hours", "alsdorf.rathaus.json"));
        Assert.Null(demo.Hours); // The demo gives tickets at any hour: it is tried out in the evening, and tested at night.
        Assert.NotNull(example.Hours);
        Assert.Equal(
            JsonSerializer.Serialize(demo, DomainJson.Options),
            JsonSerializer.Serialize(example with
            {
                Hours = null,
                Areas = [.. example.Areas.Select(
                a => a with { Services = [.. a.Services.Select(s => s with { DailyCap = null, Closed = [] })] })]
            }, DomainJson.Options));
        Assert.Contains("EXAMPLE", JsonNode.Parse(Text("with-hours", "alsdorf.rathaus.json"))?["hours"]?["note"]?.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_is_closed_on_the_public_holidays_of_its_land()
    {
        var hours = Assert.IsType<OpeningHours>(Demo("with-hours", "alsdorf.rathaus.json").Hours);
        Assert.Equal(HolidaysOf.Nw, hours.Holidays);
        Assert.All((DateOnly[])[new(2027, 3, 26), new(2027, 5, 27), new(2027, 12, 25)], day => Assert.Empty(hours.On(day)));
    }

    private static string Text(params string[] path) => File.ReadAllText(Repository.PathOf(["hub", "demo", .. path]));

    private static Office Demo(params string[] path) => Valid(Text(path));
}
