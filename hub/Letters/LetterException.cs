namespace Aufruf.Hub.Letters;

/// <summary>The letters' typeface lacks a character, so that the letter cannot be written.</summary>
internal sealed class LetterException(string lacking) : Exception($"The typeface of letters lacks the character '{lacking}'.")
{
    public string Lacking { get; } = lacking;
}
