using System.Globalization;
using System.Text;
using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>A table as a file for spreadsheets: UTF-8 with its mark. German files have semicolons and decimal commas, English ones commas
/// and points.</summary>
public static class Csv
{
    public static byte[] Of(ReportTable table, PortalTexts words)
    {
        var (separator, culture) =
            words.Language == "de" ? (';', CultureInfo.GetCultureInfo("de-DE")) : (',', CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        Line(text, table.Columns.Select(Quoted), separator);
        foreach (var row in table.Rows)
        {
            Line(text, row.Select(cell => cell.Text is { } words ? Quoted(words)
                : cell.Number?.ToString("F" + cell.Decimals.ToString(CultureInfo.InvariantCulture), culture) is { } number
                ? number.Contains(separator, StringComparison.Ordinal) ? Quoted(number) : number
                : ""), separator);
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>A text that a spreadsheet would take for a formula gets an apostrophe in front. Source: OWASP, CSV injection.</summary>
    private static string Quoted(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    // RFC 4180.
    private static void Line(StringBuilder text, IEnumerable<string> cells, char separator) =>
        text.AppendJoin(separator, cells).Append("\r\n");
}
