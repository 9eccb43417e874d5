using System.Globalization;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>A table as it stands on the page and in the CSV: the same columns, the same figures.</summary>
/// <param name="Id">Short word for addresses and file names.</param>
public sealed record ReportTable(string Id, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows)
{
    /// <summary>Some figure is of too few cases; a note below says so.</summary>
    public bool HasSmall => Rows.Any(row => row.Any(cell => cell.Small));
}

/// <summary>Text, a number, or nothing.</summary>
/// <param name="Small">Of few cases: marked.</param>
public readonly record struct Cell(string? Text, double? Number, int Decimals = 0, bool Small = false)
{
    public static Cell Of(string text) => new(text, null);

    public static Cell Of(int count, bool small = false) => new(null, count, 0, small);

    /// <summary>Minutes or a share, with one decimal.</summary>
    public static Cell Of(double? number, int decimals = 1) => new(null, number, decimals);

    public bool IsNumber => Text is null;

    public string In(CultureInfo culture) => Text ?? Number?.ToString("N" + Decimals.ToString(CultureInfo.InvariantCulture), culture) ?? "";
}

/// <summary>One finding of a report: a picture and the table behind it.</summary>
/// <param name="Chart">SVG; null where a table says it better, or where there is nothing to show.</param>
/// <param name="Folded">A long table is folded away on the screen, and unfolded on paper.</param>
public sealed record Section(string Title, string? Text, string? Chart, IReadOnlyList<Legend> Legend, ReportTable Table, bool Folded = false);

/// <summary>What a pattern in a chart means.</summary>
public readonly record struct Legend(string Pattern, string Text);
