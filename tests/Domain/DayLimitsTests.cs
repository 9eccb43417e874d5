using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;
using static Aufruf.Tests.Domain.HoursOf;

namespace Aufruf.Tests.Domain;

public class DayLimitsTests
{
    private static readonly Service Passport = SmallOffice.Area.Services[0] with
    {
        DailyCap = 40,
        Closed = [new(Date("2026-12-21"), Date("2026-12-31"))],
    };

    private static readonly Office Usual = Office(new OpeningHours([Series("mo tu we th fr", "08:00-12:30")], [On("2026-12-24")]));

    private static Refusal? Refused(Office office, string instant, int taken = 0, Service? service = null) =>
        DayLimits.RefusalOf(new Setting(office, SmallOffice.Area with { Rules = new() { LastTicketMinutes = 15 } }), service ?? Passport, Utc(instant), taken);

    [Theory]
    [InlineData("2026-11-23T08:00:00Z", 0, null)]
    [InlineData("2026-11-23T08:00:00Z", 39, null)]
    [InlineData("2026-11-23T08:00:00Z", 40, Refusal.CapReached)]
    [InlineData("2026-11-23T08:00:00Z", 41, Refusal.CapReached)]
    [InlineData("2026-11-23T06:59:59Z", 0, Refusal.OfficeClosed)]
    [InlineData("2026-11-23T11:14:59Z", 0, null)]
    [InlineData("2026-11-23T11:15:00Z", 0, Refusal.TicketsEnded)]
    [InlineData("2026-11-23T11:30:00Z", 0, Refusal.OfficeClosed)]
    [InlineData("2026-11-22T09:00:00Z", 0, Refusal.OfficeClosed)]
    [InlineData("2026-12-21T09:00:00Z", 0, Refusal.ServiceClosed)] // The year-end closure of one service.
    [InlineData("2026-12-31T09:00:00Z", 0, Refusal.ServiceClosed)]
    [InlineData("2027-01-04T09:00:00Z", 0, null)]
    [InlineData("2026-12-24T09:00:00Z", 99, Refusal.OfficeClosed)] // Closed for all: that is what to say first.
    [InlineData("2026-12-21T11:20:00Z", 99, Refusal.ServiceClosed)] // Not "come tomorrow".
    [InlineData("2026-11-23T11:20:00Z", 99, Refusal.TicketsEnded)]
    public void A_ticket_is_given_within_the_limits_of_its_day(string instant, int taken, Refusal? refusal) =>
        Assert.Equal(refusal, Refused(Usual, instant, taken));

    [Fact]
    public void A_service_closes_by_the_date_on_the_offices_wall()
    {
        Assert.Null(Refused(SmallOffice.Office, "2026-12-20T22:59:59Z"));
        Assert.Equal(Refusal.ServiceClosed, Refused(SmallOffice.Office, "2026-12-20T23:00:00Z"));
        Assert.Null(Refused(SmallOffice.Office, "2026-12-31T23:00:00Z"));
    }

    [Fact]
    public void Without_hours_cap_and_closed_days_there_is_always_a_ticket() =>
        Assert.Null(Refused(SmallOffice.Office, "2026-12-25T22:59:00Z", 100_000, SmallOffice.Area.Services[0]));
}
