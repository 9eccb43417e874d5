using System.Globalization;
using Aufruf.Edge.Protocol;
using static Aufruf.Edge.EscPos;

namespace Aufruf.Edge;

/// <summary>The look of a slip on paper.</summary>
public sealed class SlipLayout(PrinterProfile profile)
{
    /// <summary>Names the part of a slip that the paper cannot show: a letter, or its code. Null when it shows all.</summary>
    public string? Shortcoming(Slip slip) =>
        new[] { slip.Number, slip.Office, slip.Area, slip.Service }.Any(IsLacking) ? SlipLacks.Letters
        : slip.StatusUrl is { Length: > 0 } url && QrSize.ModuleDots(url, profile.Dots) is null ? SlipLacks.Code
        : null;

    private static bool IsLacking(string text) => Cp858.Lacks(text) && !DrawnLine.CanShow(text);

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
        if (slip.Booked is { } booked)
        {
            paper.Line($"{words.Booked}: {booked.ToString(words.Time, CultureInfo.InvariantCulture)}");
        }

        if (slip.Ahead is { } ahead)
        {
            paper.Line($"{words.Ahead}: {ahead.ToString(CultureInfo.InvariantCulture)}");
        }

        if (slip.WaitFrom is { } from)
        {
            paper.Line($"{words.Wait}: {words.Range(from, slip.WaitTo)}");
        }

        if (slip.StatusUrl is { Length: > 0 } url && QrSize.ModuleDots(url, profile.Dots) is { } moduleDots)
        {
            paper.FeedDots(24).Qr(url, moduleDots).FeedDots(8).Line(words.OnYourPhone);
        }

        paper.FeedDots(24).Line(slip.TakenAt.ToString(words.DateTime, CultureInfo.InvariantCulture)).Cut(profile.FeedBeforeCut);
        return (!profile.Answers ? paper : profile.Confirms ? paper.ConfirmWith(processId) : paper.AskPaperInTurn()).ToArray();
    }

    // Twice the size: these words are read at arm's length.
    private void Big(EscPos paper, string text)
    {
        paper.Size(2, 2);
        Wrapped(paper, text, 2);
        paper.Size(1, 1);
    }

    // The printer itself would break in the middle of a word. A word that is wider than the paper is broken with a hyphen.
    private void Wrapped(EscPos paper, string text, int width)
    {
        var columns = profile.Columns / width;
        var isDrawn = DrawnLine.CanShow(text);
        Action<string> put = isDrawn ? line => paper.Raster(DrawnLine.Of(line, width)) : line => paper.Line(line);
        var line = "";
        var words = (isDrawn ? text : Cp858.Fold(text)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.SelectMany(w => Pieces(w, columns)))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
            {
                put(line);
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        put(line);
    }

    private static IEnumerable<string> Pieces(string word, int columns)
    {
        for (; word.Length > columns; word = word[(columns - 1)..])
        {
            yield return word[..(columns - 1)] + "-";
        }

        yield return word;
    }
}

/// <summary>The fixed words of a slip.</summary>
internal sealed record SlipWords(string YourNumber, string Ahead, string Wait, string Soon, string Between, string MoreThan,
    string OnYourPhone, string Copy, string DateTime, string Booked, string Time)
{
    private static readonly SlipWords German = new("Ihre Nummer", "Vor Ihnen", "Wartezeit", "wenige Minuten",
        "etwa {0} bis {1} Min.", "mehr als {0} Min.", "Wartezeit auf dem Handy", "KOPIE", "dd.MM.yyyy  HH:mm 'Uhr'",
        "Ihr Termin", "HH:mm 'Uhr'");
    private static readonly SlipWords English = new("Your number", "Ahead of you", "Waiting time", "a few minutes",
        "about {0} to {1} min", "more than {0} min", "Waiting time on your phone", "COPY / KOPIE", "d MMM yyyy  HH:mm",
        "Your appointment", "HH:mm");

    /// <summary>A range of minutes in words; without an upper end: more than.</summary>
    public string Range(int from, int? to) => (from, to) switch
    {
        (_, null) => string.Format(CultureInfo.InvariantCulture, MoreThan, from),
        (0, { } soon) when soon <= 5 => Soon,
        _ => string.Format(CultureInfo.InvariantCulture, Between, from, to),
    };

    public static SlipWords In(string language) => language == "en" ? English : German;
}
