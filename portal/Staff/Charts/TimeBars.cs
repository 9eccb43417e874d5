namespace Aufruf.Portal.Staff.Charts;

/// <summary>Lying bars of times: the bar is the middle of all cases, the whisker what nine of ten did not exceed.</summary>
public static class TimeBars
{
    /// <param name="Instead">What stands there when the middle is not known.</param>
    public sealed record Row(string Label, double? Middle, double? P90, string Instead);

    private const int Left = 190, Right = 20, Height = 18, Gap = 12, Top = 4;

    /// <param name="say">The words beside a bar.</param>
    public static string Draw(string id, string title, string description, IReadOnlyList<Row> rows, Func<double, double?, string> say, Func<double, string> axis)
    {
        var (step, end) = Svg.Axis(rows.Select(r => r.P90 ?? r.Middle ?? 0).DefaultIfEmpty(1).Max());
        var bottom = Top + (rows.Count * (Height + Gap));
        var svg = new Svg(id, bottom + 24, title, description);
        var scale = (Svg.Width - Left - Right - 150) / end;
        for (var tick = 0.0; tick <= end + (step / 2); tick += step)
        {
            svg.Line(Left + (tick * scale), Top - 4, Left + (tick * scale), bottom, tick == 0 ? "zero" : "grid")
                .Text(Left + (tick * scale), bottom + 17, axis(tick), "axis", "middle");
        }

        for (var n = 0; n < rows.Count; n++)
        {
            var (row, y) = (rows[n], Top + (n * (Height + Gap)));
            svg.Text(Left - 12, y + 14, StackedBars.Shortened(row.Label), "label", "end");
            if (row.Middle is not { } middle)
            {
                svg.Text(Left + 10, y + 14, row.Instead, "instead");
                continue;
            }

            svg.Box(Left, y, Math.Max(middle * scale, 2), Height, "solid");
            var last = Left + (middle * scale);
            if (row.P90 is { } p90)
            {
                last = Left + (p90 * scale);
                svg.Line(Left + (middle * scale), y + (Height / 2), last, y + (Height / 2), "whisker").Line(last, y + 3, last, y + Height - 3, "whisker");
            }

            svg.Text(last + 10, y + 14, say(middle, row.P90), "value");
        }

        return svg.ToString();
    }
}
