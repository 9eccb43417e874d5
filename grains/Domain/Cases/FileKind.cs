using System.Buffers.Binary;

namespace Aufruf.Domain.Cases;

/// <summary>The type of a file by its content: name and word of the sender count for nothing.</summary>
public static class FileKind
{
    public const string Pdf = "application/pdf", Jpeg = "image/jpeg", Png = "image/png";

    // Readers look for both marks in this many bytes at the beginning and at the end. Source: ISO 32000, annex on implementations.
    private const int PdfEdge = 1024;

    private static readonly string[] HeicBrands = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif", "avis"];

    /// <summary>The type, or why the file is not taken. A file that was copied halfway is broken.</summary>
    public static (string? Mime, Refusal? Refusal) Of(ReadOnlySpan<byte> content) =>
        content.IsEmpty ? (null, Refusal.FileBroken)
        : content[..Math.Min(PdfEdge, content.Length)].IndexOf("%PDF-"u8) >= 0 ? As(Pdf, IsWholePdf(content))
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? As(Jpeg, IsWholeJpeg(content))
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? As(Png, IsWholePng(content))
        : IsHeic(content) ? (null, Refusal.FileHeic) : (null, Refusal.FileUnsupported);

    /// <summary>The endings of a type's names, the usual one first.</summary>
    public static IReadOnlyList<string> EndingsOf(string mime) => mime switch
    {
        Pdf => ["pdf"],
        Jpeg => ["jpg", "jpeg"],
        Png => ["png"],
        _ => ["bin"],
    };

    private static (string?, Refusal?) As(string mime, bool isWhole) => isWhole ? (mime, null) : (null, Refusal.FileBroken);

    private static bool IsWholePdf(ReadOnlySpan<byte> content) =>
        content[Math.Max(0, content.Length - PdfEdge)..].IndexOf("%%EOF"u8) >= 0 && content.IndexOf("startxref"u8) >= 0;

    /// <summary>Its segments lead to the picture, and the picture has an end. Small pictures inside of it have one, too.</summary>
    private static bool IsWholeJpeg(ReadOnlySpan<byte> content)
    {
        for (var at = 2; at + 4 <= content.Length && content[at] == 0xFF;)
        {
            if (content[at + 1] == 0xFF)
            {
                at++; // A byte that fills up.
                continue;
            }

            if (content[at + 1] == 0xDA)
            {
                return content[at..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) > 0;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
        }

        return false;
    }

    /// <summary>Its chunks lead from the size of the picture to its end.</summary>
    private static bool IsWholePng(ReadOnlySpan<byte> content)
    {
        var isFirst = true;
        for (var at = 8; at + 12 <= content.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            var type = content.Slice(at + 4, 4);
            if (length > content.Length - at - 12 || (isFirst && !type.SequenceEqual("IHDR"u8)))
            {
                return false;
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return true;
            }

            (isFirst, at) = (false, at + 12 + (int)length);
        }

        return false;
    }

    private static bool IsHeic(ReadOnlySpan<byte> content)
    {
        if (content.Length < 12 || !content.Slice(4, 4).SequenceEqual("ftyp"u8))
        {
            return false;
        }

        var brand = System.Text.Encoding.ASCII.GetString(content.Slice(8, 4));
        return HeicBrands.Contains(brand);
    }
}
