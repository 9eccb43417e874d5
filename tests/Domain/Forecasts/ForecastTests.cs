using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;
using static Aufruf.Tests.Domain.Forecasts.SmallHall;

namespace Aufruf.Tests.Domain.Forecasts;

public class ForecastTests
{
    private static readonly CounterNow One = Counter("1", Passport, Certificate);
    private static readonly CounterNow Two = Counter("2", Passport, Certificate);

    [Fact]
    public void An_empty_hall_with_a_free_counter_is_called_at_once()
    {
        var wait = Hall(One, Two).Forecast().ForNew(Passport).Range;
        Assert.InRange(Assert.IsType<WaitRange>(wait).P90, 0, 2);
        Assert.Equal(new PromisedRange(0, 5), PromisedRange.Of(wait));
    }

    [Fact]
    public void Who_waits_waits_for_the_rest_of_the_visits_and_for_those_before()
    {
        var forecast = Hall(One.Serving(Passport, 4)).With(3, Passport).Forecast(Exactly(10, 5));
        Assert.InRange(forecast.Range(1).P50, 4.5, 7.5);
        Assert.InRange(forecast.Range(3).P50, 23, 29);
    }

    [Fact]
    public void The_service_of_those_before_counts()
    {
        var behindPassports = Hall(One).With(4, Passport).With(1, Passport).Forecast(Exactly(10, 5));
        var behindCertificates = Hall(One).With(4, Certificate).With(1, Passport).Forecast(Exactly(10, 5));
        Assert.InRange(behindPassports.Range(5).P50 / behindCertificates.Range(5).P50, 1.7, 2.3);
    }

    [Fact]
    public void The_range_widens_with_the_place_in_the_queue()
    {
        var forecast = Hall(One.Serving(Passport, 1), Two.Serving(Passport, 1)).With(20, Passport).Forecast();
        var widths = Enumerable.Range(1, 20).Select(n => forecast.Range(n).P90 - forecast.Range(n).P10).ToArray();
        Assert.True(widths[19] > widths[4] && widths[4] > widths[0]);
        Assert.True(forecast.Range(20).P50 > forecast.Range(5).P50);
    }

    [Fact]
    public void Unknown_when_no_open_counter_serves_it()
    {
        var forecast = Hall(Counter("1", Passport), Counter("2", Certificate).Away(null)).With(1, Certificate).Forecast();
        Assert.Equal(Unknown.NoCounter, forecast.Tickets[Ticket(1)].Unknown);
        Assert.Equal(Unknown.NoCounter, forecast.ForNew(Certificate).Unknown);
        Assert.Null(forecast.ChanceToFinishBy(Certificate, Ten.AddHours(3)));
        Assert.NotNull(forecast.ForNew(Passport).Range);
    }

    [Fact]
    public void Unknown_when_nothing_is_known_of_any_service() =>
        Assert.Equal(Unknown.TooLittleKnown, Hall(One).With(1, Passport).Forecast(new ServiceTimes()).Tickets[Ticket(1)].Unknown);

    [Fact]
    public void A_pause_with_a_known_end_is_waited_for() =>
        Assert.InRange(Hall(One.Away(20)).With(1, Passport).Forecast().Range(1).P50, 20, 22);

    [Fact]
    public void A_counter_that_left_for_an_unknown_while_comes_back_as_it_usually_does()
    {
        var times = DayOne;
        for (var day = 0; day < 10; day++)
        {
            times = times.PauseBegan(Ten).PauseOver(Ten, TimeSpan.FromMinutes(30), Ten);
        }

        Assert.InRange(Hall(One.Away(null)).With(1, Passport).Forecast(times).Range(1).P50, 15, 40);
    }

    [Fact]
    public void A_visit_that_is_finished_before_a_planned_pause_is_followed_by_it()
    {
        var lunch = One.Serving(Passport, 5) with { Absences = [new(Ten.AddMinutes(1), Ten.AddMinutes(46))] };
        Assert.InRange(Hall(lunch).With(1, Passport).Forecast(Exactly(10, 5)).Range(1).P50, 46, 48);
    }

    [Fact]
    public void Same_seed_same_forecast()
    {
        var hall = Hall(One.Serving(Passport, 3), Two).With(25, Passport).With(5, Certificate);
        Assert.Equal(hall.Forecast().Tickets, hall.Forecast().Tickets);
        Assert.NotEqual(hall.Forecast().Tickets, Forecast.Of(hall, DayOne, Seed + 1).Tickets);
    }

    [Fact]
    public void A_tickets_forecast_does_not_jump_when_somebody_else_arrives_behind()
    {
        var hall = Hall(One.Serving(Passport, 3), Two.Serving(Certificate, 1)).With(20, Passport);
        var (before, after) = (hall.Forecast(), hall.With(1, Certificate).Forecast());
        Assert.All(hall.Waiting, w => Assert.Equal(before.Tickets[w.Candidate.Ticket], after.Tickets[w.Candidate.Ticket]));
    }

    [Fact]
    public void A_new_ticket_waits_as_long_as_the_same_ticket_once_it_is_taken()
    {
        var hall = Hall(One.Serving(Passport, 3), Counter("2", Certificate).Serving(Certificate, 1)).With(8, Passport).With(6, Certificate);
        var asked = hall.Forecast();
        var taken = (hall with { Waiting = [.. hall.Waiting, Waits(15, Passport, 0)] }).Forecast();
        Assert.Equal(asked.ForNew(Passport), taken.Tickets[Ticket(15)]);
        Assert.True(asked.ForNew(Certificate).Range?.P50 < asked.ForNew(Passport).Range?.P50);
    }

    [Fact]
    public void A_due_appointment_is_called_before_a_walk_in_as_the_policy_says()
    {
        var hall = Hall(One) with { Rules = AreaRules.Default };
        var walkIns = hall.With(5, Passport);
        var due = (walkIns with { Waiting = [.. walkIns.Waiting, Waits(6, Passport, 2, WaitingClass.Appointment)] }).Forecast();
        Assert.True(due.Range(6).P50 < due.Range(1).P50);
    }

    [Fact]
    public void Appointments_that_will_come_take_their_time()
    {
        var hall = Hall(One.Serving(Passport, 1)).With(6, Passport) with
        {
            Rules = AreaRules.Default with { Policy = PolicyKind.AppointmentsFirst }
        };
        var booked = hall with
        {
            Expected = [.. Enumerable.Range(0, 3)
            .Select(i => new ExpectedAppointment(new Guid(i, 1, 1, new byte[8]), Passport, Ten.AddMinutes(5), 1))]
        };
        Assert.InRange(booked.Forecast(Exactly(10, 5)).Range(6).P50 - hall.Forecast(Exactly(10, 5)).Range(6).P50, 24, 36);
    }

    [Fact]
    public void A_later_group_is_called_only_when_nobody_of_the_first_waits()
    {
        var counter = new CounterNow(new("1"), [[Passport], [Certificate]]);
        var hall = Hall(counter).With(1, Certificate).With(4, Passport);
        Assert.InRange(hall.Forecast(Exactly(10, 5)).Range(1).P50, 35, 46);
        var also = Hall(counter with { Also = [new AlsoCall(Certificate, 15)] }).With(4, Passport);
        var patient = also with { Waiting = [.. also.Waiting, Waits(5, Certificate, 10)] };
        Assert.InRange(patient.Forecast(Exactly(10, 5)).Range(5).P50, 8.5, 11.5);
    }

    [Fact]
    public void Who_was_sent_to_a_counter_waits_for_that_one()
    {
        var hall = Hall(One.Serving(Passport, 0), Two) with { Waiting = [Waits(1, Passport, 3) with { ForCounter = One.Id }] };
        Assert.InRange(hall.Forecast(Exactly(10, 5)).Range(1).P50, 8.5, 11.5);
    }

    [Fact]
    public void Who_is_held_back_is_not_called_before_the_time_or_the_turn()
    {
        var hall = Hall(One).With(4, Passport);
        var later = hall with { Waiting = [hall.Waiting[0] with { NotBefore = Ten.AddMinutes(12) }, .. hall.Waiting.Skip(1)] };
        Assert.InRange(later.Forecast(Exactly(10, 5)).Range(1).P50, 17, 23);
        var turn = hall with { Waiting = [hall.Waiting[0] with { NotBeforeCalls = 2 }, .. hall.Waiting.Skip(1)] };
        Assert.InRange(turn.Forecast(Exactly(10, 5)).Range(1).P50, 17, 23);
    }

    [Fact]
    public void Nobody_is_promised_a_call_after_closing()
    {
        var hall = Hall(One).With(30, Passport) with { ClosesAt = Ten.AddHours(2) };
        var forecast = hall.Forecast();
        Assert.NotNull(forecast.Tickets[Ticket(3)].Range);
        Assert.Equal(Unknown.AfterClosing, forecast.Tickets[Ticket(30)].Unknown);
        Assert.InRange(forecast.ChanceToFinishBy(Passport, Ten.AddHours(2)) ?? 1, 0, 0.5);
        Assert.InRange(Hall(One).Forecast().ChanceToFinishBy(Passport, Ten.AddHours(2)) ?? 0, 0.5, 1);
    }

    [Fact]
    public void A_visit_that_nobody_ends_makes_no_forecast_impossible()
    {
        var forecast = Hall(One.Serving(Passport, 400), Two).With(3, Passport).Forecast();
        Assert.All(Enumerable.Range(1, 3), n => Assert.True(double.IsFinite(forecast.Range(n).P90)));
    }
}
