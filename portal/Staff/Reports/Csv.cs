using System.Globalization;
using System.Text;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>A table as a file for spreadsheets: UTF-8 with its mark. German files have semicolons and decimal commas, English ones commas
/// and points.</summary>
public static class Csv
{
    // A long file is sent in parts of about so many characters.
    private const int Part = 32_768;

    public const string Type = "text/csv; charset=utf-8";

    public static byte[] Of(ReportTable table, PortalTexts words)
    {
        var text = Begun(table.Columns, words);
        foreach (var row in table.Rows)
        {
            Line(text, row, words);
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>Sends row after row, so that a long file stands nowhere as a whole. A fault before the first part leaves the answer
    /// free.</summary>
    public static async Task SendAsync(
        HttpResponse to, string name, PortalTexts words, IReadOnlyList<string> columns, IAsyncEnumerable<IReadOnlyList<Cell>> rows)
    {
        var text = Begun(columns, words);
        await foreach (var row in rows)
        {
            Line(text, row, words);
            if (text.Length > Part)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            if (!to.HasStarted)
            {
                to.ContentType = Type;
                to.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
                await to.Body.WriteAsync(Encoding.UTF8.Preamble.ToArray());
            }

            await to.WriteAsync(text.ToString());
            text.Clear();
        }
    }

    private static StringBuilder Begun(IReadOnlyList<string> columns, PortalTexts words)
    {
        var text = new StringBuilder();
        Line(text, columns.Select(column => (Cell)column), words);
        return text;
    }

    private static void Line(StringBuilder text, IEnumerable<Cell> row, PortalTexts words)
    {
        var (separator, culture) =
            words.Language == "de" ? (';', CultureInfo.GetCultureInfo("de-DE")) : (',', CultureInfo.InvariantCulture);
        text.AppendJoin(separator, row.Select(cell => cell.Text is { } said ? Quoted(said)
            : cell.Number?.ToString("F" + cell.Decimals.ToString(CultureInfo.InvariantCulture), culture) is { } number
            ? number.Contains(separator, StringComparison.Ordinal) ? Quoted(number) : number
            : "")).Append("\r\n"); // RFC 4180.
    }

    /// <summary>A text that a spreadsheet would take for a formula gets an apostrophe in front. Source: OWASP, CSV injection.</summary>
    private static string Quoted(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
