using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Bench.Days;

/// <summary>A hall that forecasts: learns from what it sees on each day, says how long it takes, and hears what came of it.</summary>
internal sealed class Forecaster(OfficeModel model, AreaRules rules, int seed)
{
    private static readonly DateOnly FirstDay = new(2026, 9, 7); // A Monday.

    private sealed record Told(Person Person, double At, WaitRange Simulated, WaitRange Adjusted, double Classic, double Friendly);

    private readonly Dictionary<Person, List<Told>> _open = [];
    private readonly Chances _sample = new(seed);
    private int _days;

    public ServiceTimes Times { get; private set; } = model.DayOne;

    public Calibration Calibration { get; private set; } = Calibration.None;

    /// <summary>Lives one day.</summary>
    /// <param name="meanMinutes">For the classic formula: the true mean time that a visit occupies a counter.</param>
    /// <param name="score">Null on days that only teach.</param>
    public void Live(GeneratedDay day, double meanMinutes, ForecastScore? score)
    {
        _open.Clear();
        var runner = new DayRunner(day, rules, FirstDay.AddDays((_days / 5 * 7) + (_days++ % 5)));
        runner.Seen += seen => Times = Times.Learn(seen);
        runner.CheckedIn += person => Tell(person);
        runner.Called += person =>
        {
            Hear(person);
            // Later forecasts too: somebody who still waits looks at the phone.
            if (runner.Waiting.Count > 0 && _sample.Below(0.3))
            {
                Tell(runner.Waiting[_sample.Index(runner.Waiting.Count)]);
            }
        };
        runner.Run();

        void Tell(Person person)
        {
            var said = Forecast.Of(runner.Situation, Times, (ulong)day.Seed).Tickets[person.Ticket];
            if (said.Range is not { } range)
            {
                score?.CountUnknown();
                return;
            }

            var before = runner.Waiting.Count(other => other != person && rules.Next([runner.CandidateOf(other), runner.CandidateOf(person)], runner.Clock(runner.Now)).Ticket == other.Ticket);
            var perPlace = meanMinutes / Math.Max(1, runner.OpenCounters);
            if (!_open.TryGetValue(person, out var open))
            {
                _open[person] = open = [];
            }

            open.Add(new(person, runner.Now, range, Calibration.Adjust(person.Service, range), (before + 1) * perPlace, before * perPlace));
        }

        void Hear(Person person)
        {
            if (!_open.Remove(person, out var told))
            {
                return;
            }

            foreach (var one in told)
            {
                var waited = runner.Now - one.At;
                Calibration = Calibration.Learn(person.Service, one.Adjusted, waited);
                score?.Add(new(person.Service, one.Simulated, one.Adjusted, one.Classic, one.Friendly, waited));
            }
        }
    }
}
