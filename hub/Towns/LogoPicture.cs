using Aufruf.Domain.Towns;
using SkiaSharp;

namespace Aufruf.Hub.Towns;

/// <summary>Makes a logo of a file that somebody sent: its points, drawn anew. Nothing else of the file remains.</summary>
internal static class LogoPicture
{
    private const int LargestFile = 1024 * 1024, LongestSide = 2048, ShortestSide = 16;

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
        using var png = small.Encode(SKEncodedImageFormat.Png, 100);
        return Convert.ToBase64String(png.AsSpan());
    }
}
