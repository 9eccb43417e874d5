using System.Text;

namespace Aufruf.Edge.Protocol;

/// <summary>The size of a ticket's QR code on paper: the longer its address, the more modules.</summary>
public static class QrSize
{
    // At 8 dots per mm: 7 dots are read at arm's length by an old phone, 4 dots are read close up.
    private const int Largest = 7;
    private const int Smallest = 4;

    // White at both sides of the code, in modules. Source: ISO/IEC 18004, quiet zone.
    private const int Margin = 8;

    /// <summary>Printable dots of 58 mm paper, the narrowest in use.</summary>
    public const int NarrowPaper = 384;

    // Bytes that versions 1 to 40 hold at error correction M. Source: ISO/IEC 18004, table 7.
    private static readonly int[] Capacity =
    [
        14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
        711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
    ];

    /// <summary>The dots of one module on paper of that width; null when the code cannot be printed on it.</summary>
    public static byte? ModuleDots(string content, int paperDots)
    {
        var version = Array.FindIndex(Capacity, bytes => bytes >= Encoding.UTF8.GetByteCount(content)) + 1;
        var dots = Math.Min(Largest, paperDots / (17 + (4 * version) + Margin));
        return version > 0 && dots >= Smallest ? (byte)dots : null;
    }
}
