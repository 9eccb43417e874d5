namespace Aufruf.Domain.Towns;

/// <summary>A colour of a screen: "#2044aa".</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static readonly Colour Black = new(0, 0, 0), White = new(255, 255, 255);

    /// <summary>Null for anything but six hexadecimal digits after a '#'.</summary>
    public static Colour? Parse(string? text) => text is ['#', .. { Length: 6 } digits] && digits.All(char.IsAsciiHexDigit)
        ? new(Part(digits, 0), Part(digits, 2), Part(digits, 4)) : null;

    /// <param name="share">0: this colour; 1: the other one.</param>
    public Colour Mixed(Colour other, double share) =>
        new(Between(Red, other.Red, share), Between(Green, other.Green, share), Between(Blue, other.Blue, share));

    /// <summary>From 1, no difference, to 21, black on white. Source: WCAG 2.2, contrast ratio.</summary>
    public double ContrastWith(Colour other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte part) =>
        part / 255d is var value && value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static byte Part(string digits, int at) =>
        byte.Parse(digits.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));
}
