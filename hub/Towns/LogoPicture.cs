using Aufruf.Domain.Towns;
using SkiaSharp;

namespace Aufruf.Hub.Towns;

/// <summary>Makes a logo of a file that somebody sent: its points, drawn anew. Nothing else of the file remains.</summary>
internal static class LogoPicture
{
    private const int LargestFile = 1024 * 1024, LongestSide = 2048, ShortestSide = 16;

    // Pages show a logo on white. Less contrast than this is nearly invisible there, and pale colours of a town have more.
    private const double LeastOnWhite = 1.6, MostPale = 0.9;

    private static readonly SKColor Dark = new(0x13, 0x15, 0x25);

    // Large enough for a board. A detailed picture becomes smaller, and the last size always fits.
    private static readonly int[] Sides = [480, 320, 200, 120];

    /// <summary>Null: it is no PNG or JPEG by its content, or it is too large.</summary>
    /// <param name="file">Base64.</param>
    public static string? Read(string file)
    {
        var bytes = new byte[file.Length];
        return file.Length <= LargestFile * 4 / 3 + 4 && Convert.TryFromBase64String(file, bytes, out var length)
            ? Read(bytes.AsSpan(0, length)) : null;
    }

    private static string? Read(ReadOnlySpan<byte> file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        // The size is read from the head, before any memory is taken for the points.
        if (codec is not { EncodedFormat: SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg, Info: var head }
            || Math.Max(head.Width, head.Height) > LongestSide || Math.Min(head.Width, head.Height) < ShortestSide)
        {
            return null;
        }

        using var whole = SKBitmap.Decode(codec, new(head.Width, head.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        return whole is null ? null : Sides.Select(side => Written(whole, side))
            .FirstOrDefault(picture => picture.Length <= TownLogo.LongestPicture);
    }

    private static string Written(SKBitmap whole, int side)
    {
        var share = Math.Min(1, side / (float)Math.Max(whole.Width, whole.Height));
        using var small = whole.Resize(new SKImageInfo(Math.Max(1, (int)(whole.Width * share)), Math.Max(1, (int)(whole.Height * share)),
            SKColorType.Rgba8888, SKAlphaType.Unpremul), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var grounded = VanishesOnWhite(small) ? OnDark(small) : null;
        using var png = (grounded ?? small).Encode(SKEncodedImageFormat.Png, 100);
        return Convert.ToBase64String(png.AsSpan());
    }

    /// <summary>It was drawn for a dark ground, and has none of its own.</summary>
    private static bool VanishesOnWhite(SKBitmap picture)
    {
        var points = picture.Pixels;
        var seen = points.Where(point => point.Alpha > byte.MaxValue / 2).ToList();
        return seen.Count < points.Length && seen.Count > 0 && seen.Count(point =>
            new Colour(point.Red, point.Green, point.Blue).ContrastWith(Colour.White) < LeastOnWhite) > MostPale * seen.Count;
    }

    private static SKBitmap OnDark(SKBitmap picture)
    {
        var rim = Math.Max(picture.Width, picture.Height) / 20;
        var ground = new SKBitmap(picture.Width + (2 * rim), picture.Height + (2 * rim));
        using var canvas = new SKCanvas(ground);
        canvas.Clear(Dark);
        canvas.DrawBitmap(picture, rim, rim);
        return ground;
    }
}
