using System.Text;

namespace Aufruf.Tests.Running;

/// <summary>Small files of each type, whole and broken.</summary>
internal static class SampleFiles
{
    public static byte[] Pdf { get; } = PdfWith("Nachweis");

    public static byte[] Jpeg { get; } =
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0,
        0xFF, 0xDB, 0, 4, 0xFF, 0xD9, // A small picture inside has an end too.
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, .. Enumerable.Repeat((byte)0x55, 400), 0xFF, 0xD9,
    ];

    public static byte[] Png { get; } =
    [
        0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 13, .. "IHDR"u8, .. new byte[17],
        0, 0, 0, 4, .. "IDAT"u8, .. new byte[8], 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82,
    ];

    public static byte[] Heic { get; } = [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[100]];

    /// <summary>Copied halfway, when the phone's battery was empty.</summary>
    public static byte[] HalfOf(byte[] whole) => whole[..(whole.Length / 2)];

    public static byte[] PdfWith(string words, int padding = 0) =>
        Encoding.Latin1.GetBytes($"%PDF-1.4\n% {words}\n{new string('x', padding)}\nxref\n0 0\ntrailer << >>\nstartxref\n9\n%%EOF\n");
}
