namespace Aufruf.Hub.Letters;

/// <summary>A letter of the town: all that stands in it, and not where it stands.</summary>
/// <param name="Address">The lines that the envelope's window shows. A long one is broken.</param>
/// <param name="Facts">The rows beside the window: file number, contact, date.</param>
/// <param name="Language">Of the text, as a screen reader needs it: "de".</param>
internal sealed record Letter(Letterhead Head, IReadOnlyList<string> Address, IReadOnlyList<LetterFact> Facts, string Subject,
    IReadOnlyList<LetterBlock> Body, string Language = "de");

/// <summary>The sender, as each letter of it shows it.</summary>
/// <param name="ReturnLine">One line above the address, in the envelope's window.</param>
/// <param name="Foot">Lines at the end of each page: address, opening hours, account.</param>
internal sealed record Letterhead(string Name, string Unit, string ReturnLine, IReadOnlyList<string> Foot);

/// <summary>A row beside the window.</summary>
internal sealed record LetterFact(string Label, string Value);

/// <summary>A part of a letter's text. The parts follow each other from top to bottom.</summary>
internal abstract record LetterBlock
{
    private LetterBlock() { }

    public sealed record Heading(string Text) : LetterBlock;

    public sealed record Paragraph(string Text) : LetterBlock;

    /// <summary>Rows below a head that each page repeats. Amounts stand at the right.</summary>
    /// <param name="Shares">The columns' widths as parts of the whole line.</param>
    /// <param name="Sums">The last rows that bear a line above them and are bold.</param>
    public sealed record Table(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<double> Shares,
        IReadOnlySet<int> Right, int Sums = 0) : LetterBlock;
}
