using System.Globalization;
using System.Net;
using System.Text;

namespace Aufruf.Portal.Staff.Charts;

/// <summary>A drawing as text: numbers with a point whatever the machine's language, words escaped, looks by class only, as the content security policy wants it.</summary>
public sealed class Svg
{
    public const int Width = 760;

    /// <summary>Fills that differ in pattern as well as in colour: names of classes in reports.css, and of patterns here.</summary>
    private static readonly (string Name, string Pattern)[] Patterns =
    [
        ("hatch", """<path class="stroke" d="M-2 2 2-2M0 8 8 0M6 10 10 6"/>"""),
        ("dots", """<circle class="dot" cx="2" cy="2" r="1.4"/><circle class="dot" cx="6" cy="6" r="1.4"/>"""),
        ("lines", """<path class="stroke" d="M0 2h8M0 6h8"/>"""),
        ("cross", """<path class="stroke" d="M0 4h8M4 0v8"/>"""),
    ];

    private readonly StringBuilder _text = new();

    /// <param name="id">Unique on the page.</param>
    public Svg(string id, double height, string title, string description)
    {
        _text.Append(CultureInfo.InvariantCulture,
            $"""<svg class="chart" viewBox="0 0 {Width} {height:0.#}" role="img" aria-labelledby="{id}-title {id}-text"><title id="{id}-title">{Escape(title)}</title><desc id="{id}-text">{Escape(description)}</desc>""");
        _text.Append(Definitions(id));
        Id = id;
    }

    private string Id { get; }

    /// <summary>A swatch of a fill, for a legend.</summary>
    public static string Swatch(string id, string fill) =>
        $"""<svg class="swatch" viewBox="0 0 22 14" width="22" height="14" aria-hidden="true" focusable="false">{Definitions(id)}{Filled(id, 0.5, 0.5, 21, 13, fill)}</svg>""";

    public Svg Box(double x, double y, double width, double height, string fill)
    {
        _text.Append(Filled(Id, x, y, width, height, fill));
        return this;
    }

    public Svg Line(double x1, double y1, double x2, double y2, string look)
    {
        _text.Append(CultureInfo.InvariantCulture, $"""<path class="{look}" d="M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}"/>""");
        return this;
    }

    public Svg Path(IEnumerable<(double X, double Y)> points, string look)
    {
        _text.Append(CultureInfo.InvariantCulture, $"""<path class="{look}" d="M{string.Join('L', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#} {p.Y:0.#}")))}"/>""");
        return this;
    }

    /// <param name="anchor">"start", "middle" or "end".</param>
    public Svg Text(double x, double y, string words, string look = "", string anchor = "start")
    {
        _text.Append(CultureInfo.InvariantCulture, $"""<text class="{look}" x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{Escape(words)}</text>""");
        return this;
    }

    public override string ToString() => _text + "</svg>";

    /// <summary>A round number of steps for an axis that reaches at least so far: 1, 2 or 5 times a power of ten.</summary>
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

    private static string Filled(string id, double x, double y, double width, double height, string fill)
    {
        var box = string.Create(CultureInfo.InvariantCulture, $"""x="{x:0.#}" y="{y:0.#}" width="{Math.Max(width, 0):0.#}" height="{height:0.#}" """);
        return Array.Exists(Patterns, p => p.Name == fill)
            ? $"""<rect class="fill-{fill}" {box}/><rect class="edge-{fill}" {box}fill="url(#{id}-{fill})"/>"""
            : $"""<rect class="fill-{fill}" {box}/>""";
    }

    private static string Definitions(string id) => "<defs>" + string.Concat(Patterns.Select(p =>
        $"""<pattern id="{id}-{p.Name}" class="of-{p.Name}" width="8" height="8" patternUnits="userSpaceOnUse">{p.Pattern}</pattern>""")) + "</defs>";

    private static string Escape(string words) => WebUtility.HtmlEncode(words);
}
