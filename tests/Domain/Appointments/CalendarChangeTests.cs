using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;
using static Aufruf.Tests.Domain.Appointments.BookingWeek;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>A changed calendar over bookings: which no longer fit, and which were hit before.</summary>
public class CalendarChangeTests
{
    private static readonly Office TwoCounters = Having(new CalendarSpan(WallTime.At(10), WallTime.At(12), 2));

    [Fact]
    public void Bookings_that_no_longer_fit_are_named_in_order_and_those_that_did_not_fit_before_are_not()
    {
        (CalendarWeekKey, CalendarWeek)[] weeks =
            [(Key, With("10:00-12:00", "10:00-12:00").Book(1, "11:00").Later(1).Book(2, "11:00").Book(3, "10:00").Week)];
        var now = SmallOffice.Nine.AddMinutes(5);
        Assert.Empty(TwoCounters.NoLongerFit(weeks, now));
        var oneCounter = Having(new CalendarSpan(WallTime.At(10), WallTime.At(12), 1));
        Assert.Equal([Id(1), Id(2)], Ids(CalendarChange.HitBy(TwoCounters, oneCounter, weeks, now)));
        var closed = Having();
        Assert.Equal([Id(3), Id(1), Id(2)], Ids(CalendarChange.HitBy(TwoCounters, closed, weeks, now)));
        Assert.Equal([Id(3)], Ids(CalendarChange.HitBy(oneCounter, closed, weeks, now)));
        Assert.Empty(CalendarChange.HitBy(closed, oneCounter, weeks, now));
    }

    [Fact]
    public void Only_bookings_to_come_hold_a_calendar()
    {
        (CalendarWeekKey, CalendarWeek)[] weeks = [(Key, With("10:00-12:00").Book(1, "10:00").Book(2, "11:00").Week)];
        Assert.Equal([Id(1), Id(2)], Ids(CalendarChange.ToComeIn(Key.CalendarKey, weeks, SmallOffice.Nine)));
        Assert.Equal([Id(2)], Ids(CalendarChange.ToComeIn(Key.CalendarKey, weeks, At("10:30"))));
        Assert.Empty(CalendarChange.ToComeIn(Key.CalendarKey + "s", weeks, SmallOffice.Nine));
    }

    [Fact]
    public void Held_times_and_citizens_who_are_here_hold_a_calendar_too()
    {
        var week = With("10:00-12:00").Hold(1, "11:00");
        Assert.Equal([Id(1)], Ids(CalendarChange.ToComeIn(Key.CalendarKey, [(Key, week.Week)], week.Time)));
        Assert.Empty(CalendarChange.ToComeIn(Key.CalendarKey, [(Key, week.Week)], week.Time.AddMinutes(20))); // It has lapsed.
        week.Book(2, "10:00").Later(55).CheckIn(2);
        Assert.Equal([Id(2)], Ids(CalendarChange.ToComeIn(Key.CalendarKey, [(Key, week.Week)], At("10:05"))));
        Assert.Empty(CalendarChange.ToComeIn(Key.CalendarKey, [(Key, week.Week.Apply(
            new CalendarEvent.AppointmentCancelled(Id(2), CancelledBy.Staff, week.Time, week.Time)))], At("10:05")));
    }

    [Fact]
    public void Bookings_in_the_calendar_of_another_office_hold_the_office_where_they_take_place()
    {
        var shared = CalendarWeekKey.Of(SmallOffice.Office with { Id = "annahaus" }, "service", SmallOffice.Day);
        var week = With("10:00-12:00").Book(1, "10:00").When(new CalendarCommand.Book(For(2, "11:00") with { Office = "annahaus" })).Week;
        Assert.Equal([Id(1)], Ids(CalendarChange.ToComeAt(SmallOffice.Office, [(shared, week)], SmallOffice.Nine)));
        Assert.Empty(CalendarChange.ToComeAt(SmallOffice.Office, [(Key, week)], SmallOffice.Nine)); // Its own calendars are asked apart.
        Assert.Empty(CalendarChange.ToComeAt(SmallOffice.Office, [(shared, week)], At("10:10")));
    }

    private static Office Having(params CalendarSpan[] spans) => SmallOffice.Office with
    {
        Calendars =
        [
            new Calendar("service", new() { ["de"] = "Service" }, [new(SmallOffice.Passport, 10)], [])
            {
                Exceptions = [new(SmallOffice.Day, SmallOffice.Day, spans)],
            },
        ],
    };

    private static IEnumerable<AppointmentId> Ids(IEnumerable<BookedIn> hit) => hit.Select(booked => booked.Booked.Id);
}
