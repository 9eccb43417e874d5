using SkiaSharp;

namespace Aufruf.Edge;

/// <summary>A line of text as dots, for letters that the printer's code page lacks: those of Cyrillic and Greek.</summary>
/// <param name="Bits">A bit for each dot, row by row.</param>
public sealed record DrawnLine(byte[] Bits, int BytesPerRow, int Rows)
{
    // As the printer's own font A.
    private const int CharDots = 12, CharHeight = 24, Gap = 6;

    private static readonly Lazy<SKTypeface?> Face = new(Load);

    /// <summary>True when the page lacks a letter of the text and the font has all of them.</summary>
    public static bool CanShow(string text)
    {
        if (!Cp858.Lacks(text) || Face.Value is not { } face)
        {
            return false;
        }

        using var font = new SKFont(face);
        return font.ContainsGlyphs(text);
    }

    /// <param name="size">1 to 8 times the normal width and height.</param>
    public static DrawnLine Of(string text, int size)
    {
        // GS v 0 takes whole bytes.
        var (width, height) = ((text.Length * size * CharDots + 7) / 8 * 8, size * CharHeight + Gap);
        using var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(picture))
        {
            canvas.Clear(SKColors.White);
            canvas.Translate(0, height - Gap * size - Gap / 2f);
            canvas.Scale(size);
            // Fira Mono's letters are 0.6 of their size wide: 20 gives the printer's 12 dots.
            using var font = new SKFont(Face.Value, 20);
            using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            canvas.DrawText(text, 0, 0, font, ink);
        }

        var grey = picture.GetPixelSpan();
        var bits = new byte[width / 8 * height];
        for (var dot = 0; dot < width * height; dot++)
        {
            var isBlack = grey[dot / width * picture.RowBytes + dot % width] < 128;
            bits[dot / 8] |= (byte)(isBlack ? 0x80 >> dot % 8 : 0);
        }

        return new(bits, width / 8, height);
    }

    // A machine for which the library has no build prints question marks, and says so.
    private static SKTypeface? Load()
    {
        try
        {
            return SKTypeface.FromStream(typeof(DrawnLine).Assembly.GetManifestResourceStream("FiraMono-Regular.ttf"));
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            return null;
        }
    }
}
