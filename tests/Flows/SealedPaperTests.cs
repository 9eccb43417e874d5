using System.Text;
using System.Text.RegularExpressions;
using Aufruf.Domain.Cases;
using Aufruf.Tests.Hub.Letters;
using Aufruf.Tests.Running;
using static Aufruf.Tests.Flows.PaperTown;

namespace Aufruf.Tests.Flows;

/// <summary>A certificate as a file: sealed, in the portal at once, and gone with its case.</summary>
[Trait("Needs", "process")]
public sealed partial class SealedPaperTests(PaperTown town) : IClassFixture<PaperTown>
{
    [Fact]
    public async Task A_sealed_certificate_is_in_the_portal_at_once_shows_each_changed_byte_and_goes_with_its_case()
    {
        LetterRoom.NeedsPoppler();
        var (code, number) = await town.ApplyAsync(Certificate);
        await town.UntilAsync(number, CaseState.Dispatched);
        var paper = Assert.Single(await town.Documents.ListAsync(Town, code));
        Assert.Equal("Meldebescheinigung", paper.Title["de"]);
        var file = (await town.Documents.OpenAsync(Town, code, paper.Document))!;
        Assert.Equal($"{number}-file.pdf", file.Name);
        Assert.Contains("Die Stadt Alsdorf bescheinigt für Zoë Unverkennbar, geboren am 28. Februar 1990", WordsOf(file.Content),
            StringComparison.Ordinal);
        Assert.Contains("Signature is Valid.", await VerdictAsync(file.Content), StringComparison.Ordinal);
        byte[] changed = [.. file.Content];
        var place = changed.AsSpan().IndexOf("/Title"u8) + 10;
        changed[place] = changed[place] == (byte)'5' ? (byte)'6' : (byte)'5';
        Assert.DoesNotContain("Signature is Valid.", await VerdictAsync(changed), StringComparison.Ordinal);

        // Announced at once, closed, kept for a year, destroyed.
        await SkipToAsync(number, 2, CaseState.Closed);
        await SkipToAsync(number, 370, CaseState.Destroyed);
        await town.Hub.UntilAsync(async () => await town.Documents.OpenAsync(Town, code, paper.Document) is null, "It is destroyed");
        Assert.Empty(await town.Documents.ListAsync(Town, code));
        Assert.Null(await town.Papers.OpenAsync(Town, number, "anna", paper.Document));
        await town.Hub.StopAsync();
        foreach (var stored in Directory.GetFiles(town.Hub.Data, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(stored, TestContext.Current.CancellationToken);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("Unverkennbar")) < 0
                && bytes.AsSpan().IndexOf("%PDF"u8) < 0, stored);
        }

        await town.BeginAgainAsync();
    }

    [Fact]
    public async Task A_certificate_on_paper_goes_to_the_address_that_the_citizen_names()
    {
        var (code, number) = await town.ApplyAsync(Certificate, other: [("form", "paper"), ("letterTo.street", "Kaiserstraße"),
            ("letterTo.number", "1"), ("letterTo.postcode", "52134"), ("letterTo.town", "Herzogenrath")]);
        await town.UntilAsync(number, LetterState.Queued);
        Assert.Empty(await town.Documents.ListAsync(Town, code));
        var batch = await town.PrintAsync();
        var words = await town.WordsOfBatchAsync(batch);
        Assert.Contains("52134 Herzogenrath", words, StringComparison.Ordinal);
        Assert.Contains("die gemeldete Anschrift Hubertusstraße 17, 52477 Alsdorf", words, StringComparison.Ordinal);
        Assert.Null(await town.Dispatch.PostAsync(Town, town.Today, batch, town.Today, "anna", New()));
        await town.Hub.UntilAsync(async () => (await town.Documents.ListAsync(Town, code)).Count == 1, "The citizen has it too");

        // The batch of a destroyed case has its number and nothing else.
        var day = town.Today;
        await SkipToAsync(number, 2, CaseState.Closed);
        await SkipToAsync(number, 370, CaseState.Destroyed);
        await town.Hub.UntilAsync(async () => WordsOf((await town.Dispatch.OpenAsync(Town, day, batch))!.File.Content)
            is var later && later.Contains($"{number}: Der Inhalt dieses Briefs ist nicht mehr da.", StringComparison.Ordinal)
            && !later.Contains("Herzogenrath", StringComparison.Ordinal), "The letter is gone");
    }

    [Fact]
    public async Task A_question_may_have_an_id_that_a_part_of_the_page_could_have()
    {
        var code = (await town.Citizens.BeginAsync(Town, Certificate, "de", New())).Code!;
        using var citizen = new CitizenBrowser(town.Hub.Address);
        await citizen.GoAsync($"/case/{code}/form/form");
        var ids = Id().Matches(citizen.Page).Select(id => id.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Superset(new HashSet<string> { "main", "entries", "main-hint", "form-1" }, ids.ToHashSet());
        Assert.Subset(ids.ToHashSet(), Reference().Matches(citizen.Page).SelectMany(names => names.Groups[1].Value.Split(' ')).ToHashSet());
        await citizen.SubmitAsync(("form", "electronic"), ("main", "Haupt"), ("main-hint", "Neben"));
        await citizen.GoAsync($"/case/{code}/form/form");
        Assert.Matches("<input id=\"main\"[^>]*value=\"Haupt\"", citizen.Page);
    }

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("(?: for| aria-describedby|href)=\"#?((?<=#|for=\"|by=\")[^\"/]+)\"")]
    private static partial Regex Reference();

    private static Task<string> VerdictAsync(byte[] pdf) => LetterRoom.SaysAsync(pdf, "pdfsig", "-nocert");

    private async Task SkipToAsync(string number, int days, CaseState state)
    {
        town.Hub.Clock.Skipped += TimeSpan.FromDays(days);
        await town.Hub.UntilAsync(async () => (await town.CaseAsync(number)).State == state, $"{number} is {state}", seconds: 30);
    }
}
