using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

namespace Aufruf.Hub.Letters;

/// <summary>Kept letters behind each other as one file for the printer. Each sheet bears its place at the foot.</summary>
internal static class LetterBatch
{
    private const double Left = 25;
    private const double Foot = 290;

    /// <param name="cover">The list of the letters. It stays in the house.</param>
    /// <param name="markOf">The words at the foot of a sheet: the letter's place from 1, its sheet from 1, and its sheets.</param>
    public static byte[] Write(byte[] cover, IReadOnlyList<byte[]> letters, string title, Func<int, int, int, string> markOf)
    {
        using var batch = new PdfDocument();
        batch.Info.Title = title;
        Add(batch, cover, (_, _) => "");
        foreach (var (at, letter) in letters.Index())
        {
            Add(batch, letter, (sheet, sheets) => markOf(at + 1, sheet, sheets));
        }

        using var bytes = new MemoryStream();
        batch.Save(bytes);
        return bytes.ToArray();
    }

    public static int SheetsOf(byte[] letter)
    {
        using var file = Open(letter);
        return file.PageCount;
    }

    private static void Add(PdfDocument batch, byte[] pdf, Func<int, int, string> markOf)
    {
        using var file = Open(pdf);
        for (var n = 0; n < file.PageCount; n++)
        {
            var page = batch.AddPage(file.Pages[n]);
            if (markOf(n + 1, file.PageCount) is { Length: > 0 } mark) // Nothing drawn would be a stream that no reader takes.
            {
                using var sheet = XGraphics.FromPdfPage(page, XGraphicsPdfPageOptions.Append);
                sheet.DrawString(mark, LetterFonts.Small, XBrushes.Black, XUnit.FromMillimeter(Left).Point,
                    XUnit.FromMillimeter(Foot).Point, XStringFormats.BaseLineLeft);
            }
        }
    }

    private static PdfDocument Open(byte[] pdf) => PdfReader.Open(new MemoryStream(pdf), PdfDocumentOpenMode.Import);
}
