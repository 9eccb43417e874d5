using System.Buffers;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Newtonsoft.Json.Linq;

namespace Aufruf.Hub.Offices;

/// <summary>The text of an office file. Letters that another program has lost are refused with their line.</summary>
internal static partial class OfficeText
{
    private const int LargestBytes = 1024 * 1024;

    /// <summary>Decodes strictly: a lenient decoder would put replacement characters on boards.</summary>
    public static (string Text, string? Error) Decode(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LargestBytes)
        {
            return ("", $"{file}: has {bytes.Length} bytes; an office file has at most {LargestBytes}.");
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            return ("", $"{file}, line 1: is UTF-16; expected UTF-8: save the file again as UTF-8.");
        }

        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var text = new char[bytes.Length];
        return Utf8.ToUtf16(bytes, text, out var read, out var written, replaceInvalidSequences: false) is OperationStatus.Done
            ? (new string(text, 0, written), null)
            : ("", $"{file}, line {bytes[..read].Count((byte)'\n') + 1}: is not UTF-8 (byte 0x{bytes[read]:X2}); "
                + "expected UTF-8: save the file again as UTF-8.");
    }

    /// <summary>Composes letters and their marks (NFC), as boards and printers expect them. Broken letters are found.</summary>
    public static IEnumerable<OfficeRules.Finding> Compose(JObject root)
    {
        foreach (var value in root.Descendants().OfType<JValue>().Where(value => value.Value is string))
        {
            var text = (string)value.Value!;
            if (WhyBroken(text) is var (english, german))
            {
                yield return new(value.Path, english, german);
            }
            else if (!text.IsNormalized())
            {
                value.Value = text.Normalize();
            }
        }
    }

    private static (string English, string German)? WhyBroken(string text) =>
        text.Contains('\uFFFD', StringComparison.Ordinal)
            ? ("has the character '\uFFFD' where a program has lost a letter; type it again.",
                "Enthält „\uFFFD“, wo ein Programm einen Buchstaben verloren hat; bitte neu eingeben.")
        : text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))
            ? ("has a control character; expected text.", "Enthält ein Steuerzeichen; erwartet wird Text.")
        : ReadAsAnotherEncoding().Match(text) is { Success: true } match
            ? ($"has '{match.Value}', a letter that a program has read in a wrong encoding; type it again and save the file as UTF-8.",
                $"Enthält „{match.Value}“: Ein Programm hat einen Buchstaben falsch gelesen; bitte neu eingeben und als UTF-8 speichern.")
        : null;

    // The two bytes of a letter such as U+00FC, each read as a letter of Windows-1252.
    [GeneratedRegex("[\u00C2\u00C3][\u0080-\u00BF\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u0192\u02C6\u02DC"
        + "\u2013\u2014\u2018-\u2026\u2030\u2039\u203A\u20AC\u2122]")]
    private static partial Regex ReadAsAnotherEncoding();
}
