using System.Text;

namespace Aufruf.Edge;

/// <summary>One slip as the emulated printer put it on paper.</summary>
/// <param name="Nr">Grows with every slip of this printer.</param>
/// <param name="Dots">Width of the paper's printable part.</param>
public sealed record PrintedSlip(int Nr, int Dots, IReadOnlyList<PaperMark> Marks)
{
    /// <summary>The words on it, a line each; a QR code as "[QR content]".</summary>
    public string Text => string.Join('\n', Marks.Select(m => m switch
    {
        PaperMark.Line line => string.Concat(line.Runs.Select(r => r.Text)),
        PaperMark.Qr qr => $"[QR {Encoding.UTF8.GetString(qr.Content)}]",
        _ => null,
    }).OfType<string>());
}

/// <summary>One thing on the paper, from top to bottom.</summary>
public abstract record PaperMark
{
    private PaperMark() { }

    /// <param name="Align">0 left, 1 centre, 2 right.</param>
    public sealed record Line(IReadOnlyList<TextRun> Runs, int Align) : PaperMark;

    public sealed record Gap(int Dots) : PaperMark;

    /// <param name="ModuleDots">Size of one module.</param>
    /// <param name="Correction">'L', 'M', 'Q' or 'H'.</param>
    public sealed record Qr(byte[] Content, int ModuleDots, char Correction, int Align) : PaperMark;

    /// <summary>A picture, a bit per dot.</summary>
    public sealed record Raster(byte[] Bits, int BytesPerRow, int Rows, int Align) : PaperMark;
}

/// <summary>Characters in one style.</summary>
public readonly record struct TextRun(string Text, int Width, int Height, bool Bold, bool Underline, bool Reverse);
