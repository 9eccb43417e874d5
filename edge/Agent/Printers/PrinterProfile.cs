using System.Text.Json;

namespace Aufruf.Edge;

/// <summary>What one model of printer can do and how it wants to be spoken to: <c>hardware/printers/*.json</c>.</summary>
/// <param name="CodePage">The number this model gives to CP858 in ESC t.</param>
/// <param name="Dots">Printable dots per line: 576 for 80 mm, 384 for 58 mm.</param>
/// <param name="Confirms">True: answers GS ( H when a slip is really processed. False: we ask GS r behind it, which is a weaker yes.</param>
/// <param name="FeedBeforeCut">Dots from print head to knife.</param>
public sealed record PrinterProfile(string Name, byte CodePage = 19, int Dots = 576, bool Confirms = true, byte FeedBeforeCut = 24)
{
    /// <summary>Characters per line in font A, 12 dots each.</summary>
    public int Columns => Dots / 12;

    /// <exception cref="BoardException">The file is missing or not understood.</exception>
    public static PrinterProfile Load(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), BoardJson.Default.PrinterProfile)
                ?? throw new BoardException($"The printer profile {file} is empty.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BoardException($"The printer profile {file} cannot be used: {e.Message}", e);
        }
    }
}
