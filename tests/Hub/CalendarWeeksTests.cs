using System.Text.Json.Nodes;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Tests.Hub;

public class CalendarWeeksTests
{
    private static readonly DateOnly Monday = new(2026, 12, 7);

    [Fact]
    public async Task A_search_that_meets_a_change_of_its_calendar_keeps_no_capacity_of_before()
    {
        var text = await Running.AppointmentDay.OfficeAsync();
        var changed = JsonNode.Parse(text)!;
        changed["calendars"]![0]!["exceptions"] = new JsonArray(new JsonObject { ["on"] = "2026-12-08" });
        var before = OfficeFile.Parse("before.json", text).Office!;
        var after = OfficeFile.Parse("after.json", changed.ToJsonString()).Office!;
        var (offices, clock) = (new OfficeDirectory(), TimeProvider.System);
        var weeks = new CalendarWeeks(offices, new(null!, null!, clock, NullLogger<LiveAreas>.Instance),
            new UnreadableStreams(clock, NullLogger.Instance), clock);
        offices.Take(before.Key, 1, new(before, "file:before.json", null));
        var open = Tuesdays(weeks, before);
        offices.Take(before.Key, 2, new(after, "command:anna", null));

        Assert.Equal(0, Tuesdays(weeks, before)); // The search found its office a moment before.
        Assert.Equal(0, Tuesdays(weeks, after));
        Assert.True(open > 0);
    }

    private static int Tuesdays(CalendarWeeks weeks, Office office) => weeks.Of(office, office.Calendars[0], Monday).Pieces
        .Count(piece => office.Day(piece.From) == Monday.AddDays(1));
}
