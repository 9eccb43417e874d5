namespace Aufruf.Edge;

/// <summary>The dialect of one printer model: <c>hardware/printers/*.json</c>.</summary>
/// <param name="CodePage">The number this model gives to CP858 in ESC t.</param>
/// <param name="Dots">Printable dots per line: 576 for 80 mm, 384 for 58 mm.</param>
/// <param name="Confirms">True: the printer answers GS ( H when a slip is processed. False: GS r is a weaker answer.</param>
/// <param name="Answers">False: the printer never says anything. A slip then counts as printed when it is sent, and missing paper
/// stays unknown.</param>
/// <param name="FeedBeforeCut">Dots from print head to knife.</param>
public sealed record PrinterProfile(string Name, byte CodePage = 19, int Dots = 576, bool Confirms = true, byte FeedBeforeCut = 24,
    bool Answers = true)
{
    /// <summary>Characters per line in font A, 12 dots each.</summary>
    public int Columns => Dots / 12;
}
