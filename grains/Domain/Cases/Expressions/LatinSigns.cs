using System.Collections.Frozen;
using System.Text;

namespace Aufruf.Domain.Cases.Expressions;

/// <summary>The characters that names, addresses and other Latin texts may have, as DIN 91379 says it.</summary>
/// <remarks>Source: DIN 91379, 2022-08, data types A, B and C. All numbers are hexadecimal.</remarks>
public static class LatinSigns
{
    /// <summary>The letters that all three types have beyond the first two blocks of Unicode.</summary>
    private const string Letters = """
        187-188 18F 197 1A0-1A1 1AF-1B0 1B7 1CD-1DC 1DE-1DF 1E2-1F0 1F4-1F5 1F8-1FF 212-213 218-21B 21E-21F 227-233 259 268 292
        2B9-2BA 2BE-2BF 2C8 2CC 1E02-1E03 1E06-1E07 1E0A-1E11 1E17 1E1C-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49 1E52-1E5B 1E5E-1E63
        1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E 1EA0-1EF9 2019 2021
        """;

    /// <summary>A letter, then the marks that it may bear. Marks of one letter are joined by a plus.</summary>
    private const string Marked = """
        41 30B; 43 300 304 306 308 315 323 326 328+306; 44 302; 46 300 304; 47 300; 48 304 326 331; 4A 301 30C
        4B 300 302 304 307 315 31B 326 35F+48 35F+68; 4C 302 325 325+304 326; 4D 300 302 306 310; 4E 302 304 306 326
        50 300 304 315 323; 52 306 325 325+304; 53 300 304 31B+304 331; 54 300 304 308 315 31B; 55 307; 5A 300 304 306 308 327
        61 30B; 63 300 304 306 308 315 323 326 328+306; 64 302; 66 300 304; 67 300; 68 304 326; 6A 301
        6B 300 302 304 307 315 31B 326 35F+68; 6C 302 325 325+304 326; 6D 300 302 306 310; 6E 302 304 306 326; 70 300 304 315 323
        72 306 325 325+304; 73 300 304 31B+304 331; 74 300 304 315 31B; 75 307; 7A 300 304 306 308 327; C7 306; DB 304; E7 306; FB 304
        FF 301; 10C 315 323; 10D 315 323; 113 30D; 12A 301; 12B 301; 14D 30D; 17D 326 327; 17E 326 327; 1E32 304; 1E33 304; 1E62 304
        1E63 304; 1E6C 304; 1E6D 304; 1EA0 308; 1EA1 308; 1ECC 308; 1ECD 308; 1EE4 304 308; 1EE5 304 308
        """;

    private static readonly FrozenSet<string> Sequences = [.. Marked.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Length > 0)
        .SelectMany(line => line.Skip(1).Select(marks => string.Concat(marks.Split('+').Prepend(line[0]).Select(Sign))))];

    private static readonly int Longest = Sequences.Max(sequence => sequence.Length);

    /// <summary>Data type A: names of natural persons.</summary>
    public static LatinSet Person { get; } = new(Of("20 27 2C-2E 41-5A 60-7A 7E A8 B4 B7 C0-D6 D8-F6 F8-17E"), Sequences, Longest);

    /// <summary>Data type B: names of streets, towns and other things, with their numbers.</summary>
    public static LatinSet Thing { get; } = new(Of("20-7E A1-A3 A5 A7-AC AE-B7 B9-BB BF-17E 20AC"), Sequences, Longest);

    /// <summary>Data type C: any text in Latin letters, here without breaks of lines.</summary>
    public static LatinSet Text { get; } = new(Of("20-7E A0-AC AE-17E 20AC"), Sequences, Longest);

    private static FrozenSet<int> Of(string first) => [.. $"{first} {Letters}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(range => range.Split('-').Select(Number).ToArray())
        .SelectMany(range => Enumerable.Range(range[0], range[^1] - range[0] + 1))];

    private static string Sign(string hex) => char.ConvertFromUtf32(Number(hex));

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

/// <summary>The characters of one data type, and the letters that need more than one character.</summary>
public sealed class LatinSet(FrozenSet<int> signs, FrozenSet<string> sequences, int longest)
{
    /// <summary>The first character that the type does not have, with its marks; null: all are right.</summary>
    /// <param name="text">Composed (NFC).</param>
    public string? WrongIn(string text)
    {
        for (int at = 0, before = 0; at < text.Length;)
        {
            var length = LengthAt(text, at);
            if (length == 0)
            {
                return Shown(StringInfo.GetNextTextElement(text, IsMark(text, at) ? before : at));
            }

            (before, at) = (at, at + length);
        }

        return null;
    }

    /// <summary>Of the longest letter that stands there; 0: none does.</summary>
    private int LengthAt(string text, int at)
    {
        for (var length = Math.Min(longest, text.Length - at); length > 1; length--)
        {
            if (sequences.Contains(text.Substring(at, length)))
            {
                return length;
            }
        }

        return Rune.TryGetRuneAt(text, at, out var rune) && signs.Contains(rune.Value) ? rune.Utf16SequenceLength : 0;
    }

    /// <summary>It belongs to the letter before.</summary>
    private static bool IsMark(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>A character that no screen shows is named by its number.</summary>
    private static string Shown(string element) => Rune.DecodeFromUtf16(element, out var rune, out _) is System.Buffers.OperationStatus.Done
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        ? element : $"U+{(element.Length == 1 ? element[0] : char.ConvertToUtf32(element, 0)):X4}";
}
