using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using static Aufruf.Domain.Appointments.CalendarCommand;
using static Aufruf.Tests.Domain.Appointments.BookingWeek;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>Cancelled and moved appointments, the slots that return, and capacity that goes away.</summary>
public class CancellingTests
{
    private static BookingWeek OneCounter => With("10:00-12:00");

    [Fact]
    public void A_cancelled_slot_returns_to_wishes_and_staff_at_once_and_to_the_public_later()
    {
        var week = OneCounter.Book(1, "11:00").Cancel(1, publicAfter: 30).Then("appointment-cancelled");
        week.ThenState(1, AppointmentState.Cancelled);
        week.ThenFree("11:00", 0).ThenFree("11:00", 1, Channel.Wish).ThenFree("11:00", 1, Channel.Staff);
        week.Hold(2, "11:00").ThenRefused(Refusal.SlotTaken);
        Assert.Equal(week.Time.AddMinutes(30), week.Week.NextChange(Channel.Public, week.Time));
        week.Later(29).ThenFree("11:00", 0).Later(1).ThenFree("11:00", 1).Hold(3, "11:00").Then("slot-held");
    }

    [Fact]
    public void A_wish_takes_the_returning_slot_and_the_public_never_sees_it() =>
        OneCounter.Book(1, "11:00").Cancel(1).Book(2, "11:00", channel: Channel.Wish).Then("slot-held", "appointment-confirmed")
            .Later(60).ThenFree("11:00", 0);

    [Fact]
    public void A_clerks_appointment_that_is_cancelled_hides_nothing_that_was_free()
    {
        var week = With("11:00-12:00", "11:00-12:00 from 10:30").Book(1, "11:00", channel: Channel.Staff).ThenFree("11:00", 1);
        week.Cancel(1).ThenFree("11:00", 1).Book(2, "11:00").ThenFree("11:00", 0);
    }

    [Fact]
    public void An_appointment_is_cancelled_once_and_before_it_begins()
    {
        var week = OneCounter.Book(1, "10:00").Book(2, "11:00").Cancel(2).Cancel(2).Then();
        week.Later(60).Cancel(1).ThenRefused(Refusal.AppointmentOver);
        week.Cancel(9).ThenRefused(Refusal.AppointmentGone);
    }

    [Fact]
    public void A_citizen_who_is_here_cannot_cancel() =>
        OneCounter.Book(1, "10:00").Later(45).CheckIn(1).Cancel(1).ThenRefused(Refusal.AlreadyCheckedIn);

    [Fact]
    public void A_hold_that_is_cancelled_just_ends_and_a_lapsed_one_is_gone()
    {
        var week = OneCounter.Hold(1, "11:00").Cancel(1).Then("hold-ended").ThenFree("11:00", 1);
        week.Hold(2, "11:00").Preconfirm(2).Cancel(2).Then("appointment-cancelled");
        week.Hold(3, "11:30").Later(20).Cancel(3).ThenRefused(Refusal.AppointmentGone);
    }

    [Fact]
    public void A_moved_appointment_frees_its_slot_when_the_other_week_has_booked()
    {
        var there = new AppointmentRef(Key with { Monday = Key.Monday.AddDays(7) }, Id(7));
        var week = OneCounter.Book(1, "11:00").When(new MoveAway(Id(1), there, At("09:30"))).Then("appointment-moved");
        Assert.Equal((AppointmentState.Moved, there), (week[1].State, week[1].MovedTo));
        week.ThenFree("11:00", 0).ThenFree("11:00", 1, Channel.Wish).When(new MoveAway(Id(1), there, At("09:40"))).Then();
        // Two tabs have moved it: the second replacement has to end.
        week.When(new MoveAway(Id(1), there with { Id = Id(8) }, At("09:40"))).ThenRefused(Refusal.AppointmentGone);
        week.Cancel(1).ThenRefused(Refusal.AppointmentGone).CheckIn(1).ThenRefused(Refusal.AppointmentGone);
    }

    [Fact]
    public void An_appointment_whose_mail_address_was_changed_beside_its_move_stays_until_the_move_knows_the_new_one()
    {
        var (week, move) = (OneCounter.Book(1, "11:00"), Moved(1, 2, "11:30"));
        week.When(new MoveAway(Id(1), new(Key, Id(7)), week.Time) { CopiedSeal = 1 }).ThenRefused(Refusal.AppointmentGone);
        week.When(move with { Appointment = move.Appointment with { CopiedSeal = 1 } }).ThenRefused(Refusal.AppointmentGone);
        week.When(new MoveAway(Id(1), new(Key, Id(7)), week.Time) { CopiedSeal = 0 }).Then("appointment-moved");
    }

    [Fact]
    public void An_appointment_that_was_cancelled_or_checked_in_meanwhile_is_not_moved_away()
    {
        var week = OneCounter.Book(1, "10:00").Book(2, "11:20").Cancel(2).Later(45).CheckIn(1);
        week.When(new MoveAway(Id(1), new(Key, Id(7)), week.Time)).ThenRefused(Refusal.AlreadyCheckedIn);
        week.When(new MoveAway(Id(2), new(Key, Id(7)), week.Time)).ThenRefused(Refusal.AppointmentGone);
        week.When(new MoveAway(Id(9), new(Key, Id(7)), week.Time)).ThenRefused(Refusal.AppointmentGone);
    }

    [Fact]
    public void Within_one_week_an_appointment_moves_in_one_step_also_by_ten_minutes()
    {
        var week = OneCounter.Book(1, "10:30", minutes: 30).When(Moved(1, 2, "10:40"));
        week.Then("slot-held", "appointment-confirmed", "appointment-moved");
        Assert.Equal((AppointmentState.Moved, new AppointmentRef(Key, Id(2))), (week[1].State, week[1].MovedTo));
        Assert.Equal((Id(1), 1), (week[2].Origin, week[2].Sequence));
        week.ThenFree("10:30", 0).ThenFree("10:30", 1, Channel.Staff).ThenFree("11:00", 0);
        week.When(new MoveAway(Id(1), new(Key, Id(2)), week.Time)).Then();
        // The code shows the later one.
        Assert.Equal(Id(2), week.Week.ByCode("code-1")?.Id);
    }

    [Fact]
    public void A_slot_that_is_taken_moves_nothing()
    {
        var week = OneCounter.Book(1, "10:30").Book(2, "11:00").When(Moved(1, 3, "11:00")).ThenRefused(Refusal.SlotTaken);
        week.ThenState(1, AppointmentState.Confirmed).Cancel(1).When(Moved(1, 4, "11:10")).ThenRefused(Refusal.AppointmentGone);
        week.Later(90).CheckIn(2).When(Moved(2, 5, "11:30")).ThenRefused(Refusal.AlreadyCheckedIn);
    }

    [Fact]
    public void An_older_configuration_changes_nothing() =>
        OneCounter.When(Plan(3, "10:00-11:00")).Then("week-planned").When(Plan(2, "10:00-12:00")).Then().When(Plan(3, "10:00-12:00")).Then()
            .ThenFree("11:00", 0);

    [Fact]
    public void A_closure_keeps_the_bookings_and_names_them_and_nothing_more_is_booked_there()
    {
        var week = With("10:00-12:00", "10:00-12:00").Book(1, "11:00").Book(2, "11:00").Book(3, "10:00").Book(4, "11:30");
        Assert.Empty(week.Week.Excess(week.Time));
        week.When(Plan(2, "10:00-12:00"));
        Assert.Equal([Id(1), Id(2)], week.Week.Excess(week.Time).Select(a => a.Id).OrderBy(id => id.Value.ToString()[..8]));
        week.ThenFree("11:00", -1).Book(5, "11:00", channel: Channel.Staff).ThenRefused(Refusal.SlotTaken);
        week.When(Plan(3)); // The office is closed.
        Assert.Equal([Id(3), Id(4)], week.Week.Excess(week.Time).Select(a => a.Id).Where(id => id == Id(3) || id == Id(4)));
        Assert.Equal(4, week.Week.Excess(week.Time).Count());
        // An appointment that has begun is not moved any more.
        Assert.Equal(3, week.Later(60).Week.Excess(week.Time).Count());
        week.Cancel(1).Cancel(2).Cancel(4);
        Assert.Empty(week.Week.Excess(week.Time));
    }

    private static Book Moved(int before, int after, string at) => new(For(after, at, before == 1 ? 30 : 10) with
    {
        Replaces = new(Key, Id(before)),
        Origin = Id(before),
        Sequence = 1,
        CodeHash = $"code-{before}",
    }, At("09:30"));
}
