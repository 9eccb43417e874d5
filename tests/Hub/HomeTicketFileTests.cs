using Aufruf.Domain.Offices;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>Numbers for citizens at home in an office's file.</summary>
public class HomeTicketFileTests
{
    private const string Demo = "{ \"minutesBefore\": 20, \"cap\": 12, \"graceMinutes\": 30, \"checkInByPhone\": false }";

    private static (Office? Office, IReadOnlyList<string> Errors) Parse(string homeTickets) =>
        OfficeFile.Parse("office.json", File.ReadAllText(TestHub.DemoOffice).Replace(Demo, homeTickets, StringComparison.Ordinal));

    [Fact]
    public void The_demo_office_gives_numbers_and_a_file_without_the_part_gives_none()
    {
        Assert.Equal(new HomeTickets(20, 12) { GraceMinutes = 30 }, Parse(Demo).Office!.Areas[0].HomeTickets);
        Assert.Equal(new HomeTickets(45, 3) { GraceMinutes = 30 }, Parse("{ \"minutesBefore\": 45, \"cap\": 3 }").Office!.Areas[0]
            .HomeTickets);
        Assert.Null(SmallOffice.Office.Areas[0].HomeTickets);
    }

    [Theory]
    [InlineData("{ \"minutesBefore\": 2, \"cap\": 3 }", "homeTickets.minutesBefore: expected after how many minutes")]
    [InlineData("{ \"minutesBefore\": 20, \"cap\": 0 }", "homeTickets.cap: expected how many citizens")]
    [InlineData("{ \"minutesBefore\": 20 }", "homeTickets.cap: 'cap' is missing; expected numbers for citizens at home")]
    [InlineData("{ \"minutesBefore\": 20, \"cap\": 1, \"phone\": true }", "'phone' is unknown here; expected numbers for citizens at home")]
    public void A_wrong_part_is_named_with_what_it_should_be(string part, string sentence) =>
        Assert.Contains(sentence, Assert.Single(Parse(part).Errors), StringComparison.Ordinal);

    [Fact]
    public void Numbers_that_nobody_can_get_or_check_in_are_warned_of_with_the_remedy()
    {
        static string Warnings(Office office) => string.Join('\n', HomeTicketWarnings.Of(office).Select(found => found.English));
        var office = SmallOffice.Office with { Areas = [SmallOffice.Area with { HomeTickets = new(60, 5) }] };
        Assert.Empty(Warnings(office));
        Assert.Contains("add the area to a kiosk, or set 'checkInByPhone' to true", Warnings(office with { Kiosks = [] }),
            StringComparison.Ordinal);
        Assert.Contains("choose fewer minutes", Warnings(office with { Hours = HoursOf.Week("08:00-09:00") }), StringComparison.Ordinal);
        Assert.Empty(Warnings(office with { Hours = HoursOf.Week("08:00-09:01") }));
    }
}
