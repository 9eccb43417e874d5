using Aufruf.Domain;
using Aufruf.Domain.Forecasts;

namespace Aufruf.Bench.Days;

/// <summary>Compares what was said with what came.</summary>
internal sealed class ForecastScore
{
    internal sealed record Said(ServiceId Service, WaitRange Simulated, WaitRange Range, double Classic, double Friendly, double Waited);

    private readonly List<Said> _all = [];

    public int Unknown { get; private set; }

    public IReadOnlyList<Said> All => _all;

    public void CountUnknown() => Unknown++;

    public void Add(Said said) => _all.Add(said);

    /// <summary>Mean absolute error of the middle value, in minutes.</summary>
    public double Error => _all.Average(s => Math.Abs(s.Range.P50 - s.Waited));

    public double ClassicError => _all.Average(s => Math.Abs(s.Classic - s.Waited));

    public double FriendlyError => _all.Average(s => Math.Abs(s.Friendly - s.Waited));

    public double Coverage => CoverageOf(_all);

    public static double CoverageOf(IReadOnlyCollection<Said> some) => some.Count(s => s.Waited >= s.Range.P10 && s.Waited <= s.Range.P90) / (double)some.Count;
}
