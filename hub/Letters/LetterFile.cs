using PdfSharp.Fonts;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Signatures;
using PdfSharp.UniversalAccessibility;

namespace Aufruf.Hub.Letters;

/// <summary>Writes letters as PDF: one for a citizen, or all letters of a day for the printer.</summary>
internal static class LetterFile
{
    /// <summary>One letter with its title, its language and its structure for a screen reader.</summary>
    /// <param name="seal">Signs it. Null: the letter goes on paper.</param>
    /// <exception cref="LetterException">The typeface lacks a character of the letter.</exception>
    public static async Task<byte[]> WriteAsync(Letter letter, LetterSeal? seal)
    {
        using var document = Begin(letter.Subject, letter.Head.Name, letter.Language);
        Draw(letter, document);
        if (seal is not null)
        {
            var options = new DigitalSignatureOptions { AppName = "Aufruf", Reason = letter.Subject };
            DigitalSignatureHandler.ForDocument(document, seal, options);
        }

        using var bytes = new MemoryStream();
        await document.SaveAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>All letters behind each other. Returns how many sheets each of them has.</summary>
    /// <exception cref="LetterException">The typeface lacks a character of a letter.</exception>
    public static (byte[] Pdf, IReadOnlyList<int> Sheets) WriteBatch(IReadOnlyList<Letter> letters, string title)
    {
        using var document = Begin(title, letters[0].Head.Name, "de");
        IReadOnlyList<int> sheets = [.. letters.Select(letter => Draw(letter, document))];
        using var bytes = new MemoryStream();
        document.Save(bytes);
        return (bytes.ToArray(), sheets);
    }

    private static PdfDocument Begin(string title, string author, string language)
    {
        var document = new PdfDocument();
        document.Info.Title = title;
        document.Info.Author = author;
        document.ViewerPreferences.DisplayDocTitle = true;
        document.RenderEvents.RenderTextEvent += (_, text) => Refuse(text.CodePointGlyphIndexPairs);
        UAManager.ForDocument(document).SetDocumentLanguage(language);
        return document;
    }

    private static int Draw(Letter letter, PdfDocument document)
    {
        using var counting = new LetterPen(null);
        new LetterLayout(letter, counting, 0).Draw();
        using var pen = new LetterPen(document);
        new LetterLayout(letter, pen, counting.Sheets).Draw();
        return counting.Sheets;
    }

    /// <summary>An empty box instead of a letter of somebody's name must not leave the town hall.</summary>
    private static void Refuse(CodePointGlyphIndexPair[] text)
    {
        if (text.FirstOrDefault(each => each.GlyphIndex == 0 && each.CodePoint >= ' ') is { CodePoint: > 0 } lacking)
        {
            throw new LetterException(char.ConvertFromUtf32(lacking.CodePoint));
        }
    }
}
