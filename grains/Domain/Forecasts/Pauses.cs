using System.Text.Json.Serialization;

namespace Aufruf.Domain.Forecasts;

/// <summary>How often counters go on pause though nobody planned it, how long for, and whether they come back.</summary>
/// <param name="Starts">Pauses that began, by hour of the day.</param>
/// <param name="BusyHours">Hours that counters served, by hour of the day: the chances to go on pause.</param>
/// <param name="Final">Pauses that lasted until the day's end, by the hour in which they began.</param>
/// <param name="Lengths">Of pauses that ended, in minutes.</param>
public sealed record Pauses(IReadOnlyList<double> Starts, IReadOnlyList<double> BusyHours, IReadOnlyList<double> Final, Spread Lengths)
{
    private const double Enough = 3;            // Pauses seen before their length means anything.
    private const double PriorHours = 5;        // An hour of the day is believed like five hours of the whole day.
    private const double PriorPauses = 2;       // Its share of clerks who go home, like two pauses of the whole day.

    public static Pauses None { get; } = new(new double[24], new double[24], new double[24], Spread.Nothing);

    /// <summary>Whether a counter that left at an unknown time can be expected back at all.</summary>
    [JsonIgnore]
    public bool Known => Lengths.Total >= Enough;

    /// <summary>Pauses that begin per hour of service, for each hour of the day.</summary>
    public double[] Rates()
    {
        // The first pauses of a new office are not yet a habit: ten quiet hours stand against them.
        var usual = Starts.Sum() / (BusyHours.Sum() + 10);
        return Starts.Zip(BusyHours, (starts, hours) => (starts + (PriorHours * usual)) / (hours + PriorHours)).ToArray();
    }

    /// <summary>Probability 0..1 that a pause which has just begun ends the same day, for each hour of the day.</summary>
    public double[] Returns()
    {
        var home = (Final.Sum() + 1) / (Starts.Sum() + 2);
        return Starts.Zip(Final, (starts, final) => 1 - Math.Min(1, (final + (PriorPauses * home)) / (starts + PriorPauses))).ToArray();
    }

    internal Pauses Began(DateTimeOffset at) => this with { Starts = Add(Starts, at.Hour, 1) };

    internal Pauses Over(DateTimeOffset began, TimeSpan? length) => length is { } took
        ? this with { Lengths = Lengths.With(took.TotalMinutes) }
        : this with { Final = Add(Final, began.Hour, 1) };

    internal Pauses Served(DateTimeOffset at, TimeSpan occupied) => this with { BusyHours = Add(BusyHours, at.Hour, occupied.TotalHours) };

    internal Pauses Faded(double left) => new(Times(Starts, left), Times(BusyHours, left), Times(Final, left), Lengths.Faded(left));

    private static double[] Times(IReadOnlyList<double> hours, double factor) => hours.Select(h => h * factor).ToArray();

    private static double[] Add(IReadOnlyList<double> hours, int hour, double more)
    {
        var changed = hours.ToArray();
        changed[hour] += more;
        return changed;
    }
}
