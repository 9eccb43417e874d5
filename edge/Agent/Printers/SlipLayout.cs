using System.Globalization;
using Aufruf.Edge.Protocol;
using static Aufruf.Edge.EscPos;

namespace Aufruf.Edge;

/// <summary>How a slip looks on paper.</summary>
public sealed class SlipLayout(PrinterProfile profile)
{
    // A QR code of 8 dots a module and 33 modules is 33 mm wide: an old phone reads it at arm's length.
    private const byte QrModuleDots = 7;

    public byte[] Bytes(Slip slip, ReadOnlySpan<byte> processId)
    {
        var words = SlipWords.In(slip.Language);
        var paper = new EscPos().Initialise(profile.CodePage).To(Align.Center);
        if (slip.Copy)
        {
            paper.Reverse(true).Bold(true).Size(2, 2).Line($"  {words.Copy}  ").Size(1, 1).Bold(false).Reverse(false).FeedDots(16);
        }

        paper.Bold(true);
        Wrapped(paper, slip.Office, 1);
        paper.Bold(false).FeedDots(20);
        Big(paper, slip.Service);
        paper.FeedDots(28).Line(words.YourNumber);

        var times = Math.Clamp(profile.Columns / Math.Max(1, slip.Number.Length), 1, 8);
        paper.Bold(true).Size(times, times).Line(slip.Number).Size(1, 1).Bold(false).FeedDots(16);

        Big(paper, slip.Area);
        paper.FeedDots(8);
        if (slip.Ahead is { } ahead)
        {
            paper.Line($"{words.Ahead}: {ahead.ToString(CultureInfo.InvariantCulture)}");
        }

        if (slip.WaitFrom is { } from)
        {
            paper.Line($"{words.Wait}: {words.Range(from, slip.WaitTo)}");
        }

        if (slip.StatusUrl is { Length: > 0 } url)
        {
            paper.FeedDots(24).Qr(url, QrModuleDots).FeedDots(8).Line(words.OnYourPhone);
        }

        paper.FeedDots(24).Line(slip.TakenAt.ToString(words.DateTime, CultureInfo.InvariantCulture)).Cut(profile.FeedBeforeCut);
        return (profile.Confirms ? paper.ConfirmWith(processId) : paper.AskPaperInTurn()).ToArray();
    }

    // Twice the size on as many lines as it needs: these words are read standing, at arm's length.
    private void Big(EscPos paper, string text)
    {
        paper.Size(2, 2);
        Wrapped(paper, text, 2);
        paper.Size(1, 1);
    }

    // The printer itself would break in the middle of a word.
    private void Wrapped(EscPos paper, string text, int width)
    {
        var columns = profile.Columns / width;
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
            {
                paper.Line(line);
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        paper.Line(line);
    }
}

/// <summary>The fixed words of a slip.</summary>
internal sealed record SlipWords(string YourNumber, string Ahead, string Wait, string Soon, string Between, string MoreThan, string OnYourPhone, string Copy, string DateTime)
{
    private static readonly SlipWords German = new("Ihre Nummer", "Vor Ihnen", "Wartezeit", "wenige Minuten", "etwa {0} bis {1} Min.", "mehr als {0} Min.",
        "Wartezeit auf dem Handy", "KOPIE", "dd.MM.yyyy  HH:mm 'Uhr'");
    private static readonly SlipWords English = new("Your number", "Ahead of you", "Waiting time", "a few minutes", "about {0} to {1} min", "more than {0} min",
        "Waiting time on your phone", "COPY / KOPIE", "d MMM yyyy  HH:mm");

    /// <summary>A range of minutes in words; without an upper end: more than.</summary>
    public string Range(int from, int? to) => (from, to) switch
    {
        (_, null) => string.Format(CultureInfo.InvariantCulture, MoreThan, from),
        (0, { } soon) when soon <= 5 => Soon,
        _ => string.Format(CultureInfo.InvariantCulture, Between, from, to),
    };

    public static SlipWords In(string language) => language == "en" ? English : German;
}
