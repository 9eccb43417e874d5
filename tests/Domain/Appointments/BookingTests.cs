using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using static Aufruf.Domain.Appointments.CalendarCommand;
using static Aufruf.Tests.Domain.Appointments.BookingWeek;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>From the hold of a slot to the confirmed appointment.</summary>
public class BookingTests
{
    private static BookingWeek OneCounter => With("10:00-12:00");

    [Fact]
    public void A_held_slot_is_taken_and_a_lapsed_one_is_free_again()
    {
        var week = OneCounter.Hold(1, "10:00").Then("slot-held");
        week.Hold(2, "10:00").ThenRefused(Refusal.SlotTaken);
        week.Hold(3, "10:10").Then("slot-held");
        week.Later(20).ThenFree("10:00", 1).Hold(4, "10:00").Then("slot-held").ThenFree("10:00", 0);
    }

    [Fact]
    public void A_long_appointment_needs_every_minute_of_its_time()
    {
        var week = OneCounter.Hold(1, "10:30", minutes: 17);
        week.Hold(2, "10:10", minutes: 21).ThenRefused(Refusal.SlotTaken);
        week.Hold(3, "10:46").ThenRefused(Refusal.SlotTaken);
        week.Hold(4, "10:10", minutes: 20).Then("slot-held").Hold(5, "10:47").Then("slot-held");
        week.Hold(6, "11:55").ThenRefused(Refusal.SlotTaken); // It would end after the last piece.
        week.Hold(7, "09:55").ThenRefused(Refusal.SlotTaken);
    }

    [Fact]
    public void Neighbouring_pieces_are_one_time() =>
        With("10:00-11:00", "11:00-12:00").Hold(1, "10:50", minutes: 20).Then("slot-held");

    [Fact]
    public void Whichever_counter_is_free_serves_so_as_many_fit_as_there_are_counters()
    {
        var week = With("10:00-11:00", "10:00-12:00").Hold(1, "10:50").Hold(2, "10:50").Then("slot-held");
        week.Hold(3, "10:50").ThenRefused(Refusal.SlotTaken).Hold(4, "11:00").Then("slot-held");
        week.Hold(5, "11:00").ThenRefused(Refusal.SlotTaken);
    }

    [Fact]
    public void A_time_that_has_begun_or_is_not_on_a_minute_or_has_no_length_is_no_slot()
    {
        var week = With("08:00-12:00").Hold(1, "09:00").ThenRefused(Refusal.AppointmentOver);
        week.Hold(2, "08:30").ThenRefused(Refusal.AppointmentOver);
        week.Hold(3, "10:00", minutes: 0).ThenRefused(Refusal.NoSuchSlot);
        week.When(new Hold(For(4, "10:00") with { From = At("10:00").AddSeconds(30) })).ThenRefused(Refusal.NoSuchSlot);
    }

    [Fact]
    public void A_request_holds_one_slot_only() => OneCounter.Hold(1, "10:00").Hold(1, "11:00").ThenRefused(Refusal.RequestReused);

    [Fact]
    public void A_hold_is_extended_ten_times_and_no_longer()
    {
        var week = OneCounter.Hold(1, "11:50");
        for (var i = 0; i < 10; i++)
        {
            week.Later(1).When(new ExtendHold(Id(1), week.Time.AddMinutes(20))).Then("hold-extended");
            Assert.Equal(week.Time.AddMinutes(20), week[1].Until);
        }

        week.When(new ExtendHold(Id(1), week[1].Until)).Then(); // A double press.
        week.Later(1).When(new ExtendHold(Id(1), week.Time.AddMinutes(20))).ThenRefused(Refusal.HeldLongEnough);
        week.Preconfirm(1).Then("appointment-preconfirmed");
    }

    [Fact]
    public void A_lapsed_hold_goes_on_while_its_slot_is_free_and_its_time_has_not_come()
    {
        var week = OneCounter.Hold(1, "10:00").Hold(2, "10:10").Hold(3, "10:20").Later(25).Hold(4, "10:10");
        week.When(new ExtendHold(Id(1), week.Time.AddMinutes(20))).Then("hold-extended");
        week.When(new ExtendHold(Id(2), week.Time.AddMinutes(20))).ThenRefused(Refusal.HoldOver);
        week.Preconfirm(2).ThenRefused(Refusal.HoldOver);
        week.Preconfirm(3).Then("appointment-preconfirmed").ThenFree("10:20", 0);
        week.Later(40).When(new ExtendHold(Id(1), week.Time.AddMinutes(20))).ThenRefused(Refusal.HoldOver); // It is 10:05.
    }

    [Fact]
    public void An_extension_in_another_tab_after_the_booking_changes_nothing()
    {
        var week = OneCounter.Hold(1, "11:00").Preconfirm(1);
        week.When(new ExtendHold(Id(1), week.Time.AddMinutes(90))).Then();
        week.Confirm(1).When(new ExtendHold(Id(1), week.Time.AddMinutes(90))).Then();
        week.When(new ExtendHold(Id(9), week.Time.AddMinutes(90))).ThenRefused(Refusal.HoldOver);
    }

    [Fact]
    public void A_hold_that_is_given_up_frees_its_slot_at_once()
    {
        var week = OneCounter.Hold(1, "10:00").When(new GiveUp(Id(1))).Then("hold-ended").ThenState(1, null).ThenFree("10:00", 1);
        week.When(new GiveUp(Id(1))).Then();
        week.Book(2, "10:00").When(new GiveUp(Id(2))).Then().ThenState(2, AppointmentState.Confirmed);
    }

    [Fact]
    public void A_booking_is_held_preconfirmed_and_confirmed()
    {
        var week = OneCounter.Hold(1, "11:00").Later(15).Preconfirm(1).Then("appointment-preconfirmed").Later(50);
        week.ThenFree("11:00", 0).Confirm(1).Then("appointment-confirmed").ThenState(1, AppointmentState.Confirmed);
        Assert.Equal(("contact", "sealed"), (week[1].Contact, week[1].Citizen));
        week.Later(300).ThenFree("11:00", 0, Channel.Staff);
    }

    [Fact]
    public void The_button_of_the_mail_is_pressed_twice_and_long_after()
    {
        var week = OneCounter.Hold(1, "11:00").Preconfirm(1).Confirm(1);
        week.Confirm(1).Then().Later(100).Confirm(1).Then();
        week.CheckIn(1).Then("appointment-checked-in").Confirm(1).Then();
        week.Confirm(1, "guess").ThenRefused(Refusal.AppointmentGone);
    }

    [Fact]
    public void A_wrong_secret_confirms_nothing()
    {
        var week = OneCounter.Hold(1, "11:00").Confirm(1).ThenRefused(Refusal.AppointmentGone); // No mail was sent yet.
        week.Preconfirm(1).Confirm(1, "guess").ThenRefused(Refusal.AppointmentGone).ThenState(1, AppointmentState.Preconfirmed);
        week.Book(2, "11:10", channel: Channel.Staff).Confirm(2, "guess").ThenRefused(Refusal.AppointmentGone);
        week.Confirm(9).ThenRefused(Refusal.HoldOver);
    }

    [Fact]
    public void A_late_confirmation_is_good_while_the_slot_is_free()
    {
        var week = OneCounter.Hold(1, "11:00").Hold(2, "11:10").Preconfirm(1).Preconfirm(2, "another").Later(61).Hold(3, "11:10");
        week.Confirm(1).Then("appointment-confirmed").ThenFree("11:00", 0);
        week.Confirm(2).ThenRefused(Refusal.HoldOver).ThenState(2, AppointmentState.Preconfirmed);
        week.When(new GiveUp(Id(3))).Confirm(2).Then("appointment-confirmed");
    }

    [Fact]
    public void A_confirmation_after_the_appointment_has_begun_is_too_late() =>
        OneCounter.Hold(1, "10:00").Preconfirm(1).Later(60).Confirm(1).ThenRefused(Refusal.HoldOver);

    [Fact]
    public void Data_are_corrected_before_the_confirmation_and_at_most_three_mails_are_sent()
    {
        var week = OneCounter.Hold(1, "11:00").Preconfirm(1, "typo", "secret-1");
        week.Preconfirm(1, "right", "secret-2").Then("appointment-preconfirmed");
        week.Confirm(1, "secret-1").ThenRefused(Refusal.AppointmentGone); // The mail to the wrong address proves nothing.
        week.Preconfirm(1, "right", "secret-2").Then("appointment-preconfirmed");
        week.Preconfirm(1, "right", "secret-2").ThenRefused(Refusal.MailsSent);
        week.Confirm(1, "secret-2").Then("appointment-confirmed").Preconfirm(1, "late", "secret-3").Then();
        Assert.Equal("right", week[1].Contact);
        week.Cancel(1).Preconfirm(1).ThenRefused(Refusal.AppointmentGone);
        week.Preconfirm(9).ThenRefused(Refusal.HoldOver);
    }

    [Fact]
    public void Holds_that_are_long_over_are_forgotten()
    {
        var week = With("13:00-14:00").Hold(1, "13:00").Hold(2, "13:10").Preconfirm(2);
        week.Later(140).Hold(3, "13:30").Then("hold-ended", "slot-held").ThenState(1, null).ThenState(2, AppointmentState.Preconfirmed);
        week.Later(40).Book(4, "13:40").Then("hold-ended", "slot-held", "appointment-confirmed").ThenState(2, null);
        week.Confirm(2).ThenRefused(Refusal.HoldOver);
    }

    [Fact]
    public void Staff_book_the_whole_capacity_but_never_more()
    {
        var week = With("13:00-14:00", "13:00-14:00 from 12:00").ThenFree("13:00", 1).ThenFree("13:00", 2, Channel.Staff);
        week.Book(1, "13:00", channel: Channel.Staff).Then("slot-held", "appointment-confirmed");
        // A clerk takes of the time that the public cannot book yet.
        week.ThenFree("13:00", 1).Book(2, "13:00", channel: Channel.Staff).ThenFree("13:00", 0);
        week.Book(3, "13:00", channel: Channel.Staff).ThenRefused(Refusal.SlotTaken);
        week.Hold(4, "13:00").ThenRefused(Refusal.SlotTaken);
    }
}
