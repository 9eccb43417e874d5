using Aufruf.Domain.Cases.Declarations;
using static Aufruf.Tests.Domain.Cases.DeclaredProcedures;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>A wrong declaration is not published: every fault has its line and its remedy.</summary>
public class DeclarationTests
{
    private static readonly string Json = JsonOf("dog-registration");

    private static readonly Library Town = OfTheHouse with
    {
        Roles = ["dog-tax", "ordnungsamt"],
        Articles = ["hundesteuer"],
        Procedures = ["dog-deregistration", "dog-relief-change"],
    };

    [Fact]
    public void The_declaration_of_the_design_is_read_as_it_stands()
    {
        var (procedure, faults) = ProcedureReader.Read(TestFile("as-designed"), OfTheHouse);
        Assert.Empty(faults);
        Assert.Equal(("dog-registration", 3, 3), (procedure!.Id, procedure.Version, procedure.Pages.Count));
        Assert.Equal(["dog-breeds@2017-07-01", "dog-relief@2017-07-01", "dog-tax@2017-07-01"], procedure.Editions);
        Assert.Empty(Linter.Of(procedure, Town));
    }

    [Fact]
    public void The_walk_finds_that_the_design_has_no_rate_for_a_dog_of_earlier_years()
    {
        var found = Walk.Of(Of(TestFile("as-designed")), Today, Alsdorf);
        Assert.Contains("start", Of(TestFile("as-designed")).Values.Select(v => v.Id));
        Assert.Equal("citizen-stuck", Assert.Single(found).Code);
        Assert.Contains("no-value", found[0].Says["en"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_house_s_own_declaration_has_no_finding() => Assert.Empty(Linter.Check(Json, Town, Today, Alsdorf));

    [Theory]
    // Reading.
    [InlineData("\"unit\": \"a20\"", "\"unit\": \"a20\" \"x\"", "not-json")]
    [InlineData("\"unit\": \"a20\"", "\"unit\": \"a20\", \"colour\": \"red\"", "unknown-property")]
    [InlineData("\"unit\": \"a20\"", "\"unit\": \"a20\", \"unit\": \"a21\"", "property-twice")]
    [InlineData("\"unit\": \"a20\",", "", "property-missing")]
    [InlineData("\"unit\": \"a20\"", "\"unit\": 20", "wrong-json")]
    [InlineData("\"draftDays\": 30", "\"draftDays\": 3000", "outside")]
    [InlineData("\"id\": \"call\"", "\"id\": \"ca ll\"", "not-an-id")]
    [InlineData("\"id\": \"call\"", "\"id\": \"mail\"", "name-twice")]
    [InlineData("\"type\": \"iban\"", "\"type\": \"account\"", "not-a-choice")]
    [InlineData("dog-tax@2017-07-01", "dog-tax@2018-07-01", "unknown-table")]
    [InlineData("\"list\": \"breed\"", "\"list\": \"breeds\"", "unknown-list")]
    [InlineData("[0-9]{15}", "[0-9", "bad-pattern")]
    // Expressions: a later name, an absent value, a wrong type.
    [InlineData("large or flag(breed, 'listed')", "debit or flag(breed, 'listed')", "later-name")]
    [InlineData("large or flag(breed, 'listed')", "large or flag(bread, 'listed')", "unknown-name")]
    [InlineData("\"if\": \"given(relief) and relief != 'none'\"", "\"if\": \"relief != 'none'\"", "may-be-absent")]
    [InlineData("cents(yearly * monthsLeft(start) / 12)", "yearly * monthsLeft(start) / 12", "not-rounded")]
    [InlineData("\"if\": \"others > 0\"", "\"if\": \"others\"", "wrong-type")]
    // The linter.
    [InlineData("\"if\": \"others > 0\"", "\"if\": \"false\"", "never")]
    [InlineData("\"at\": \"received\",\n      \"if\": \"large", "\"at\": \"submitted\",\n      \"if\": \"large", "never")]
    [InlineData("\"at\": \"received\",\n      \"if\": \"large", "\"at\": \"destroyed\",\n      \"if\": \"large", "never")]
    [InlineData("\"at\": \"received\",\n      \"if\": \"large", "\"at\": \"hearing\",\n      \"if\": \"large", "never")]
    [InlineData("\"role\": \"ordnungsamt\"", "\"role\": \"nobody\"", "role-unheld")]
    [InlineData("\"en\": \"Register a dog\"", "\"tr\": \"Köpek\"", "text-missing")]
    [InlineData(",\n    \"retain\": { \"years\": 10, \"from\": \"closed\", \"then\": \"destroy\" }", "", "no-retention")]
    [InlineData(", \"remedy\": \"ao-notice\"", "", "no-remedy")]
    [InlineData("\"remedy\": \"ao-notice\"", "\"remedy\": \"other\"", "unknown-template")]
    [InlineData("\"validFrom\": \"2026-01-01\"", "\"validFrom\": \"2016-01-01\"", "rate-gap")]
    [InlineData(",\n      \"account\": \"20.4032\"", "", "no-account")]
    [InlineData("\"template\": \"receipt\"", "\"template\": \"letter\"", "unknown-template")]
    [InlineData("\"template\": \"receipt\"", "\"template\": \"sale-note\"", "placeholder-unknown")]
    [InlineData("\"to\": \"announce\"", "\"to\": \"announce\", \"address\": \"name\"", "not-an-address")]
    [InlineData("\"mime\": [\"application/pdf\", \"image/jpeg\"],", "", "file-open")]
    [InlineData("\"article\": \"hundesteuer\",", "", "no-article")]
    [InlineData("\"article\": \"hundesteuer\"", "\"article\": \"other\"", "unknown-article")]
    [InlineData("\"rule\": \"ao-122\"", "\"rule\": \"ao-123\"", "no-rule")]
    [InlineData("\"pay\": \"none\"", "\"pay\": \"before\"", "no-claim")]
    [InlineData("\"say\": \"not-our-town\"", "\"say\": \"elsewhere\"", "unknown-text")]
    [InlineData("\"dog-deregistration\"", "\"cat-registration\"", "unknown-procedure")]
    [InlineData("\"max\": \"40\", \"label\"", "\"max\": \"40\", \"fim\": \"F60000227\", \"label\"", "fim-narrower")]
    [InlineData("\"id\": \"rerate\"", "\"id\": \"decide\"", "name-twice")]
    [InlineData("{ \"de\": \"Steuermarke\", \"en\": \"Tax tag\" }", "{ \"de\": \"Steuermarke\" }", "text-missing")]
    public void A_fault_has_its_line_and_its_remedy(string text, string instead, string code)
    {
        var at = Json.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{text} does not stand in the declaration.");
        var found = Linter.Check(Json[..at] + instead + Json[(at + text.Length)..], Town, Today, Alsdorf);
        var fault = Assert.Single(found, f => f.Code == code);
        var line = Json[..at].Count(c => c == '\n') + 1;
        // A missing part is named at the part that lacks it, further up; a gap at the name of its table.
        Assert.InRange(fault.Line, code is "not-json" or "property-missing" or "no-retention" or "no-remedy" or "rate-gap" or "no-account"
            or "file-open" or "no-article" or "no-rule" or "no-claim" or "never" or "text-missing" or "name-twice"
            or "placeholder-unknown" or "unknown-template" ? 1 : line,
            code is "rate-gap" ? int.MaxValue : line + 3);
        Assert.All((string[])["de", "en"], language => Assert.True(fault.Says[language].Length > 0 && fault.Remedy[language].Length > 0));
        Assert.NotEqual(fault.Says["de"], fault.Says["en"]);
    }

    [Fact]
    public void A_part_without_a_name_for_people_gets_a_remark_that_hinders_nothing()
    {
        var remarks = LabelRules.RemarksOn(Of(TestFile("as-designed")));
        Assert.Equal(["dangerous", "count", "start", "yearly", "due", "tax", "dog-tag"],
            remarks.Select(remark => remark.Says["en"].Split('\'')[1]));
        Assert.All(remarks, remark => Assert.True(remark.Line > 1));
    }

    [Fact]
    public void A_placeholder_that_may_be_absent_is_found()
    {
        var library = Town.With("""{ "template": "receipt", "paragraphs": { "de": ["Chip {chip}"], "en": ["Chip {chip}"] } }""", out _);
        Assert.Equal("placeholder-absent", Assert.Single(Linter.Check(Json, library, Today, Alsdorf)).Code);
        library = Town.With("""{ "template": "receipt", "paragraphs": { "de": ["Chip {chip?}"], "en": ["Chip {chip?}"] } }""", out _);
        Assert.Empty(Linter.Check(Json, library, Today, Alsdorf));
    }

    [Theory]
    [InlineData("stock.dog-tag?", null)]
    [InlineData("stock.dog-tag", "placeholder-absent")] // A town may keep no tags.
    [InlineData("stock.chair?", "placeholder-unknown")]
    public void A_letter_may_name_the_numbers_of_pieces_that_the_procedure_has_by_then(string placeholder, string? code)
    {
        var library = Town.With($$$"""
            { "template": "dog-tax-notice", "paragraphs": { "de": ["Nummer {{{{placeholder}}}}"], "en": ["Number {{{{placeholder}}}}"] } }
            """, out _);
        Assert.Equal(code, Linter.Check(Json, library, Today, Alsdorf).SingleOrDefault()?.Code);
        library = Town.With("""
            { "template": "receipt", "paragraphs": { "de": ["{stock.dog-tag?}"], "en": ["{stock.dog-tag?}"] } }
            """, out _);
        Assert.Equal("placeholder-unknown", Assert.Single(Linter.Check(Json, library, Today, Alsdorf)).Code); // It comes too early.
    }

    [Fact]
    public void The_position_is_that_of_the_name_within_the_expression()
    {
        var json = Json.Replace("large or flag(breed", "large or flag(bread", StringComparison.Ordinal);
        var fault = ProcedureReader.Read(json, Town).Faults.First(f => f.Code == "unknown-name");
        Assert.StartsWith("bread", json.Split('\n')[fault.Line - 1][(fault.Column - 1)..], StringComparison.Ordinal);
        Assert.Equal("pages[1].fields[4].if", fault.Path);
    }

    [Fact]
    public void A_case_keeps_its_law_and_reads_the_newest_texts()
    {
        var newest = Of(Json.Replace("\"Rufname\"", "\"Name des Hundes\"", StringComparison.Ordinal)
            .Replace("\"max\": \"40\"", "\"max\": \"20\"", StringComparison.Ordinal)
            .Replace("\"Steuermarke\"", "\"Marke\"", StringComparison.Ordinal)
            .Replace("\"version\": 2", "\"version\": 3", StringComparison.Ordinal));
        var call = Dogs.WithTextsOf(newest).Pages[1].Fields[0];
        Assert.Equal(("Name des Hundes", "40", 2), (call.Label["de"], call.Max!.Source, Dogs.WithTextsOf(newest).Version));
        Assert.Equal("Marke", Dogs.WithTextsOf(newest).Stock.Single().Label!["de"]);
    }

    [Fact]
    public void All_faults_are_found_in_one_go() => Assert.Equal(2, ProcedureReader.Read(Json
        .Replace("\"draftDays\": 30", "\"draftDays\": 3000", StringComparison.Ordinal)
        .Replace("\"unit\": \"a20\"", "\"unit\": 20", StringComparison.Ordinal), Town).Faults.Count);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{ \"pages\": [1, {}, { \"fields\": [{}] }], \"values\": [{}], \"tasks\": [{}], \"claims\": [{}] }")]
    [InlineData("{ \"codes\": 1, \"rates\": [], \"flow\": 3, \"says\": [], \"texts\": { \"a\": 1 } }")]
    [InlineData("{ \"documents\": {}, \"hearings\": [[]] }")]
    public void Any_text_gives_faults_and_no_failure(string json)
    {
        Assert.Null(ProcedureReader.Read(json, OfTheHouse).Procedure);
        Assert.NotEmpty(ProcedureReader.Read(json, OfTheHouse).Faults);
    }

    [Fact]
    public void A_declaration_cut_at_any_place_gives_faults_and_no_failure()
    {
        for (var end = 0; end < Json.Length - 2; end += 37)
        {
            Assert.NotEmpty(ProcedureReader.Read(Json[..end], OfTheHouse).Faults);
        }
    }
}
