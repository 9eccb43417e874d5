using System.Text;

namespace Aufruf.Domain.Cases;

/// <summary>A file as an answer: where its content stands, its size, its type by content, and its name.</summary>
/// <param name="Hash">Of the sealed content.</param>
public sealed record FileAnswer(string Hash, long Bytes, string Mime, string Name)
{
    public const int LongestName = 120;

    /// <summary>Of one file, whatever its field says.</summary>
    public const long MostBytes = 10 * MiB;

    /// <summary>Of all files of an application.</summary>
    public const long MostOfAll = 50 * MiB;

    private const long MiB = 1024 * 1024;

    /// <summary>Why a file does not fit into a field and an application; null: it fits.</summary>
    /// <param name="others">The other files of the application.</param>
    public static Refusal? WhyNot(long bytes, int? maxMiB, IEnumerable<FileAnswer> others) =>
        bytes > Math.Min(MostBytes, (maxMiB ?? 0) * MiB) ? Refusal.FileTooLarge
        : others.Sum(file => file.Bytes) + bytes > MostOfAll ? Refusal.FilesTooLarge : null;

    /// <summary>The name of the answer that says that a file waits for the scanner. Its value is the hash.</summary>
    public static string WaitsOf(string path) => $"{path};waits";

    /// <summary>Null: it is none.</summary>
    public static FileAnswer? Parse(string? answer) => answer?.Split(';', 4) is [var hash, var size, var mime, var name]
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? new(hash, bytes, mime, name) : null;

    /// <summary>The last part of a path, with the ending of its type. Signs that a file system or a line cannot have are left out.
    /// </summary>
    public static string Clean(string? name, string mime)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var safe = new string([.. last.EnumerateRunes().Where(rune => rune != Rune.ReplacementChar
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator))
            .Select(rune => rune.ToString()).SelectMany(text => text).Where(c => !"<>:\"|?*;%".Contains(c, StringComparison.Ordinal))])
            .Trim(' ', '.').Normalize(NormalizationForm.FormC);
        var dot = safe.LastIndexOf('.');
        var ending = dot > 0 ? safe[(dot + 1)..].ToLowerInvariant() : "";
        var isEnding = ending.Length is > 1 and <= 5 && ending.All(char.IsAsciiLetterOrDigit) && !ending.All(char.IsAsciiDigit);
        var stem = isEnding ? safe[..dot] : safe;
        var endings = FileKind.EndingsOf(mime);
        return $"{(stem.Length == 0 ? "file" : Shortened(stem))}.{(endings.Contains(ending) ? ending : endings[0])}";
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Hash};{Bytes};{Mime};{Name}");

    /// <summary>Its beginning, without half a sign at the end.</summary>
    private static string Shortened(string text) => text.Length <= LongestName ? text
        : text[..(char.IsHighSurrogate(text[LongestName - 1]) ? LongestName - 1 : LongestName)];
}
