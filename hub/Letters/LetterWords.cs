using System.Globalization;

namespace Aufruf.Hub.Letters;

/// <summary>The few words that stand on each letter, whatever it says.</summary>
internal static class LetterWords
{
    public static string Page(string language, int number, int of) => language == "en"
        ? string.Create(CultureInfo.InvariantCulture, $"Page {number} of {of}")
        : string.Create(CultureInfo.InvariantCulture, $"Seite {number} von {of}");
}
