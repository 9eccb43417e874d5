namespace Aufruf.Edge;

/// <summary>Letters and digits on seven segments. Bit 0 is the top bar A, then clockwise to F, bit 6 the middle bar G, bit 7 the point.</summary>
/// <remarks>Some letters can only be hinted at (K, M, V, W, X). Numbers should start with A, C, E, F, H, J, L, P or U where signs have seven segments.</remarks>
public static class SegmentFont
{
    public const byte Point = 0x80;
    public const byte Dash = 0x40;

    private static readonly Dictionary<char, byte> Glyphs = new()
    {
        [' '] = 0x00,
        ['-'] = Dash,
        ['0'] = 0x3F,
        ['1'] = 0x06,
        ['2'] = 0x5B,
        ['3'] = 0x4F,
        ['4'] = 0x66,
        ['5'] = 0x6D,
        ['6'] = 0x7D,
        ['7'] = 0x07,
        ['8'] = 0x7F,
        ['9'] = 0x6F,
        ['A'] = 0x77,
        ['B'] = 0x7C,
        ['C'] = 0x39,
        ['D'] = 0x5E,
        ['E'] = 0x79,
        ['F'] = 0x71,
        ['G'] = 0x3D,
        ['H'] = 0x76,
        ['I'] = 0x30,
        ['J'] = 0x1E,
        ['K'] = 0x75,
        ['L'] = 0x38,
        ['M'] = 0x55,
        ['N'] = 0x54,
        ['O'] = 0x5C,
        ['P'] = 0x73,
        ['Q'] = 0x67,
        ['R'] = 0x50,
        ['S'] = 0x2D,
        ['T'] = 0x78,
        ['U'] = 0x3E,
        ['V'] = 0x1C,
        ['W'] = 0x2A,
        ['X'] = 0x64,
        ['Y'] = 0x6E,
        ['Z'] = 0x1B,
    };

    /// <summary>An unknown character becomes a dash, so that a gap is seen as a gap.</summary>
    public static byte Of(char character) => Glyphs.GetValueOrDefault(char.ToUpperInvariant(character), Dash);

    /// <summary>What a person reads; '?' for a shape that is no character.</summary>
    public static char Read(byte segments)
    {
        var shape = (byte)(segments & ~Point);
        foreach (var (character, glyph) in Glyphs)
        {
            if (glyph == shape)
            {
                return character;
            }
        }

        return '?';
    }
}
