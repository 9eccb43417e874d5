using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>Says what is missing or wrong in a citizen's data. It asks for no more than a clerk needs.</summary>
internal static class CitizenEntry
{
    private const int LongestName = 100;
    private const int LongestMail = 254; // RFC 5321, 4.5.3.1.3, less the two angle brackets.
    private const int LongestPhone = 30;
    private const int LongestRemark = 500;

    public static bool IsComplete(
        PortalTexts words, CitizenFields entered, ICollection<(string Field, string Text)> errors)
    {
        void Wrong(string field, string what) => errors.Add((field, words[$"data.{field}.{what}"]));

        if (entered.Name is not { Length: > 0 } name)
        {
            Wrong("name", "missing");
        }
        else if (name.Length > LongestName || name.Any(char.IsControl))
        {
            Wrong("name", "wrong");
        }

        if (entered.Mail is not { Length: > 0 } mail)
        {
            Wrong("mail", "missing");
        }
        else if (!IsMail(mail))
        {
            Wrong("mail", "wrong");
        }

        if (entered.Phone is { Length: > 0 } phone && (phone.Length > LongestPhone || phone.Count(char.IsAsciiDigit) < 4
            || !phone.All(sign => char.IsAsciiDigit(sign) || sign is '+' or '-' or '/' or '(' or ')' or ' ' or '.')))
        {
            Wrong("phone", "wrong");
        }

        if (entered.Remark is { Length: > LongestRemark })
        {
            Wrong("remark", "wrong");
        }

        return errors.Count == 0;
    }

    /// <summary>Something, an at sign, and a host with a dot: the mail itself is the proof.</summary>
    public static bool IsMail(string text) => text.Length <= LongestMail && text.Split('@') is [{ Length: > 0 }, { Length: > 2 } host]
        && host.IndexOf('.', StringComparison.Ordinal) > 0 && !host.EndsWith('.')
        && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '<' or '>' or ',' or ';' or '"');
}
