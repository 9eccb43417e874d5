using System.Text.Json.Serialization;

namespace Aufruf.Domain.Forecasts;

/// <summary>How long something takes, as it was seen: weights of 48 classes from a second to a day, each a quarter longer than the one before.</summary>
/// <remarks>Bounded in size whatever is seen, and free to have any shape. Immutable; minutes throughout.</remarks>
public sealed class Spread
{
    private const int Classes = 48;
    private const double Shortest = 0.02; // Minutes.
    private static readonly double LogStep = Math.Log(2) / 3; // 48 classes: factor 65,536.
    private const int Steps = 256;

    private double[]? _quantiles;
    private (double Mean, double Deviation)? _logs;

    [JsonConstructor]
    public Spread(IReadOnlyList<double> weights) => Weights = weights.Count == Classes ? weights : throw new ArgumentException($"A spread has {Classes} classes.", nameof(weights));

    public static Spread Nothing { get; } = new(new double[Classes]);

    public IReadOnlyList<double> Weights { get; }

    /// <summary>How much was seen.</summary>
    [JsonIgnore]
    public double Total => Weights.Sum();

    /// <summary>A log-normal guess.</summary>
    /// <param name="weight">How many sightings the guess is worth.</param>
    public static Spread Guess(double medianMinutes, double logDeviation, double weight)
    {
        var bell = Enumerable.Range(0, Classes).Select(i => Math.Exp(-0.5 * Math.Pow((LogOf(i + 0.5) - Math.Log(medianMinutes)) / logDeviation, 2))).ToArray();
        var sum = bell.Sum();
        return new(bell.Select(b => b / sum * weight).ToArray());
    }

    /// <summary>One more sighting, smeared over the neighbouring classes so that few sightings make no comb.</summary>
    public Spread With(double minutes, double weight = 1)
    {
        var weights = Weights.ToArray();
        var at = Math.Clamp(((Math.Log(Math.Max(minutes, Shortest)) - Math.Log(Shortest)) / LogStep) - 0.5, 1, Classes - 2);
        var low = Math.Min((int)at, Classes - 3);
        var part = at - low;
        // A quarter to each side of a linear split: the mean of the logarithm is kept.
        weights[low - 1] += weight * 0.25 * (1 - part);
        weights[low] += weight * ((0.5 * (1 - part)) + (0.25 * part));
        weights[low + 1] += weight * ((0.5 * part) + (0.25 * (1 - part)));
        weights[low + 2] += weight * 0.25 * part;
        return new(weights);
    }

    public Spread Faded(double factor) => new(Weights.Select(w => w * factor).ToArray());

    public Spread Plus(Spread other) => new(Weights.Zip(other.Weights, (a, b) => a + b).ToArray());

    /// <summary>Mean and standard deviation of the logarithm of minutes.</summary>
    [JsonIgnore]
    public (double Mean, double Deviation) Logs
    {
        get
        {
            if (_logs is null)
            {
                var total = Total;
                var mean = Weights.Select((w, i) => w * LogOf(i + 0.5)).Sum() / total;
                _logs = (mean, Math.Sqrt(Weights.Select((w, i) => w * Math.Pow(LogOf(i + 0.5) - mean, 2)).Sum() / total));
            }

            return _logs.Value;
        }
    }

    /// <summary>Minutes below which a share of all sightings lies.</summary>
    /// <param name="share">0..1.</param>
    public double At(double share)
    {
        var quantiles = Quantiles;
        var at = share * Steps;
        var low = Math.Min((int)at, Steps - 1);
        return quantiles[low] + ((at - low) * (quantiles[low + 1] - quantiles[low]));
    }

    /// <summary>How much longer, given that it already takes so long.</summary>
    public double Remaining(double elapsedMinutes, double share)
    {
        var passed = ShareBelow(elapsedMinutes);
        // Longer than nearly everything seen: what has lasted long lasts long, and nobody knows better than half as long again.
        return passed > 0.99
            ? Math.Max(elapsedMinutes, At(0.5)) * -0.5 * Math.Log(1 - share)
            : Math.Max(0, At(passed + (share * (1 - passed))) - elapsedMinutes);
    }

    /// <summary>Share of all sightings that were longer.</summary>
    public double ShareAbove(double minutes) => 1 - ShareBelow(minutes);

    private double ShareBelow(double minutes)
    {
        var quantiles = Quantiles;
        if (minutes <= quantiles[0])
        {
            return 0;
        }

        var at = Array.BinarySearch(quantiles, minutes);
        var low = Math.Min((at < 0 ? ~at : at) - 1, Steps - 1);
        var width = quantiles[low + 1] - quantiles[low];
        return Math.Min(1, (low + (width > 0 ? (minutes - quantiles[low]) / width : 0)) / Steps);
    }

    private double[] Quantiles => _quantiles ??= Tabulate();

    // Within a class the logarithm is uniform.
    private double[] Tabulate()
    {
        var (quantiles, total, below, i) = (new double[Steps + 1], Total, 0.0, 0);
        for (var step = 0; step <= Steps; step++)
        {
            // The ends are cut where next to nothing lies, so that one smeared sighting does not stretch them.
            var wanted = total * Math.Clamp(step / (double)Steps, 0.0005, 0.9995);
            while (i < Classes - 1 && below + Weights[i] < wanted)
            {
                below += Weights[i++];
            }

            quantiles[step] = Math.Exp(LogOf(i + (Weights[i] > 0 ? Math.Min(1, (wanted - below) / Weights[i]) : 0)));
        }

        return quantiles;
    }

    private static double LogOf(double position) => Math.Log(Shortest) + (position * LogStep);
}
