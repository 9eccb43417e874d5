using System.Text;

namespace Aufruf.Edge;

/// <summary>Code page 858: Western Europe with the euro sign, which practically every receipt printer has.</summary>
public static class Cp858
{
    // Each word: a letter of the page, then the letters of DIN 91379 that become it. The agent runs without ICU's tables.
    private const string Alike =
        "AĀĂĄǍǠȀȂȦḀẠẢẬẮẰẲẴẶ BḂḄḆƁ CĆĈĊČ DĎḊḌḎḐḒĐƊ EĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼỆƏƐ FḞ GĜĞĠĢǦǴḠǤƓ HĤȞḢḤḦḨḪĦ IĨĪĬĮİǏȈȊḬỈỊƗ JĴ KĶǨḰḲḴƘ " +
        "LĹĻĽḶḸḺḼĿŁȽ MḾṀṂ NŃŅŇǸṄṆṈṊŊƝ OŌŎŐƠǑǪǬȌȎȮȰṐṒỌỎỘỚỜỞỠỢƟ PṔṖƤ RŔŖŘȐȒṘṚṜṞ SŚŜŞŠȘṠṢṤṦṨ TŢŤȚṪṬṮṰŦƬƮȾ " +
        "UŨŪŬŮŰŲƯǓȔȖṲṴṶṸṺỤỦỨỪỬỮỰ VṼṾƲ WŴẀẂẄẆẈ XẊẌ YŶŸȲẎỲỴỶỸƳ ZŹŻŽẐẒẔƵƷǮȤ aāăąǎǡȁȃȧḁạảậắằẳẵặ bḃḅḇ cćĉċč dďḋḍḏḑḓđẟ " +
        "eēĕėęěȅȇȩḕḗḙḛḝẹẻẽệəɛ fḟ gĝğġģǧǵḡǥ hĥȟḣḥḧḩḫẖħ iɨĩīĭįǐȉȋḭỉịı jĵǰ kķǩḱḳḵĸƙ lĺļľḷḹḻḽŀłƚ mḿṁṃ nńņňǹṅṇṉṋŋ " +
        "oōŏőơǒǫǭȍȏȯȱṑṓọỏộớờởỡợ pṕṗƥ rŕŗřȑȓṙṛṝṟ sśŝşšșṡṣṥṧṩſ tţťțṫṭṯṱẗŧƭ uũūŭůűųưǔȕȗṳṵṷṹṻụủứừửữự vṽṿ wŵẁẃẅẇẉẘ xẋẍ " +
        "yŷȳẏẙỳỵỷỹƴ zźżžẑẓẕƶʒǯȥ ÂẤẦẨẪ ÄǞ ÅǺ ÆǢǼ ÇḈ ÊẾỀỂỄ ÏḮ ÔỐỒỔỖ ÕȬṌṎ ÖȪ ØǾ ÜǕǗǙǛ âấầẩẫ äǟ åǻ æǣǽ çḉ êếềểễ ïḯ ôốồổỗ õȭṍṏ " +
        "öȫ øǿ üǖǘǚǜ";

    private static readonly Encoding Encoding =
        CodePagesEncodingProvider.Instance.GetEncoding(858, new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)
        ?? throw new NotSupportedException("Code page 858 is not there.");

    private static readonly HashSet<char> OnPage =
        [.. Encoding.GetString([.. Enumerable.Range(0x20, 0xE0).Select(code => (byte)code).Where(code => code != 0x7F)])];

    private static readonly Dictionary<char, string> Folded = Alike.Split(' ')
        .SelectMany(word => word[1..].Select(letter => (letter, Base: word[..1]))).ToDictionary(pair => pair.letter, pair => pair.Base);

    /// <summary>A letter that the page lacks becomes the usual substitute: ẞ becomes SS, ř becomes r, „so“ gets straight quotes.</summary>
    public static byte[] Bytes(string text) => Encoding.GetBytes(Fold(text));

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.GetString(bytes);

    /// <summary>The text as it is printed, except that a letter without a substitute is still there.</summary>
    public static string Fold(string text) => string.Concat(Composed(text).Select(Fold));

    /// <summary>True when a letter is printed as a question mark, for it has no substitute.</summary>
    public static bool Lacks(string text) => Fold(text).Any(letter => !OnPage.Contains(letter));

    // The hub composes its texts. A file of this machine may spell ü as u and two dots.
    private static string Composed(string text) => text.Contains('\u0308', StringComparison.Ordinal)
        ? text.Replace("a\u0308", "ä", StringComparison.Ordinal).Replace("o\u0308", "ö", StringComparison.Ordinal)
            .Replace("u\u0308", "ü", StringComparison.Ordinal).Replace("A\u0308", "Ä", StringComparison.Ordinal)
            .Replace("O\u0308", "Ö", StringComparison.Ordinal).Replace("U\u0308", "Ü", StringComparison.Ordinal)
        : text;

    private static string Fold(char character) => character switch
    {
        'ẞ' => "SS",
        'Œ' => "OE",
        'œ' => "oe",
        'Ĳ' => "IJ",
        'ĳ' => "ij",
        'ŉ' => "'n",
        '„' or '“' or '”' or '‟' => "\"",
        '‚' or '‘' or '’' or '‛' or 'ʼ' or 'ʻ' or 'ʹ' or '′' => "'",
        'ʺ' or '″' => "\"",
        '–' or '—' or '‑' or '‐' or '−' => "-",
        '…' => "...",
        '•' => "·",
        '\u00A0' or '\u202F' or '\u2009' => " ",
        // Marks that stand on the letter before them, and characters without a width.
        >= '\u0300' and <= '\u036F' or '\u00AD' or '\u200B' => "",
        // A control character is a command to the printer: a name must not cut paper.
        < ' ' or (>= '\u007F' and < '\u00A0') => " ",
        _ => Folded.GetValueOrDefault(character) ?? $"{character}",
    };
}
