using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace Aufruf.Hub.Letters;

/// <summary>Draws on sheets of A4. All lengths are millimetres from the upper left corner.</summary>
/// <remarks>Without a document it only counts the sheets.</remarks>
internal sealed class LetterPen(PdfDocument? to) : IDisposable
{
    public const double Width = 210;

    private readonly UAManager? _tags = to is null ? null : UAManager.ForDocument(to);
    private XGraphics? _sheet;

    public int Sheets { get; private set; }

    public void Turn()
    {
        Sheets++;
        if (to is not null)
        {
            _sheet?.Dispose();
            var page = to.AddPage();
            (page.Width, page.Height) = (XUnit.FromMillimeter(Width), XUnit.FromMillimeter(297));
            _sheet = XGraphics.FromPdfPage(page);
        }
    }

    /// <summary>Text of one kind, for a screen reader.</summary>
    public void As(PdfBlockLevelElementTag tag, Action draw) => Within(tags => tags.BeginElement(tag), draw);

    /// <summary>Marks that a screen reader leaves out: lines, folds and page numbers.</summary>
    public void Aside(Action draw) => Within(tags => tags.BeginArtifact(), draw);

    /// <param name="y">Of the line on which the letters stand.</param>
    public void Write(string text, XFont font, double x, double y) => Write(text, font, x, y, XStringFormats.BaseLineLeft);

    public void WriteEndingAt(string text, XFont font, double x, double y) => Write(text, font, x, y, XStringFormats.BaseLineRight);

    public void Rule(double x, double y, double toX, double points = 0.5) => _sheet?.DrawLine(new XPen(XColors.Black, points),
        XUnit.FromMillimeter(x).Point, XUnit.FromMillimeter(y).Point, XUnit.FromMillimeter(toX).Point, XUnit.FromMillimeter(y).Point);

    public void Dispose() => _sheet?.Dispose();

    private void Write(string text, XFont font, double x, double y, XStringFormat format)
    {
        if (text.Length > 0)
        {
            _sheet?.DrawString(text, font, XBrushes.Black, XUnit.FromMillimeter(x).Point, XUnit.FromMillimeter(y).Point, format);
        }
    }

    private void Within(Action<StructureBuilder> begin, Action draw)
    {
        if (_tags is null)
        {
            draw();
            return;
        }

        begin(_tags.StructureBuilder);
        draw();
        _tags.StructureBuilder.End();
    }
}
