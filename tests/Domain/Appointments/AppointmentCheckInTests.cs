using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using static Aufruf.Domain.Appointments.CalendarCommand;
using static Aufruf.Tests.Domain.Appointments.BookingWeek;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>A booked citizen is here.</summary>
public class AppointmentCheckInTests
{
    private static BookingWeek Booked => With("10:00-12:00").Book(1, "11:00");

    [Theory]
    [InlineData(89, false)]
    [InlineData(90, true)]
    [InlineData(120, true)]
    [InlineData(130, true)] // Ten minutes late.
    public void Check_in_is_open_from_half_an_hour_before_to_ten_minutes_after(int minutes, bool isOpen)
    {
        var week = Booked.Later(minutes).CheckIn(1);
        Assert.Equal(isOpen ? null : Refusal.CheckInTooEarly, week.Decision.Refusal);
        Assert.Equal((isOpen ? AppointmentState.CheckedIn : AppointmentState.Confirmed, false), (week[1].State, week[1].IsLate));
    }

    [Fact]
    public void A_citizen_who_comes_later_becomes_a_walk_in_until_the_evening()
    {
        var week = Booked.Later(131).CheckIn(1).Then("appointment-checked-in");
        Assert.True(week[1].IsLate);
        Booked.Later((22 - 9) * 60).CheckIn(1).ThenRefused(Refusal.CheckInTooLate);
    }

    [Fact]
    public void Where_late_citizens_are_refused_the_time_is_over() => Booked.Later(131).When(new CheckIn(Id(1), QueueDay.Id(1), At("10:30"),
        At("11:10"), Closes: At("11:10"))).ThenRefused(Refusal.CheckInTooLate);

    [Fact]
    public void Yesterdays_code_is_refused() => Booked.Later(24 * 60).CheckIn(1).ThenRefused(Refusal.CheckInTooLate);

    [Fact]
    public void A_second_check_in_gives_no_second_ticket()
    {
        var week = Booked.Later(100).CheckIn(1, ticket: 1).CheckIn(1, ticket: 2).Then();
        Assert.Equal(QueueDay.Id(1), week[1].Ticket);
    }

    [Fact]
    public void A_check_in_by_mistake_is_undone_and_the_citizen_may_come_again()
    {
        var week = Booked.Later(131).CheckIn(1, ticket: 1).When(new UndoCheckIn(Id(1))).Then("appointment-check-in-undone");
        Assert.Equal((AppointmentState.Confirmed, null, false), (week[1].State, week[1].Ticket, week[1].IsLate));
        week.When(new UndoCheckIn(Id(1))).Then().CheckIn(1, ticket: 2);
        Assert.Equal(QueueDay.Id(2), week[1].Ticket);
    }

    [Fact]
    public void An_appointment_that_is_not_confirmed_or_not_there_any_more_is_not_checked_in()
    {
        var week = With("09:00-12:00").Hold(1, "09:10").CheckIn(1).ThenRefused(Refusal.NotConfirmed);
        week.Preconfirm(1).CheckIn(1).ThenRefused(Refusal.NotConfirmed).Confirm(1).CheckIn(1).Then("appointment-checked-in");
        week.Book(2, "09:20").Cancel(2).CheckIn(2).ThenRefused(Refusal.AppointmentGone);
        week.When(new UndoCheckIn(Id(2))).ThenRefused(Refusal.AppointmentGone);
        week.Hold(3, "09:30").Later(25).CheckIn(3).ThenRefused(Refusal.AppointmentGone); // It has lapsed.
    }

    [Fact]
    public void A_citizen_who_does_not_come_leaves_the_slot_taken() => Booked.Later(180).ThenFree("11:00", 0, Channel.Staff);
}
