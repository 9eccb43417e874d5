using System.Text;
using Aufruf.Hub.Letters;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Aufruf.Tests.Hub.Letters;

public class LetterTests
{
    private const double Millimetre = 72 / 25.4;

    [Fact]
    public async Task The_address_stands_in_the_window_of_the_envelope()
    {
        using var pdf = PdfDocument.Open(await LetterFile.WriteAsync(LetterRoom.Letter, seal: null));
        var words = pdf.GetPage(1).GetWords().ToList();
        foreach (var shown in (string[])["Łucja", "Đặng-Müller", "Rathausstraße", "52477"])
        {
            Assert.Contains(words, word => word.Text == shown && IsInWindow(word));
        }

        Assert.DoesNotContain(words, word => word.Text is "Aktenzeichen" or "Bescheid" && IsInWindow(word));
    }

    [Fact]
    public async Task A_long_name_and_a_long_street_stay_in_the_window()
    {
        string[] names = [.. Enumerable.Repeat("Anastasia-Philippa", 10)], streets = [.. Enumerable.Repeat("Landstraße", 6)];
        var letter = LetterRoom.Letter with { Address = [string.Join(' ', names), string.Join(' ', streets), "52477 Baesweiler"] };
        using var pdf = PdfDocument.Open(await LetterFile.WriteAsync(letter, seal: null));
        Assert.Equal([.. names, .. streets, "Baesweiler"], pdf.GetPage(1).GetWords().Where(IsInWindow).Select(word => word.Text)
            .Where(word => word is "Anastasia-Philippa" or "Landstraße" or "Baesweiler"));
    }

    [Fact]
    public async Task A_name_keeps_all_its_marks()
    {
        var names = Din91379.Letters.Where(letter => letter.Trim().Length > 0 && letter != "\u00A0").ToList();
        var letter = LetterRoom.Letter with { Body = [new LetterBlock.Paragraph(string.Join(' ', names))] };
        using var pdf = PdfDocument.Open(await LetterFile.WriteAsync(letter, seal: null));
        var read = string.Concat(pdf.GetPages().SelectMany(page => page.Letters).Select(each => each.Value));
        Assert.InRange(names.Count, 700, 800);
        Assert.Contains(string.Concat(names).Normalize(NormalizationForm.FormC),
            read.Replace(" ", "", StringComparison.Ordinal).Normalize(NormalizationForm.FormC), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_with_a_character_that_nobody_could_read_is_not_written()
    {
        var letter = LetterRoom.Letter with { Address = ["Frau", "Ana 😀 Müller", "52477 Alsdorf"] };
        var refused = await Assert.ThrowsAsync<LetterException>(() => LetterFile.WriteAsync(letter, seal: null));
        Assert.Equal("😀", refused.Lacking);
    }

    [Fact]
    public async Task A_long_table_begins_each_sheet_with_its_head_and_no_row_is_lost()
    {
        var rows = Enumerable.Range(1, 70).Select(n => (IReadOnlyList<string>)[$"Position {n}", "1,00 €"]).ToList();
        var letter = LetterRoom.Letter with
        {
            Body = [new LetterBlock.Table(["Leistung", "Betrag"], [.. rows, ["Summe", "70,00 €"]], [3, 1],
                new HashSet<int> { 1 }, Sums: 1)],
        };
        using var pdf = PdfDocument.Open(await LetterFile.WriteAsync(letter, seal: null));
        var sheets = pdf.GetPages().Select(page => string.Join(' ', page.GetWords().Select(word => word.Text))).ToList();
        Assert.Equal(3, sheets.Count);
        Assert.All(sheets, sheet => Assert.Contains("Leistung Betrag", sheet, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Contains($"{row[0]} 1,00 €", string.Join(' ', sheets), StringComparison.Ordinal));
        Assert.All(sheets.Index(), sheet => Assert.Contains($"Seite {sheet.Index + 1} von 3", sheet.Item, StringComparison.Ordinal));
        Assert.Contains("Summe 70,00 €", sheets[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_wider_than_the_sheet_stays_on_the_sheet()
    {
        var letter = LetterRoom.Letter with { Body = [new LetterBlock.Paragraph(new string('W', 400))] };
        using var pdf = PdfDocument.Open(await LetterFile.WriteAsync(letter, seal: null));
        Assert.Equal(400, pdf.GetPage(1).Letters.Count(each => each.Value == "W"));
        Assert.All(pdf.GetPage(1).Letters, each => Assert.InRange(each.EndBaseLine.X, 0, 200 * Millimetre));
    }

    [Fact]
    public async Task A_screen_reader_finds_title_headings_table_and_whole_words()
    {
        LetterRoom.NeedsPoppler();
        var letter = LetterRoom.Letter with
        {
            Body = [.. LetterRoom.Letter.Body, new LetterBlock.Paragraph(string.Join(' ', Enumerable.Repeat("Rathaus", 40))),
                new LetterBlock.Table(["Leistung"], [["Ausweis"]], [1], new HashSet<int>())],
        };
        var pdf = await LetterFile.WriteAsync(letter, seal: null);
        var structure = await LetterRoom.SaysAsync(pdf, "pdfinfo", "-struct-text");
        foreach (var part in (string[])["H1 (block)", "\"Bescheid über eine Gebühr\"", "H2 (block)", "Table (block)", "TH", "TD"])
        {
            Assert.Contains(part, structure, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("RathausRathaus", structure, StringComparison.Ordinal);
        Assert.DoesNotContain("Seite 1 von", structure, StringComparison.Ordinal);
        var facts = await LetterRoom.SaysAsync(pdf, "pdfinfo");
        Assert.Matches("(?m)^Tagged: +yes$", facts);
        Assert.Matches("(?m)^Title: +Bescheid über eine Gebühr$", facts);
        Assert.Contains("/Lang", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public void All_letters_of_a_day_are_one_file_and_each_counts_its_own_sheets()
    {
        var longer = LetterRoom.Letter with { Body = [new LetterBlock.Paragraph(string.Join('\n', Enumerable.Repeat("Zeile", 90)))] };
        var (pdf, sheets) = LetterFile.WriteBatch([LetterRoom.Letter, longer, LetterRoom.Letter], "Post vom 29. November 2026");
        Assert.Equal([1, 3, 1], sheets);
        using var file = PdfDocument.Open(pdf);
        Assert.Equal(["Seite 1 von 1", "Seite 1 von 3", "Seite 2 von 3", "Seite 3 von 3", "Seite 1 von 1"], file.GetPages()
            .Select(page => string.Join(' ', page.GetWords().Select(word => word.Text)))
            .Select(text => text.Substring(text.IndexOf("Seite", StringComparison.Ordinal), "Seite 1 von 1".Length)));
    }

    [Fact]
    public async Task Letters_that_are_written_at_the_same_moment_are_all_whole()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => LetterFile.WriteAsync(
            LetterRoom.Letter with { Body = [new LetterBlock.Paragraph($"Brief Nummer {n}")] }, seal: null))));
        foreach (var (n, letter) in all.Index())
        {
            using var pdf = PdfDocument.Open(letter);
            Assert.Contains($"Brief Nummer {n}", string.Join(' ', pdf.GetPage(1).GetWords().Select(word => word.Text)),
                StringComparison.Ordinal);
        }

        Assert.Equal(40, all.Length);
    }

    /// <summary>The window of a long envelope, as a person sees it: 85 mm wide and 45 mm high.</summary>
    private static bool IsInWindow(Word word) => word.BoundingBox.Left >= 20 * Millimetre && word.BoundingBox.Right <= 105 * Millimetre
        && word.BoundingBox.Top <= (297 - 45) * Millimetre && word.BoundingBox.Bottom >= (297 - 90) * Millimetre;
}
