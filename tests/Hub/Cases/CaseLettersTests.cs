using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Hub;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Letters;
using Aufruf.Tests.Domain.Cases;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Options;
using UglyToad.PdfPig;

namespace Aufruf.Tests.Hub.Cases;

/// <summary>The words of a letter follow from the template, the answers and the town's letterhead.</summary>
public sealed class CaseLettersTests : IDisposable
{
    private static readonly KnownProcedure Dogs = Known("dog-registration");

    private readonly ListLogger<LetterSeals> _log = new();
    private readonly LetterSeals _seals;
    private readonly CaseLetters _letters;

    public CaseLettersTests()
    {
        _seals = new(Options.Create(new HubOptions()), TimeProvider.System, _log);
        _letters = new(new(), _seals);
    }

    public void Dispose() => _seals.Dispose();

    [Fact]
    public async Task A_line_about_something_that_was_not_given_is_left_out_and_a_given_one_stands()
    {
        Assert.DoesNotContain("Wir ziehen", await WordsAsync(Dogs, DeclaredProcedures.DogAnswers), StringComparison.Ordinal);
        var answers = DeclaredProcedures.DogAnswers;
        (answers["debit"], answers["iban"]) = ("true", "DE89370400440532013000");
        Assert.Contains("Wir ziehen den Betrag von DE89", await WordsAsync(Dogs, answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_addition_to_the_address_stands_above_the_street()
    {
        var answers = DeclaredProcedures.DogAnswers;
        answers["address.extra"] = "bei Wolkenstein";
        var words = await WordsAsync(Dogs, answers);
        Assert.True(words.IndexOf("bei Wolkenstein", StringComparison.Ordinal)
            < words.IndexOf(answers["address.street"], StringComparison.Ordinal), words);
    }

    [Fact]
    public async Task A_letter_in_English_has_its_words_amounts_and_dates_in_English()
    {
        var words = await WordsAsync(Dogs, DeclaredProcedures.DogAnswers, "en");
        foreach (var part in (string[])["Notice about the dog tax", "File number", "27 November 2026", "from 1 May 2026", "96.00 euros"])
        {
            Assert.Contains(part, words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_letterhead_the_town_is_the_sender_and_without_a_certificate_nothing_claims_a_seal()
    {
        var certificate = Known("residence-certificate");
        var answers = DeclaredProcedures.DogAnswers;
        (answers["form"], answers["registered"]) = ("electronic", "true");
        var words = await WordsAsync(certificate, answers);
        Assert.StartsWith("Alsdorf", words, StringComparison.Ordinal);
        Assert.Contains("trägt keine Unterschrift", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Siegel", words, StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.Contains("bears no seal", StringComparison.Ordinal));
        using var demo = new LetterSeals(Options.Create(new HubOptions { Demo = true }), TimeProvider.System, _log);
        Assert.Contains("elektronisches Siegel", await WordsAsync(certificate, answers, seals: demo), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_for_the_post_without_an_address_is_not_written_and_one_for_the_portal_is()
    {
        var found = Dogs.Evaluate(new Dictionary<string, string>(), DeclaredProcedures.Today);
        var notice = Dogs.Is.Documents.First(document => document.Id == "notice");
        Assert.Equal(Refusal.AddressMissing, (await _letters.WriteAsync(Asked(Dogs, found, notice, "de"))).Refusal);
        var receipt = Dogs.Is.Documents.First(document => document.Id == "receipt");
        Assert.NotNull((await _letters.WriteAsync(Asked(Dogs, found, receipt, "de"))).Pdf);
    }

    [Fact]
    public void A_wrong_seal_is_named_before_the_hub_starts()
    {
        using var folder = new TempFolder();
        var options = new SealOptions { CertificateFile = folder.Write("seal.p12", "no certificate"), PasswordFile = folder.File("none") };
        Assert.StartsWith("Hub:Seals:alsdorf:PasswordFile must name a file", Assert.Single(options.Wrong("alsdorf")),
            StringComparison.Ordinal);
        options.PasswordFile = folder.Write("password", "secret");
        Assert.StartsWith("Hub:Seals:alsdorf:CertificateFile must name a PKCS#12 file", Assert.Single(options.Wrong("alsdorf")),
            StringComparison.Ordinal);
    }

    private async Task<string> WordsAsync(KnownProcedure procedure, Dictionary<string, string> answers, string language = "de",
        LetterSeals? seals = null)
    {
        var found = procedure.Evaluate(answers, DeclaredProcedures.Today);
        var document = CaseLetters.Of(found, CaseState.Decided, DecisionOutcome.Granted)[0];
        var (pdf, refusal) = await (seals is null ? _letters : new(new(), seals)).WriteAsync(Asked(procedure, found, document, language));
        Assert.True(pdf is not null, refusal?.English);
        using var file = PdfDocument.Open(pdf);
        return string.Join('\n', file.GetPages().Select(page => string.Join(' ', page.GetWords().Select(word => word.Text))));
    }

    private static CaseLetter Asked(KnownProcedure procedure, Evaluation found, DeclaredDocument document, string language) =>
        new("alsdorf", "1-2026-000001", language, procedure, found, document, DecisionOutcome.Granted, null, DeclaredProcedures.Today);

    private static KnownProcedure Known(string procedure)
    {
        var json = DeclaredProcedures.JsonOf(procedure);
        var library = Directory.GetFiles(Path.Combine(DeclaredProcedures.Folder, "library")).Select(File.ReadAllText);
        return new(new(1, json, [.. library], "Alsdorf", ["52477"], "Europe/Berlin"), DeclaredProcedures.Of(json));
    }
}
