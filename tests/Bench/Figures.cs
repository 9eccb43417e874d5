using System.Globalization;

namespace Aufruf.Bench;

/// <summary>Prints each figure on a line of its own: name=value unit. Ratios carry the unit x.</summary>
internal static class Figures
{
    public static void Print(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value:0.###} {unit}"));

    public static double At(this double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    public static double[] Sorted(this IEnumerable<double> values)
    {
        var all = values.ToArray();
        Array.Sort(all);
        return all;
    }

    public static double Median(this IEnumerable<double> values) => values.Sorted().At(0.5);
}
