using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using static Aufruf.Tests.Domain.Appointments.BookingWeek;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>A closure over bookings: which are hit, and what is proposed for each.</summary>
public class PlanProposalTests
{
    private static readonly PlanId Plan = new(Guid.Parse("0193579a-51c0-7000-8000-00000000003a"));

    private static BookingWeek TwoCounters => With("10:00-12:00", "10:00-12:00");

    [Fact]
    public void A_closed_counter_is_not_booked_and_is_free_again_when_the_plan_is_withdrawn()
    {
        var week = TwoCounters.When(Close("10:00", "11:00", 1)).Then("counters-closed").ThenFree("10:00", 1).ThenFree("11:00", 2);
        week.When(Close("10:00", "11:00", 1)).Then(); // A second press.
        week.Book(1, "10:00").Book(2, "10:00").ThenRefused(Refusal.SlotTaken);
        week.When(new CalendarCommand.Reopen(Plan)).Then("counters-reopened").ThenFree("10:00", 1);
        week.When(new CalendarCommand.Reopen(Plan)).Then();
    }

    [Fact]
    public void No_more_counters_are_closed_than_there_are() =>
        With("10:00-11:00").When(Close("09:00", "12:00", 5)).ThenFree("10:00", 0).ThenFree("09:00", 0);

    [Fact]
    public void Of_two_bookings_and_one_counter_the_one_that_was_confirmed_first_stays_with_a_colleague()
    {
        var week = TwoCounters.Book(1, "10:00").Later(1).Book(2, "10:00").Book(3, "11:00").When(Close("10:00", "12:00", 1));
        Assert.Equal([(Id(1), true), (Id(2), false)], Hit(week));
        week.When(new CalendarCommand.Reopen(Plan));
        Assert.Empty(Hit(week));
    }

    [Fact]
    public void If_all_counters_are_closed_every_booking_at_that_time_must_go()
    {
        var week = TwoCounters.Book(1, "10:00").Book(2, "10:30").Book(3, "11:30").When(Close("10:00", "11:00", 2));
        Assert.Equal([(Id(1), false), (Id(2), false)], Hit(week));
    }

    [Fact]
    public void A_booking_goes_to_the_nearest_time_of_the_day_in_its_office_then_to_another_one_and_else_a_clerk_calls()
    {
        var booked = For(1, "10:00");
        var day = new DateOnly(2026, 11, 30);
        List<TakenTime> taken = [];
        FreeStart[] free =
        [
            new("a.annahaus", "a.annahaus.c", At("10:10"), day), new("a.rathaus", "a.rathaus.c", At("11:40"), day),
            new("a.rathaus", "a.rathaus.c", At("11:00"), day), new("a.rathaus", "a.rathaus.c", At("10:00"), day.AddDays(1)),
        ];
        PlanStep Next() => booked.Propose("a.rathaus", day, free, [], taken, hasMail: true, At("08:00"));
        Assert.Equal(("a.rathaus", At("11:00")), (Next() is var first ? first.Office : "", first.From));
        Assert.Equal(At("11:40"), Next().From);
        Assert.Equal("a.annahaus", Next().Office);
        Assert.Equal(PlanAction.Call, Next().Action); // No line gets a time that another line has.
        Assert.Equal(PlanAction.Call, booked.Propose("a.rathaus", day, free, free, [], hasMail: false, At("08:00")).Action);
    }

    [Fact]
    public void Without_a_time_on_the_day_three_are_offered_on_three_days_near_to_the_time_of_day_and_in_the_same_office_first()
    {
        var booked = For(1, "10:00");
        var day = new DateOnly(2026, 11, 30);
        FreeStart On(int days, string time, string office = "rathaus") =>
            new($"a.{office}", $"a.{office}.c", At(time).AddDays(days), day.AddDays(days));
        FreeStart[] later =
        [
            On(1, "08:00"), On(1, "09:50"), On(1, "10:00", "annahaus"), On(2, "10:00", "annahaus"), On(3, "11:00"), On(3, "14:00"),
            On(4, "10:10"), On(5, "10:00"),
        ];
        List<TakenTime> taken = [];
        PlanStep Next() => booked.Propose("a.rathaus", day, [], later, taken, hasMail: true, At("08:00").AddDays(-3));
        Assert.Equal([At("09:50").AddDays(1), At("11:00").AddDays(3), At("10:10").AddDays(4)], Next().Times.Select(time => time.From));
        // The next line gets others.
        Assert.Equal([At("08:00").AddDays(1), At("14:00").AddDays(3), At("10:00").AddDays(5)], Next().Times.Select(time => time.From));
        Assert.Equal(["a.annahaus", "a.annahaus"], Next().Times.Select(time => time.Office));
        Assert.Equal(PlanAction.Call, Next().Action);
    }

    [Fact]
    public void Nobody_is_asked_if_too_little_time_is_left_to_answer()
    {
        var (booked, day) = (For(1, "10:00"), new DateOnly(2026, 11, 30));
        FreeStart[] later = [new("a.rathaus", "a.rathaus.c", At("10:00").AddDays(1), day.AddDays(1))];
        Assert.Null(booked.Alternatives("a.rathaus", day, later, [], At("06:00"))); // Five hours before, less one to call.
        Assert.NotNull(booked.Alternatives("a.rathaus", day, later, [], At("05:00")));
        Assert.Equal(At("09:00"), PlanOffer.UntilOf(At("05:00"), booked.From, [At("10:00").AddDays(1)]));
        Assert.Equal(At("05:00").AddDays(-3), PlanOffer.UntilOf(At("05:00").AddDays(-5), booked.From, []));
    }

    [Fact]
    public void A_time_that_a_plan_offers_takes_room_is_nobodys_by_its_code_and_is_booked_by_its_answer_alone()
    {
        var offer = For(2, "10:30") with
        {
            Plan = new(Plan, 1),
            CodeHash = For(1, "10:00").CodeHash,
            SecretHash = "secret",
            Until = At("09:30"),
        };
        var week = With("10:00-12:00").Book(1, "10:00").When(new CalendarCommand.Hold(offer)).Then("slot-held").ThenFree("10:30", 0);
        Assert.Equal(Id(1), week.Week.ByCode(offer.CodeHash)?.Id);
        week.When(new CalendarCommand.Confirm(Id(2), "guess")).ThenRefused(Refusal.HoldOver);
        week.When(new CalendarCommand.Confirm(Id(2), "secret", new("now", "sealed now"))).Then("appointment-confirmed");
        Assert.Equal(("now", "sealed now"), (week[2].Contact, week[2].Citizen)); // The mail address may have changed since.
        week.When(new CalendarCommand.Confirm(Id(2), "secret", new("later", "sealed later"))).Then();
        Assert.Equal("now", week[2].Contact);
    }

    [Fact]
    public void A_citizens_own_confirmation_keeps_the_data_that_were_entered()
    {
        var week = With("10:00-12:00").Hold(1, "10:00").Preconfirm(1);
        week.When(new CalendarCommand.Confirm(Id(1), "secret", new("other", "other"))).Then("appointment-confirmed");
        Assert.Equal(("contact", "sealed"), (week[1].Contact, week[1].Citizen));
    }

    private static CalendarCommand.Close Close(string from, string to, int counters) =>
        new(Plan, [new(Plan, At(from), At(to), counters, "Erkrankung")]);

    private static IEnumerable<(AppointmentId, bool)> Hit(BookingWeek week) =>
        week.Week.Hit(week.Time).Select(hit => (hit.Booked.Id, hit.Stays));
}
