using PdfSharp.Drawing;
using PdfSharp.UniversalAccessibility;

namespace Aufruf.Hub.Letters;

/// <summary>Draws a table. A row stays whole, and each sheet begins with the head again.</summary>
internal sealed class LetterTable(LetterBlock.Table table, LetterPen pen, TextFlow flow, double left, double right, double step)
{
    private const double Between = 3;
    private const double Margin = 1.2;

    private readonly double[] _ends = Ends(table.Shares, left, right);

    /// <param name="turn">Begins a new sheet and sets y to its top.</param>
    public void Draw(ref double y, double end, Action turn)
    {
        var sums = table.Rows.Count - table.Sums;
        var rows = table.Rows.Select((row, n) => Cells(row, n >= sums ? LetterFonts.Bold : LetterFonts.Text)).ToList();
        var head = Cells(table.Head, LetterFonts.Bold);
        for (var at = 0; at < rows.Count;)
        {
            if (y + Height(head) + Height(rows[at]) > end)
            {
                turn();
            }

            var (from, top, count, bottom) = (at, y, 0, y + Height(head));
            for (; from + count < rows.Count && (count == 0 || bottom + Height(rows[from + count]) <= end); count++)
            {
                bottom += Height(rows[from + count]);
            }

            pen.As(PdfBlockLevelElementTag.Table, () => Part(head, rows, from, count, top));
            (at, y) = (from + count, bottom);
        }
    }

    private void Part(Row head, List<Row> rows, int from, int count, double y)
    {
        y = One(head, y, PdfBlockLevelElementTag.TableHeaderCell);
        pen.Aside(() => pen.Rule(left, y, right));
        for (var n = from; n < from + count; n++)
        {
            if (table.Sums > 0 && n == rows.Count - table.Sums)
            {
                pen.Aside(() => pen.Rule(left, y, right));
            }

            y = One(rows[n], y, PdfBlockLevelElementTag.TableDataCell);
        }
    }

    private double One(Row row, double y, PdfBlockLevelElementTag cell)
    {
        pen.As(PdfBlockLevelElementTag.TableRow, () =>
        {
            for (var column = 0; column < row.Cells.Count; column++)
            {
                var (lines, at) = (row.Cells[column], column);
                pen.As(cell, () => Write(lines, row.Font, at, y + 4));
            }
        });
        return y + Height(row);
    }

    private void Write(List<string> lines, XFont font, int column, double y)
    {
        foreach (var line in lines)
        {
            if (table.Right.Contains(column))
            {
                pen.WriteEndingAt(line, font, _ends[column + 1] - (column + 2 < _ends.Length ? Between : 0), y);
            }
            else
            {
                pen.Write(line, font, _ends[column], y);
            }

            y += step;
        }
    }

    private Row Cells(IReadOnlyList<string> texts, XFont font) => new(font, [.. texts.Select((text, column) =>
        flow.Lines(text, font, XUnit.FromMillimeter(_ends[column + 1] - _ends[column] - Between).Point))]);

    private double Height(Row row) => (row.Cells.Max(cell => cell.Count) * step) + Margin;

    private static double[] Ends(IReadOnlyList<double> shares, double left, double right)
    {
        var ends = new double[shares.Count + 1];
        ends[0] = left;
        for (var n = 0; n < shares.Count; n++)
        {
            ends[n + 1] = ends[n] + ((right - left) * shares[n] / shares.Sum());
        }

        return ends;
    }

    private sealed record Row(XFont Font, IReadOnlyList<List<string>> Cells);
}
