using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using CsCheck;
using static Aufruf.Tests.Domain.Forecasts.SmallHall;

namespace Aufruf.Tests.Domain.Forecasts;

public class CalibrationTests
{
    private static readonly WaitRange Simulated = new(12, 15, 18);

    [Fact]
    public void Without_experience_the_simulation_is_believed() => Assert.Equal(Simulated, Calibration.None.Adjust(Passport, Simulated));

    [Fact]
    public void Four_in_five_end_within_the_range_though_the_world_is_biased_and_wider() =>
        Gen.Select(Gen.Double[0.5, 2.5], Gen.Double[0.1, 0.6], Gen.Int[1, 10_000]).Sample((factor, deviation, seed) =>
            Assert.InRange(Covered(seed, 1000, 2000, _ => (factor, deviation)), 0.76, 0.84), iter: 40);

    [Fact]
    public void Four_in_five_end_within_the_range_though_the_world_changes() =>
        Assert.InRange(Covered(7, 1000, 4000, i => i / 1000 % 2 == 0 ? (1, 0.2) : (1.8, 0.4)), 0.76, 0.84);

    [Fact]
    public void A_service_with_a_bias_of_its_own_gets_a_correction_of_its_own()
    {
        var calibration = Calibration.None;
        for (var i = 0; i < 600; i++)
        {
            calibration = calibration.Learn(Passport, calibration.Adjust(Passport, Simulated), 30 + (i % 10) - 5);
            calibration = calibration.Learn(Certificate, calibration.Adjust(Certificate, Simulated), 15 + (i % 10) - 5);
        }

        Assert.InRange(calibration.Adjust(Passport, Simulated).P50, 26, 34);
        Assert.InRange(calibration.Adjust(Certificate, Simulated).P50, 13, 17);
    }

    [Fact]
    public void A_range_stays_a_range_whatever_was_learned() =>
        Gen.Select(Gen.Double[0, 500].Array[0, 200], Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0, 100]).Sample((outcomes, a, b, c) =>
        {
            var calibration = outcomes.Aggregate(Calibration.None, (known, minutes) => known.Learn(Passport, known.Adjust(Passport, Simulated), minutes));
            var range = calibration.Adjust(Passport, new WaitRange(a, a + b, a + b + c));
            Assert.True(range.P10 >= 0 && range.P10 <= range.P50 && range.P50 <= range.P90 && double.IsFinite(range.P90));
        });

    [Fact]
    public void Corrections_survive_being_written_and_read_again()
    {
        var calibration = Calibration.None.Learn(Passport, Simulated, 40);
        var again = JsonSerializer.Deserialize<Calibration>(JsonSerializer.Serialize(calibration, DomainJson.Options), DomainJson.Options);
        Assert.Equal(calibration.Adjust(Passport, Simulated), again?.Adjust(Passport, Simulated));
    }

    private static double Covered(int seed, int warm, int counted, Func<int, (double Factor, double Deviation)> world)
    {
        var (random, calibration, covered) = (new Random(seed), Calibration.None, 0);
        for (var i = 0; i < warm + counted; i++)
        {
            var (factor, deviation) = world(i);
            var bell = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var (given, minutes) = (calibration.Adjust(Passport, Simulated), 15 * factor * Math.Exp(deviation * bell));
            covered += i >= warm && minutes >= given.P10 && minutes <= given.P90 ? 1 : 0;
            calibration = calibration.Learn(Passport, given, minutes);
        }

        return covered / (double)counted;
    }
}
