using PdfSharp.Drawing;
using PdfSharp.UniversalAccessibility;

namespace Aufruf.Hub.Letters;

/// <summary>Places a letter's parts on its sheets, so that the address stands in the window of the envelope.</summary>
/// <remarks>Source: DIN 5008, form B. Lengths in millimetres.</remarks>
internal sealed class LetterLayout(Letter letter, LetterPen pen, int sheets)
{
    private const double Left = 25;
    private const double Right = 190;
    private const double FactsLeft = 125;
    private const double AddressTop = 62.7;
    private const double AddressWidth = 80;
    private const double AddressHeight = 27;
    private const int MostAddressLines = 6;
    private const double TextTop = 98.4;
    private const double NextTop = 45;
    private const double TextEnd = 258;
    private const double FootTop = 266;
    private const double Step = 4.9;
    private const double SmallStep = 3.5;
    private const double Gap = 2.6;

    private readonly TextFlow _flow = new();
    private double _y;

    public void Draw()
    {
        Turn();
        First();
        foreach (var block in letter.Body)
        {
            switch (block)
            {
                case LetterBlock.Heading(var text):
                    Lines(text, LetterFonts.Bold, PdfBlockLevelElementTag.Heading2, together: 3);
                    break;
                case LetterBlock.Paragraph(var text):
                    Lines(text, LetterFonts.Text, PdfBlockLevelElementTag.Paragraph, together: 2);
                    break;
                case LetterBlock.Table table:
                    new LetterTable(table, pen, _flow, Left, Right, Step).Draw(ref _y, TextEnd, Turn);
                    break;
            }

            _y += Gap;
        }
    }

    private void First()
    {
        var head = letter.Head;
        pen.As(PdfBlockLevelElementTag.Paragraph, () =>
        {
            pen.Write(head.Name, LetterFonts.Name, Left, 20);
            pen.Write(head.Unit, LetterFonts.Text, Left, 26);
        });
        pen.As(PdfBlockLevelElementTag.Paragraph, () => pen.Write(head.ReturnLine, LetterFonts.Small, Left, AddressTop - 2));
        pen.Aside(() => pen.Rule(Left, AddressTop - 1, Left + Math.Min(80, Width(head.ReturnLine, LetterFonts.Small)), 0.25));
        var (lines, font, top, step) = AddressLines();
        pen.As(PdfBlockLevelElementTag.Paragraph, () => Each(lines, font, Left, AddressTop + top, step));
        var y = 50.0;
        foreach (var fact in letter.Facts)
        {
            pen.As(PdfBlockLevelElementTag.Paragraph, () =>
            {
                pen.Write(fact.Label, LetterFonts.Small, FactsLeft, y);
                Each(_flow.Lines(fact.Value, LetterFonts.Text, Points(Right + 10 - FactsLeft)), LetterFonts.Text, FactsLeft, y + 4, 4.5);
            });
            y += 5.8 + (4.5 * (_flow.Lines(fact.Value, LetterFonts.Text, Points(Right + 10 - FactsLeft)).Count));
        }

        _y = Math.Max(TextTop, y);
        Lines(letter.Subject, LetterFonts.Bold, PdfBlockLevelElementTag.Heading1, together: 2);
        _y += 2 * Gap;
    }

    /// <summary>A long line of the address goes on below. More than six lines are smaller, so that the window shows all of them.</summary>
    private (List<string> Lines, XFont Font, double Top, double Step) AddressLines()
    {
        List<string> In(XFont font) => [.. letter.Address.SelectMany(line => _flow.Lines(line, font, Points(AddressWidth)))];
        var lines = In(LetterFonts.Text);
        if (lines.Count <= MostAddressLines)
        {
            return (lines, LetterFonts.Text, 4, AddressHeight / MostAddressLines);
        }

        lines = In(LetterFonts.Small);
        return (lines, LetterFonts.Small, 3, Math.Min(SmallStep, AddressHeight / lines.Count));
    }

    /// <summary>A new sheet with its folds, its foot and its number.</summary>
    private void Turn()
    {
        pen.Turn();
        _y = NextTop;
        pen.Aside(() =>
        {
            pen.Rule(4, 105, 9, 0.25);
            pen.Rule(4, 148.5, 8, 0.25);
            pen.Rule(4, 210, 9, 0.25);
            pen.Rule(Left, FootTop - 4, Right, 0.25);
            Each(letter.Head.Foot, LetterFonts.Small, Left, FootTop, SmallStep);
            pen.WriteEndingAt(LetterWords.Page(letter.Language, pen.Sheets, sheets), LetterFonts.Small, Right, FootTop - 6);
            if (pen.Sheets > 1)
            {
                pen.Write(letter.Head.Name, LetterFonts.Small, Left, 20);
                pen.Write(_flow.Lines(letter.Subject, LetterFonts.Small, Points(Right - Left))[0], LetterFonts.Small, Left, 24);
            }
        });
    }

    /// <param name="together">The fewest lines that may stand alone at a sheet's end.</param>
    private void Lines(string text, XFont font, PdfBlockLevelElementTag tag, int together)
    {
        var lines = _flow.Lines(text, font, Points(Right - Left));
        if (_y + (Math.Min(lines.Count, together) * Step) > TextEnd)
        {
            Turn();
        }

        for (var at = 0; at < lines.Count;)
        {
            var count = Math.Min(lines.Count - at, Math.Max(1, (int)((TextEnd - _y) / Step)));
            var (from, y) = (at, _y);
            pen.As(tag, () => Each(lines.GetRange(from, count), font, Left, y + 4, Step));
            (at, _y) = (at + count, _y + (count * Step));
            if (at < lines.Count)
            {
                Turn();
            }
        }
    }

    private void Each(IReadOnlyList<string> lines, XFont font, double x, double y, double step)
    {
        for (var n = 0; n < lines.Count; n++)
        {
            pen.Write(n + 1 < lines.Count ? lines[n] + ' ' : lines[n], font, x, y + (n * step)); // So that words stay apart when read.
        }
    }

    private double Width(string text, XFont font) => XUnit.FromPoint(_flow.Width(text, font)).Millimeter;

    private static double Points(double millimetres) => XUnit.FromMillimeter(millimetres).Point;
}
