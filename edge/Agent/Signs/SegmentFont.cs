namespace Aufruf.Edge;

/// <summary>Letters and digits on seven segments: bit 0 is the top bar A, then clockwise to F; bit 6 is the middle bar G, bit 7 the
/// point.</summary>
/// <remarks>The library's font has no K, M, Q, T, V, W and X. Here K, M, V, W and X are only hinted at.</remarks>
public static class SegmentFont
{
    public const byte Point = 0x80;
    public const byte Dash = 0x40;
    public const string Characters = " -0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static ReadOnlySpan<byte> Shapes =>
    [
        0x00, Dash, 0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F,
        0x77, 0x7C, 0x39, 0x5E, 0x79, 0x71, 0x3D, 0x76, 0x30, 0x1E, 0x75, 0x38, 0x55,
        0x54, 0x5C, 0x73, 0x67, 0x50, 0x2D, 0x78, 0x3E, 0x1C, 0x2A, 0x64, 0x6E, 0x1B,
    ];

    /// <summary>An unknown character becomes a dash, so that a gap is seen as a gap.</summary>
    public static byte Of(char character) =>
        Characters.IndexOf(char.ToUpperInvariant(character), StringComparison.Ordinal) is >= 0 and var at ? Shapes[at] : Dash;
}
