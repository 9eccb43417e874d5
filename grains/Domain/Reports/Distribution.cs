namespace Aufruf.Domain.Reports;

/// <summary>Many times in four figures, in minutes.</summary>
/// <param name="Mean">Null: no case.</param>
/// <param name="Median">Null: fewer than five cases say nothing about the middle, and something about the few.</param>
/// <param name="P90">Nine of ten were not longer; null below ten cases.</param>
public sealed record Distribution(int Count, double? Mean, double? Median, double? P90)
{
    public const int FewestForMedian = 5;
    public const int FewestForP90 = 10;

    /// <summary>Too few cases to conclude from.</summary>
    public bool IsSmall => Count is > 0 and < FewestForP90;

    public static Distribution Of(IEnumerable<TimeSpan> times)
    {
        double[] sorted = [.. times.Select(t => t.TotalMinutes).Order()];
        return new(sorted.Length, sorted.Length > 0 ? sorted.Average() : null,
            sorted.Length >= FewestForMedian ? Quantile(sorted, 0.5) : null,
            sorted.Length >= FewestForP90 ? Quantile(sorted, 0.9) : null);
    }

    /// <summary>Between the two nearest cases in proportion: as PERCENTILE.INC of a spreadsheet, so that everybody can check it from the CSV.</summary>
    public static double Quantile(IReadOnlyList<double> sorted, double share)
    {
        var at = share * (sorted.Count - 1);
        var below = (int)at;
        return below + 1 < sorted.Count ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
