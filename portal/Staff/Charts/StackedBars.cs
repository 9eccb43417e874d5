namespace Aufruf.Portal.Staff.Charts;

/// <summary>Lying bars of parts: one bar per row, one fill per part, the sum at the end.</summary>
public static class StackedBars
{
    /// <param name="Parts">In the order of the fills.</param>
    public sealed record Row(string Label, IReadOnlyList<double> Parts, string End);

    private const int Left = 190, Right = 120, Height = 24, Gap = 14, Top = 6;

    /// <param name="mark">A value all bars are held against, such as a promise; null for none.</param>
    public static string Draw(string id, string title, string description, IReadOnlyList<string> fills, IReadOnlyList<Row> rows, double? most = null, (double At, string Label)? mark = null)
    {
        var bottom = Top + (rows.Count * (Height + Gap));
        var svg = new Svg(id, bottom + (mark is null ? 2 : 24), title, description);
        var scale = (Svg.Width - Left - Right) / Math.Max(most ?? rows.Select(r => r.Parts.Sum()).DefaultIfEmpty(1).Max(), 1e-9);
        for (var n = 0; n < rows.Count; n++)
        {
            var (y, x) = (Top + (n * (Height + Gap)), (double)Left);
            svg.Text(Left - 12, y + 17, Shortened(rows[n].Label), "label", "end");
            for (var part = 0; part < rows[n].Parts.Count; part++)
            {
                var width = rows[n].Parts[part] * scale;
                if (width > 0)
                {
                    svg.Box(x, y, Math.Max(width, 2), Height, fills[part]);
                    x += Math.Max(width, 2);
                }
            }

            svg.Text(x + 10, y + 17, rows[n].End, "value");
        }

        if (mark is { } promise)
        {
            var x = Left + (promise.At * scale);
            svg.Line(x, 0, x, bottom, "mark").Text(x, bottom + 16, promise.Label, "axis", "middle");
        }

        return svg.ToString();
    }

    /// <summary>The whole name stands in the table.</summary>
    internal static string Shortened(string label) => label.Length <= 24 ? label : label[..23].TrimEnd() + "…";
}
