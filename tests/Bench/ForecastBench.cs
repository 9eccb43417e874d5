using Aufruf.Bench.Days;
using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Bench;

/// <summary>How honest the forecast is: learns some weeks, then is measured on days it has never seen.</summary>
/// <remarks>
/// Constants in Forecasts, and how busy and how specialised the office is, were chosen on seeds 1 and 2 only; nothing was changed for the sake of the seeds
/// measured here. The ratio depends on the office more than on us: see the pooled one. Each measured seed is another office life:
/// 20 days that teach, then 10 that count (and go on teaching, as in a real hall). A forecast is made for every ticket when it is taken, and after three calls in
/// ten for somebody who still waits. The classic formula is the peers': place x mean / counters. It gets the true mean time that a visit of these days keeps a
/// counter, the counters that are open at that moment, and the place by the true policy. Three worlds: the office; the office with all counters calling
/// everything, where the classic formula is at its best; and the office whose visits take twice as long from noon on, when two more clerks go home.
/// Who is unknown is left out of errors and coverage, and counted.
/// </remarks>
internal static class ForecastBench
{
    private static readonly int[] MeasuredSeeds = [101, 102, 103, 104, 105];
    private const int LearningDays = 20;
    private const int MeasuredDays = 10;

    public static int Run(string[] args)
    {
        var seeds = args is [var list, ..] ? list.Split(',').Select(int.Parse).ToArray() : MeasuredSeeds;
        Report("forecast", seeds, new OfficeModel());
        Report("forecast.pooled", seeds, new OfficeModel { Pooled = true });
        Report("forecast.shifted", seeds, new OfficeModel { FactorFromNoon = 2, LeaveAtNoon = 2 });
        Figures.Print("forecast.time.30", Time(30), "ms");
        Figures.Print("forecast.time.2000", Time(2000), "ms");
        return 0;
    }

    private static void Report(string name, int[] seeds, OfficeModel measured)
    {
        var scores = seeds.Select(seed => Score(seed, measured)).ToArray();
        var all = new ForecastScore();
        foreach (var said in scores.SelectMany(s => s.All))
        {
            all.Add(said);
        }

        Figures.Print($"{name}.mae_ratio", all.Error / all.ClassicError, "x");
        Figures.Print($"{name}.mae_ratio_worst_seed", scores.Max(s => s.Error / s.ClassicError), "x");
        Figures.Print($"{name}.mae_ratio_without_own_place", all.Error / all.FriendlyError, "x");
        Figures.Print($"{name}.mae", all.Error, "min");
        Figures.Print($"{name}.mae_uncalibrated", all.All.Average(s => Math.Abs(s.Simulated.P50 - s.Waited)), "min");
        Figures.Print($"{name}.mae_classic", all.ClassicError, "min");
        Figures.Print($"{name}.wait_mean", all.All.Average(s => s.Waited), "min");
        Figures.Print($"{name}.width_mean", all.All.Average(s => s.Range.P90 - s.Range.P10), "min");
        Figures.Print($"{name}.coverage", all.Coverage, "x");
        Figures.Print($"{name}.coverage_lowest_seed", scores.Min(s => s.Coverage), "x");
        Figures.Print($"{name}.coverage_highest_seed", scores.Max(s => s.Coverage), "x");
        Figures.Print($"{name}.coverage_uncalibrated", all.All.Count(s => s.Waited >= s.Simulated.P10 && s.Waited <= s.Simulated.P90) / (double)all.All.Count, "x");
        Figures.Print($"{name}.late", all.All.Count(s => s.Waited > s.Range.P90) / (double)all.All.Count, "x");
        foreach (var service in all.All.GroupBy(s => s.Service).OrderBy(g => g.Key.Value, StringComparer.Ordinal))
        {
            Figures.Print($"{name}.coverage.{service.Key}", ForecastScore.CoverageOf([.. service]), "x");
        }

        Figures.Print($"{name}.unknown", scores.Sum(s => s.Unknown) / (double)(all.All.Count + scores.Sum(s => s.Unknown)), "x");
        Figures.Print($"{name}.forecasts", all.All.Count, "x");
    }

    private static ForecastScore Score(int seed, OfficeModel measured)
    {
        var (usual, score) = (measured with { FactorFromNoon = 1, LeaveAtNoon = 0 }, new ForecastScore());
        var hall = new Forecaster(usual, AreaRules.Default, seed);
        var (mean, measuredMean) = (MeanOf(usual, seed), MeanOf(measured, seed));
        for (var day = 0; day < LearningDays + MeasuredDays; day++)
        {
            var counts = day >= LearningDays;
            hall.Live((counts ? measured : usual).Day((seed * 1000) + day), counts ? measuredMean : mean, counts ? score : null);
        }

        return score;
    }

    /// <summary>True mean of what a visit occupies.</summary>
    private static double MeanOf(OfficeModel model, int seed) => Enumerable.Range(0, LearningDays).SelectMany(d => model.Day((seed * 1000) + d).People)
        .Where(p => p.Comes is not null).Average(p => p.Occupies * (p.Due >= 240 ? model.FactorFromNoon : 1));

    /// <summary>Milliseconds of processor time (others may use the machine) for one forecast of everybody who waits and of a new ticket for each service.</summary>
    private static double Time(int waiting)
    {
        var model = new OfficeModel();
        var now = new DateTimeOffset(2026, 9, 7, 9, 0, 0, TimeSpan.FromHours(2));
        var chances = new Chances(waiting);
        var services = OfficeModel.Services;
        var situation = new Situation(now, AreaRules.Default,
            model.Counters.Select((c, i) => new CounterNow(c.Id, c.Groups) { Visit = new(new TicketId(chances.Id()), c.Groups[0][0], now.AddMinutes(-i)) }).ToArray(),
            Enumerable.Range(0, waiting).Select(i => new WaitingNow(new Candidate(
                new TicketId(chances.Id()), services[i % services.Count].Service.Id, i % 8 == 0 ? WaitingClass.Appointment : WaitingClass.WalkIn, now.AddMinutes(-30.0 * (waiting - i) / waiting), i))).ToArray())
        {
            Expected = Enumerable.Range(0, 40).Select(i => new ExpectedAppointment(chances.Id(), services[i % services.Count].Service.Id, now.AddMinutes(10 * i))).ToArray(),
        };
        var (times, rounds) = (model.DayOne, waiting > 1000 ? 50 : 1000);
        Repeat();
        var began = Environment.CpuUsage.TotalTime;
        Repeat();
        return (Environment.CpuUsage.TotalTime - began).TotalMilliseconds / rounds;

        void Repeat()
        {
            for (var i = 0; i < rounds; i++)
            {
                _ = Forecast.Of(situation, times, 1);
            }
        }
    }
}
