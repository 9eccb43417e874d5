using System.Globalization;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Letters;

namespace Aufruf.Hub.Dispatching;

/// <summary>The words of a batch: its list, which stays in the house, and the marks at the foot of its sheets. They are German.</summary>
internal sealed record BatchWords(DateOnly Day, int Batch)
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    public string Title => $"Versandliste vom {Day.ToString("d. MMMM yyyy", German)}, Stapel {Batch}";

    public string FileName => string.Create(CultureInfo.InvariantCulture, $"versand-{Day:yyyy-MM-dd}-{Batch}.pdf");

    public static string Mark(int place, int of, int sheet, int sheets, DispatchLetter letter) =>
        $"Brief {place} von {of} · Blatt {sheet} von {sheets} · {letter.Number}"
        + (letter.Encloses.Count > 0 ? $" · Beilage: {string.Join(", ", letter.Encloses)}" : "");

    /// <param name="letters">Without a sheet: its content is destroyed.</param>
    public Letter Cover(Letterhead head, IReadOnlyList<(DispatchLetter Letter, int Sheets)> letters)
    {
        var printed = letters.Where(letter => letter.Sheets > 0).ToList();
        return new(head, [], [], Title,
        [
            new LetterBlock.Paragraph("Dieses Blatt bleibt im Haus. Bitte legen Sie die Beilagen zu den Briefen."),
            new LetterBlock.Table(["Brief", "Aktenzeichen", "Beilagen", "Blatt"],
                [.. printed.Index().Select(one => (IReadOnlyList<string>)[$"{one.Index + 1}", one.Item.Letter.Number,
                    string.Join(", ", one.Item.Letter.Encloses), $"{one.Item.Sheets}"]),
                    ["Summe", "", "", $"{printed.Sum(one => one.Sheets)}"]],
                [2, 4, 5, 1], new HashSet<int> { 3 }, Sums: 1),
            .. letters.Where(letter => letter.Sheets == 0).Select(LetterBlock (letter) => new LetterBlock.Paragraph(
                $"{letter.Letter.Number}: Der Inhalt dieses Briefs ist nicht mehr da.")),
        ]);
    }
}
