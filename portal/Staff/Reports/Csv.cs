using System.Globalization;
using System.Text;
using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>A table as a file that spreadsheets open by a double click: UTF-8 with its mark, in German with semicolons and decimal commas, in English with commas and points.</summary>
public static class Csv
{
    public static byte[] Of(ReportTable table, PortalTexts words)
    {
        var (separator, culture) = words.Language == "de" ? (';', CultureInfo.GetCultureInfo("de-DE")) : (',', CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        Line(text, table.Columns.Select(Quoted), separator);
        foreach (var row in table.Rows)
        {
            Line(text, row.Select(cell => cell.Text is { } words ? Quoted(words) : cell.Number?.ToString("F" + cell.Decimals.ToString(CultureInfo.InvariantCulture), culture) is { } number
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

    private static void Line(StringBuilder text, IEnumerable<string> cells, char separator) => text.AppendJoin(separator, cells).Append("\r\n"); // RFC 4180.
}
