using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace Aufruf.Hub.Letters;

/// <summary>The letters' typeface. It has all characters that German authorities use for names (DIN 91379).</summary>
internal sealed class LetterFonts : IFontResolver
{
    private const string Family = "Noto Sans";

    private LetterFonts() { }

    public static XFont Text { get; } = New(10.5, XFontStyleEx.Regular);
    public static XFont Bold { get; } = New(10.5, XFontStyleEx.Bold);
    public static XFont Small { get; } = New(8, XFontStyleEx.Regular);
    public static XFont Name { get; } = New(16, XFontStyleEx.Bold);

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        familyName == Family ? new FontResolverInfo(isBold ? "NotoSans-Bold" : "NotoSans-Regular") : null;

    public byte[]? GetFont(string faceName)
    {
        using var stream = typeof(LetterFonts).Assembly.GetManifestResourceStream($"{faceName}.ttf")
            ?? throw new InvalidOperationException($"The font {faceName} is not in the program.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static XFont New(double points, XFontStyleEx style)
    {
        GlobalFontSettings.FontResolver ??= new LetterFonts();
        return new XFont(Family, points, style, XPdfFontOptions.UnicodeDefault);
    }
}
