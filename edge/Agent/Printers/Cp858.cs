using System.Text;

namespace Aufruf.Edge;

/// <summary>Code page 858: Western Europe with the euro sign, which practically every receipt printer has.</summary>
public static class Cp858
{
    private static readonly Encoding Encoding =
        CodePagesEncodingProvider.Instance.GetEncoding(858, new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)
        ?? throw new NotSupportedException("Code page 858 is not there.");

    /// <summary>A character that the page lacks becomes the usual substitute: ẞ becomes SS, „Anführung“ gets straight quotes, Ş becomes
    /// S.</summary>
    public static byte[] Bytes(string text) => Encoding.GetBytes(string.Concat(text.Select(c => Fold(c) ?? $"{c}")));

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.GetString(bytes);

    private static string? Fold(char character) => character switch
    {
        'ẞ' => "SS",
        '„' or '“' or '”' or '‟' => "\"",
        '‚' or '‘' or '’' or '‛' => "'",
        '–' or '—' or '‑' or '−' => "-",
        '…' => "...",
        '•' or '·' => "-",
        '\u00A0' or '\u202F' or '\u2009' => " ",
        '\u00AD' or '\u200B' => "",
        'Ş' or 'Ș' or 'Š' or 'Ś' => "S",
        'ş' or 'ș' or 'š' or 'ś' => "s",
        'Ğ' => "G",
        'ğ' => "g",
        'İ' => "I",
        'ł' => "l",
        'Ł' => "L",
        'č' or 'ć' => "c",
        'Č' or 'Ć' => "C",
        'ž' or 'ź' or 'ż' => "z",
        'Ž' or 'Ź' or 'Ż' => "Z",
        'ę' or 'ě' => "e",
        'ą' or 'ă' => "a",
        'ń' or 'ň' => "n",
        'ř' => "r",
        'ț' or 'ţ' => "t",
        'ů' or 'ű' => "u",
        'ő' => "o",
        // A control character is a command to the printer: a name must not cut paper.
        < ' ' or '\u007F' => " ",
        _ => null,
    };
}
