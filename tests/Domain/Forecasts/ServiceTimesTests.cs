using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using CsCheck;
using static Aufruf.Domain.Forecasts.Observation;
using static Aufruf.Tests.Domain.Forecasts.SmallHall;

namespace Aufruf.Tests.Domain.Forecasts;

public class ServiceTimesTests
{
    [Fact]
    public void On_day_one_the_usual_minutes_of_the_configuration_are_believed()
    {
        Assert.InRange(MedianOf(DayOne, Passport), 7, 10);
        Assert.InRange(MedianOf(DayOne, Certificate), 3.5, 5);
    }

    [Fact]
    public void What_is_seen_outweighs_the_configuration_within_a_day()
    {
        var times = DayOne.After(30, Passport, 20, Ten);
        Assert.InRange(MedianOf(times, Passport), 17, 23);
        Assert.InRange(MedianOf(times, Certificate), 3.5, 5);
    }

    [Fact]
    public void Learning_converges_to_any_usual_time() => Gen.Select(Gen.Double[1, 60], Gen.Double[0.2, 0.7], Gen.UInt[1, 1000]).Sample((median, deviation, seed) =>
    {
        var random = new Random((int)seed);
        var times = DayOne;
        for (var i = 0; i < 300; i++)
        {
            var bell = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            times = times.Learn(new VisitEnded(Passport, TimeSpan.FromMinutes(median * Math.Exp(deviation * bell)), Ten));
        }

        Assert.InRange(MedianOf(times, Passport) / median, 0.85, 1.18);
    }, iter: 50);

    [Fact]
    public void A_visit_that_nobody_ended_teaches_nothing()
    {
        var times = DayOne.After(30, Passport, 10, Ten);
        Assert.Equal(MedianOf(times, Passport), MedianOf(times.After(5, Passport, 600, Ten), Passport));
    }

    [Fact]
    public void Few_outliers_move_the_middle_little()
    {
        var times = DayOne.After(40, Passport, 10, Ten).After(2, Passport, 180, Ten);
        Assert.InRange(MedianOf(times, Passport), 9, 11);
        Assert.InRange(times.Pace.Log, -0.15, 0.2);
    }

    [Fact]
    public void A_slow_day_is_noticed_within_some_visits_whatever_their_service()
    {
        var usual = DayOne;
        for (var day = 0; day < 15; day++)
        {
            for (var visit = 0; visit < 12; visit++)
            {
                usual = usual.After(1, Passport, 10 * Vary(visit), Ten.AddDays(day)).After(1, Certificate, 5 * Vary(visit), Ten.AddDays(day));
            }
        }

        var slow = usual;
        for (var visit = 0; visit < 20; visit++)
        {
            slow = slow.After(1, Certificate, 10 * Vary(visit), Ten.AddDays(14));
        }

        var hall = Hall(Counter("1", Passport)).With(5, Passport);
        Assert.InRange(hall.Forecast(slow).Range(5).P50 / hall.Forecast(usual).Range(5).P50, 1.5, 2.4);
    }

    [Fact]
    public void What_was_seen_long_ago_counts_less_than_what_was_seen_last_week()
    {
        var times = DayOne.After(100, Passport, 10, Ten).After(50, Passport, 20, Ten.AddDays(70));
        Assert.InRange(MedianOf(times, Passport), 16, 23);
    }

    [Fact]
    public void A_service_not_seen_for_years_falls_back_to_the_configuration()
    {
        var times = DayOne.After(100, Passport, 60, Ten).Learn(new NextCalled(TimeSpan.FromSeconds(20), Ten.AddYears(3)));
        Assert.InRange(MedianOf(times, Passport), 7, 10);
    }

    [Fact]
    public void A_service_that_is_gone_is_forgotten_and_others_keep_their_experience()
    {
        var times = DayOne.After(30, Passport, 20, Ten).With([new(Passport, 'A', [], 10)]);
        Assert.InRange(MedianOf(times, Passport), 17, 23);
        Assert.DoesNotContain(Certificate, times.Services.Keys);
        Assert.Same(times.Services, times.After(1, Certificate, 5, Ten).Services);
    }

    [Fact]
    public void Booked_citizens_who_stay_away_are_expected_less()
    {
        var times = DayOne;
        for (var i = 0; i < 40; i++)
        {
            times = times.Learn(new AppointmentOver(Passport, Came: i % 2 == 0, Ten));
        }

        Assert.InRange(times.Services[Passport].Comes, 0.45, 0.65);
        Assert.InRange(times.Services[Certificate].Comes, 0.84, 0.86);
    }

    [Fact]
    public void Experience_survives_being_written_and_read_again()
    {
        var times = DayOne.After(30, Passport, 14, Ten).Learn(new PauseBegan(Ten)).Learn(new PauseOver(Ten, TimeSpan.FromMinutes(20), Ten)).Learn(new PauseOver(Ten, null, Ten));
        var again = JsonSerializer.Deserialize<ServiceTimes>(JsonSerializer.Serialize(times, DomainJson.Options), DomainJson.Options);
        var hall = Hall(Counter("1", Passport)).With(5, Passport);
        Assert.Equal(hall.Forecast(times).Tickets, hall.Forecast(again).Tickets);
    }

    [Fact]
    public void Experience_stays_as_large_however_much_is_seen() =>
        Assert.InRange(JsonSerializer.Serialize(DayOne.After(2000, Passport, 14, Ten), DomainJson.Options).Length, 0, 8000);

    private static double Vary(int visit) => 0.7 + (0.1 * (visit % 7));

    private static double MedianOf(ServiceTimes times, ServiceId service) => times.Services[service].Times.At(0.5);
}

internal static class Visits
{
    public static ServiceTimes After(this ServiceTimes times, int visits, ServiceId service, double minutes, DateTimeOffset at) =>
        Enumerable.Range(0, visits).Aggregate(times, (known, _) => known.Learn(new VisitEnded(service, TimeSpan.FromMinutes(minutes), at)));
}
