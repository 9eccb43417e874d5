using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using static Aufruf.Domain.Appointments.CalendarCommand;
using static Aufruf.Tests.Domain.Appointments.BookingWeek;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>A citizen changes the mail address of a booked appointment.</summary>
public class NewMailTests
{
    private static BookingWeek Booked
    {
        get
        {
            var week = With("10:00-12:00").Hold(1, "11:00").Preconfirm(1, "old", "first").Confirm(1, "first");
            Assert.Equal("old", week[1].Contact);
            return week;
        }
    }

    private static BookingWeek Ask(BookingWeek week, int number = 1, string contact = "new", int minutes = 60) =>
        week.When(new AskNewMail(Id(1), new(number, contact, "sealed mail", $"secret {number}", week.Time.AddMinutes(minutes))));

    private static BookingWeek Change(BookingWeek week, string secret = "secret 1") =>
        week.When(new ChangeMail(Id(1), secret, "sealed anew"));

    [Fact]
    public void The_present_address_stays_until_the_new_one_is_confirmed_and_then_the_former_data_are_named()
    {
        var week = Ask(Booked).Then("new-mail-asked");
        Assert.Equal(("old", "sealed", 0), (week[1].Contact, week[1].Citizen, week[1].Seal));
        Change(week).Then("mail-changed");
        Assert.Equal(("new", "sealed anew", 1), (week[1].Contact, week[1].Citizen, week[1].Seal));
        Assert.Equal(new FormerMail(0, "sealed", "old"), Assert.IsType<CalendarEvent.MailChanged>(
            Assert.Single(week.Decision.Events)).Former);
        Change(week).Then();
    }

    [Fact]
    public void A_wrong_secret_a_late_press_and_the_link_of_an_earlier_mail_change_nothing()
    {
        Change(Booked, "guess").ThenRefused(Refusal.NewMailOver);
        Change(Ask(Booked), "guess").ThenRefused(Refusal.NewMailOver);
        Change(Ask(Booked, minutes: 30).Later(30)).ThenRefused(Refusal.NewMailOver);
        var twice = Ask(Ask(Booked), number: 2, contact: "newer");
        Change(twice, "secret 1").ThenRefused(Refusal.NewMailOver);
        Change(twice, "secret 2").Then("mail-changed");
        Assert.Equal("newer", twice[1].Contact);
    }

    [Fact]
    public void Three_mails_ask_and_no_more()
    {
        var week = Ask(Ask(Ask(Booked), 2), 3).Then("new-mail-asked");
        Ask(week, 4).ThenRefused(Refusal.MailsSent);
        Ask(Booked, 2).ThenRefused(Refusal.MailsSent);
    }

    [Fact]
    public void Only_a_booked_appointment_whose_time_is_to_come_has_another_address()
    {
        Ask(With("10:00-12:00").Hold(1, "11:00")).ThenRefused(Refusal.AppointmentGone);
        Ask(Booked.Cancel(1)).ThenRefused(Refusal.AppointmentGone);
        Ask(Booked.Later(120)).ThenRefused(Refusal.AppointmentOver);
        Ask(Booked.Later(100).CheckIn(1)).ThenRefused(Refusal.MailNotNeeded);
        Change(Ask(Booked).Cancel(1)).ThenRefused(Refusal.AppointmentGone);
    }

    [Fact]
    public void Forgotten_data_take_the_address_that_waits_with_them()
    {
        var week = Ask(Booked).When(new Forget(Id(1)));
        Assert.Equal((null, null, null), (week[1].Citizen, week[1].Contact, week[1].NewMail));
    }
}
