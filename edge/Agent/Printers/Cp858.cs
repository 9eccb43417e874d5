using System.Text;

namespace Aufruf.Edge;

/// <summary>Code page 858: Western Europe with the euro sign, which practically every receipt printer has.</summary>
public static class Cp858
{
    private static readonly Encoding Encoding = CodePagesEncodingProvider.Instance.GetEncoding(858, new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)
        ?? throw new NotSupportedException("Code page 858 is not there.");

    /// <summary>What the page lacks is written as people write it without: ẞ as SS, „Anführung“ with straight quotes, Ş as S.</summary>
    public static byte[] Bytes(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = Fold(character) is { } plain ? folded.Append(plain) : folded.Append(character);
        }

        return Encoding.GetBytes(folded.ToString());
    }

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
        // Control characters are commands to a printer: a name must not be able to cut paper.
        < ' ' or '\u007F' => " ",
        _ => null,
    };
}
