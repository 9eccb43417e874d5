using System.Net.Mail;
using System.Text;
using Aufruf.Domain.Cases.Declarations;

namespace Aufruf.Domain.Cases.Expressions;

/// <summary>Reads that which a citizen typed. It gives a value, or the code of a sentence that says what is wrong.</summary>
public static class Reading
{
    /// <summary>Beyond it a number is a slip of the keys.</summary>
    public const decimal LargestNumber = 1_000_000_000;

    private const int LongestText = 2_000, LongestLine = 200;

    /// <summary>A day of the years 1800 to 2999, as 2026-01-31 or 31.1.2026.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), ["yyyy-MM-dd", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 1800 and < 3000 ? day : null;

    public static (Value? Value, string? Fault) Read(Field field, string raw) => field.Type switch
    {
        // A browser sends two signs for the end of a line, and counts it as one.
        FieldType.Text => raw.ReplaceLineEndings("\n") is var text && (text.Length > LongestText || !IsWhole(text)
            || text.Any(c => char.IsControl(c) && c is not '\n')) ? Wrong("not-text") : Is(new Value.Text(Tidy(text))),
        FieldType.Latin => raw.Length > LongestLine ? Wrong("too-long")
            : LatinSigns.Text.WrongIn(Tidy(raw)) is null ? Is(new Value.Text(Tidy(raw))) : Wrong("not-latin"),
        FieldType.Date => Day(raw) is { } day ? Is(new Value.Date(day)) : Wrong("not-a-date"),
        FieldType.Time => TimeOnly.TryParseExact(raw.Trim(), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var t)
            ? Is(new Value.Time(t)) : Wrong("not-a-time"),
        FieldType.Datetime => DateTime.TryParseExact(raw.Trim(), "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var moment) && moment.Year is >= 1800 and < 3000 ? Is(new Value.Moment(moment)) : Wrong("not-a-moment"),
        FieldType.Bool => raw is "true" or "false" ? Is(new Value.Bool(raw == "true")) : Wrong("not-a-choice"),
        FieldType.Int => Number(raw) is { } whole && whole.Scale == 0 ? Is(new Value.Number(whole)) : Wrong("not-a-number"),
        FieldType.Number => Number(raw) is { } number ? Is(new Value.Number(number)) : Wrong("not-a-number"),
        FieldType.Money => Number(raw) is { } euros && euros.Scale <= 2 ? Is(new Value.Money((long)(euros * 100)))
            : Wrong("not-an-amount"),
        FieldType.Email => raw.Trim() is { Length: <= 254 } mail && MailAddress.TryCreate(mail, out var parsed) && parsed.Address == mail
            && parsed.Host.Contains('.', StringComparison.Ordinal) ? Is(new Value.Text(mail)) : Wrong("not-an-email"),
        FieldType.Phone => raw.Length <= 30 && raw.All(c => char.IsAsciiDigit(c) || " +-/()".Contains(c, StringComparison.Ordinal))
            && raw.Count(char.IsAsciiDigit) >= 5 ? Is(new Value.Text(Tidy(raw))) : Wrong("not-a-phone"),
        FieldType.Iban => Compact(raw) is { Length: >= 15 and <= 34 } iban && IsIban(iban) ? Is(new Value.Text(iban))
            : Wrong("not-an-iban"),
        FieldType.LeitwegId => raw.Trim() is { Length: <= 46 } id && IsLeitwegId(id) ? Is(new Value.Text(id)) : Wrong("not-a-leitweg-id"),
        FieldType.File => File(raw, field),
        FieldType.Signature => IsHash(raw) ? Is(new Value.Text(raw)) : Wrong("not-signed"),
        _ => throw new UnreachableException(),
    };

    public static bool IsPostcode(string text) => text.Length == 5 && text.All(char.IsAsciiDigit);

    /// <summary>Without spaces around it, and composed. Half a letter of two parts becomes the sign for an unreadable one.</summary>
    public static string Tidy(string text) => IsWhole(text) ? text.Trim().Normalize(NormalizationForm.FormC) : "\uFFFD";

    /// <summary>U+FFFE is no character, and a text with it cannot be composed.</summary>
    private static bool IsWhole(string text) => !text.Contains('\uFFFE', StringComparison.Ordinal)
        && !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    /// <summary>"sha256;bytes;mime;name": the shell writes it after it has stored the content.</summary>
    private static (Value?, string?) File(string raw, Field field) =>
        raw.Split(';', 4) is not [var hash, var size, var mime, var name] || !IsHash(hash) || name.Length is 0 or > LongestLine
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? Wrong("not-a-file")
        : !field.Mime.Contains(mime) ? Wrong("file-type")
        : bytes > (field.MaxMiB ?? 0) * 1024L * 1024L ? Wrong("file-size")
        : Is(new Value.File(hash, bytes, mime, name));

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>With a comma or a point, and without signs between thousands. So "1.000" is no whole number and no amount.</summary>
    public static decimal? Number(string raw) => raw.Length <= 20
        && decimal.TryParse(raw.Trim().Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= LargestNumber ? number : null;

    /// <summary>An IBAN without spaces.</summary>
    public static string Compact(string raw) => new([.. raw.Where(c => c != ' ').Select(char.ToUpperInvariant)]);

    /// <summary>ISO 13616: country and check digits behind the rest, letters as numbers, remainder 1 of 97.</summary>
    private static bool IsIban(string iban) => char.IsAsciiLetterUpper(iban[0]) && char.IsAsciiLetterUpper(iban[1])
        && iban.All(char.IsAsciiLetterOrDigit) && (iban[..2] != "DE" || iban.Length == 22) && Remainder(iban[4..] + iban[..4]) == 1;

    /// <summary>Coarse, fine and check digits, joined by "-"; the fine part may be left out. The check is that of ISO 7064 mod
    /// 97-10.</summary>
    private static bool IsLeitwegId(string id)
    {
        var parts = id.Split('-');
        return parts.Length is 2 or 3 && parts.All(p => p.Length > 0 && p.All(char.IsAsciiLetterOrDigit))
            && parts[0].Length is >= 2 and <= 12 && parts[0].All(char.IsAsciiDigit) && parts[^1] is { Length: 2 } check
            && check.All(char.IsAsciiDigit) && (parts.Length == 2 || parts[1].Length <= 30)
            && Remainder(string.Concat(parts).ToUpperInvariant()) == 1;
    }

    private static int Remainder(string text) => text.Aggregate(0, (rest, c) => char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97
        : ((rest * 100) + c - 'A' + 10) % 97);

    private static (Value?, string?) Is(Value value) => (value, null);

    private static (Value?, string?) Wrong(string code) => (null, code);
}
