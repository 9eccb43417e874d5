using System.Globalization;
using System.Text;

namespace Aufruf.Portal.Search;

/// <summary>Words as a search compares them: small letters, without accents, umlauts as two letters.</summary>
internal static class Words
{
    public static string[] Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        // U+FFFE is no character, and a text with it cannot be taken apart.
        foreach (var letter in text.ToLowerInvariant().Replace("ä", "ae", StringComparison.Ordinal)
            .Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal)
            .Replace("ß", "ss", StringComparison.Ordinal).Replace('ı', 'i').Replace('\uFFFE', ' ')
            .Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark)
            {
                plain.Append(char.IsLetterOrDigit(letter) ? letter : ' ');
            }
        }

        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>From 0 (another word) to 1 (the same): the same beginning, a part of a compound, or one or two wrong letters.</summary>
    public static double Likeness(string asked, string word)
    {
        if (asked == word)
        {
            return 1;
        }

        if (asked.Length >= 3 && word.StartsWith(asked, StringComparison.Ordinal))
        {
            return 0.8;
        }

        // "Ausweis" in "Personalausweis", and "Personalausweis" where only "Ausweis" is known.
        if ((asked.Length >= 4 && word.Contains(asked, StringComparison.Ordinal))
            || (word.Length >= 4 && asked.Contains(word, StringComparison.Ordinal)))
        {
            return 0.6;
        }

        var mayDiffer = asked.Length switch { < 4 => 0, < 7 => 1, _ => 2 };
        return mayDiffer > 0 && Distance(asked, word, mayDiffer) is var wrong && wrong <= mayDiffer ? 0.65 - (0.15 * wrong) : 0;
    }

    /// <summary>How many letters are wrong, missing, too many or swapped; more than the limit: just more.</summary>
    private static int Distance(string one, string other, int limit)
    {
        if (Math.Abs(one.Length - other.Length) > limit)
        {
            return limit + 1;
        }

        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }
}
