using System.Net;
using System.Text;
using static System.FormattableString;

namespace Aufruf.Portal.Staff.Charts;

/// <summary>A drawing as text. Numbers have a point in every language; styles are classes only, as the content security policy
/// demands.</summary>
public sealed class Svg
{
    public const int Width = 760;

    /// <summary>Fills that differ in pattern as well as in colour: names of classes in reports.css, and of patterns here.</summary>
    private static readonly (string Name, string Pattern)[] Patterns =
    [
        ("hatch", """<path class="stroke" d="M-2 2 2-2M0 8 8 0M6 10 10 6"/>"""),
        ("dots", """<circle class="dot" cx="2" cy="2" r="1.4"/><circle class="dot" cx="6" cy="6" r="1.4"/>"""),
        ("lines", """<path class="stroke" d="M0 2h8M0 6h8"/>"""),
    ];

    private readonly string _id;
    private readonly StringBuilder _text = new();

    /// <param name="id">Unique on the page.</param>
    public Svg(string id, double height, string title, string description)
    {
        _id = id;
        Add(Invariant($"""<svg class="chart" viewBox="0 0 {Width} {height:0.#}" role="img" aria-labelledby="{id}-title {id}-text">"""));
        Add($"""<title id="{id}-title">{Escape(title)}</title><desc id="{id}-text">{Escape(description)}</desc>{Definitions(id)}""");
    }

    /// <summary>A swatch of a fill, for a legend.</summary>
    public static string Swatch(string id, string fill) =>
        """<svg class="swatch" viewBox="0 0 22 14" width="22" height="14" aria-hidden="true" focusable="false">"""
            + $"{Definitions(id)}{Filled(id, 0.5, 0.5, 21, 13, fill)}</svg>";

    public Svg Box(double x, double y, double width, double height, string fill) => Add(Filled(_id, x, y, width, height, fill));

    public Svg Line(double x1, double y1, double x2, double y2, string look) => Path([(x1, y1), (x2, y2)], look);

    public Svg Path(IEnumerable<(double X, double Y)> points, string look) =>
        Add($"""<path class="{look}" d="M{string.Join('L', points.Select(p => Invariant($"{p.X:0.#} {p.Y:0.#}")))}"/>""");

    /// <param name="anchor">"start", "middle" or "end".</param>
    public Svg Text(double x, double y, string words, string look = "", string anchor = "start") =>
        Add(Invariant($"""<text class="{look}" x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{Escape(words)}</text>"""));

    public override string ToString() => _text + "</svg>";

    /// <summary>The steps of an axis, 1, 2 or 5 times a power of ten, and its end.</summary>
    public static (double Step, double End) Axis(double most)
    {
        if (most <= 0)
        {
            return (1, 1);
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(most / 4)));
        var step = power * (most / 4 / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return (step, Math.Ceiling(most / step) * step);
    }

    private Svg Add(string element)
    {
        _text.Append(element);
        return this;
    }

    private static string Filled(string id, double x, double y, double width, double height, string fill)
    {
        var box = Invariant($"""x="{x:0.#}" y="{y:0.#}" width="{Math.Max(width, 0):0.#}" height="{height:0.#}" """);
        var plain = $"""<rect class="fill-{fill}" {box}/>""";
        return Array.Exists(Patterns, p => p.Name == fill)
            ? $"""{plain}<rect class="edge-{fill}" {box}fill="url(#{id}-{fill})"/>""" : plain;
    }

    private static string Definitions(string id) => "<defs>" + string.Concat(Patterns.Select(p =>
        $"""<pattern id="{id}-{p.Name}" class="of-{p.Name}" width="8" height="8" patternUnits="userSpaceOnUse">{p.Pattern}</pattern>"""))
            + "</defs>";

    private static string Escape(string words) => WebUtility.HtmlEncode(words);
}
