namespace Aufruf.Portal.Staff.Charts;

/// <summary>A day in quarters of an hour: who comes as columns, who waits as a line, how many counters are open as steps.</summary>
public static class LoadChart
{
    public readonly record struct Quarter(TimeOnly Start, double Arrivals, double Waiting, double Open);

    private const int Left = 40, Right = 20, Top = 10, Height = 240;

    public static string Draw(string id, string title, string description, IReadOnlyList<Quarter> quarters, Func<double, string> axis, Func<TimeOnly, string> clock)
    {
        var (step, end) = Svg.Axis(quarters.Select(q => Math.Max(q.Arrivals, Math.Max(q.Waiting, q.Open))).DefaultIfEmpty(1).Max());
        var svg = new Svg(id, Top + Height + 28, title, description);
        var (scale, width) = (Height / end, (Svg.Width - Left - Right) / (double)Math.Max(quarters.Count, 1));
        double X(int n) => Left + (n * width);
        double Y(double value) => Top + Height - (value * scale);
        for (var tick = 0.0; tick <= end + (step / 2); tick += step)
        {
            svg.Line(Left, Y(tick), Svg.Width - Right, Y(tick), tick == 0 ? "zero" : "grid").Text(Left - 8, Y(tick) + 4, axis(tick), "axis", "end");
        }

        for (var n = 0; n < quarters.Count; n++)
        {
            svg.Box(X(n) + 1, Y(quarters[n].Arrivals), width - 2, quarters[n].Arrivals * scale, "dots");
            if (quarters[n].Start.Minute == 0)
            {
                svg.Line(X(n), Top + Height, X(n), Top + Height + 5, "zero").Text(X(n), Top + Height + 20, clock(quarters[n].Start), "axis", "middle");
            }
        }

        svg.Path(quarters.SelectMany((q, n) => new[] { (X(n), Y(q.Open)), (X(n + 1), Y(q.Open)) }), "steps");
        svg.Path(quarters.Select((q, n) => (X(n) + (width / 2), Y(q.Waiting))), "curve");
        return svg.ToString();
    }
}
