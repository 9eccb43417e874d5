using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;
using Aufruf.Hub.Cases;
using Aufruf.Portal.Citizens.Applying;
using Aufruf.Portal.Texts;

namespace Aufruf.Tests.Portal;

/// <summary>Answers and values as people read them, on pages and in letters.</summary>
public sealed class CaseWordsTests
{
    [Theory]
    [InlineData(FieldType.Date, "2026-03-20", "20.3.2026", "20 Mar 2026")]
    [InlineData(FieldType.Date, "20.3.2026", "20.3.2026", "20 Mar 2026")]
    [InlineData(FieldType.Datetime, "2026-03-20T09:30", "20.3.2026, 09:30", "20 Mar 2026, 09:30")]
    [InlineData(FieldType.Bool, "true", "Ja", "Yes")]
    [InlineData(FieldType.Code, "b", "Blau", "Blue")]
    [InlineData(FieldType.Money, "1234.5", "1.234,50\u00a0€", "1,234.50\u00a0€")]
    [InlineData(FieldType.Number, "2,50", "2,5", "2.5")]
    [InlineData(FieldType.Int, "2019", "2019", "2019")]
    [InlineData(FieldType.Iban, "DE02120300000000202051", "DE02 1203 0000 0000 2020 51", "DE02 1203 0000 0000 2020 51")]
    [InlineData(FieldType.Text, "2026-03-20", "2026-03-20", "2026-03-20")] // It is no date: the citizen has typed it so.
    [InlineData(FieldType.Money, "viel", "viel", "viel")]
    [InlineData(FieldType.Text, " ", null, null)]
    public void An_answer_is_written_for_its_reader(FieldType type, string typed, string? german, string? english)
    {
        var field = View(type, new() { ["x"] = typed });
        Assert.Equal(german, CaseWords.Of(PortalTexts.ForStaff(["de"]), field));
        Assert.Equal(english, CaseWords.Of(PortalTexts.ForStaff(["en"]), field));
    }

    [Fact]
    public void A_name_and_an_address_are_written_as_on_an_envelope()
    {
        var words = PortalTexts.For(["de"]);
        Assert.Equal("Dr. Zoë Müller", CaseWords.Of(words, View(FieldType.PersonName,
            new() { ["x.given"] = "Zoë", ["x.family"] = "Müller", ["x.doctorate"] = "Dr." })));
        Assert.Equal("Hubertusstraße 17, 52477 Alsdorf", CaseWords.Of(words, View(FieldType.Address,
            new() { ["x.street"] = "Hubertusstraße", ["x.number"] = "17", ["x.postcode"] = "52477", ["x.town"] = "Alsdorf" })));
        Assert.Null(CaseWords.Of(words, View(FieldType.Address, [])));
    }

    [Theory]
    [InlineData(2019, "2019")]
    [InlineData(12_345, "12.345")]
    public void A_year_in_a_letter_has_no_sign_between_thousands(int number, string written) =>
        Assert.Equal(written, new CaseLetterWords("de").Of(new Value.Number(number), DeclaredProcedure.Tables));

    [Theory]
    [InlineData(CaseState.Announced, "2026-12-17T23:00:00Z", "17. Dezember 2026")] // The midnight after the last day.
    [InlineData(CaseState.Announced, "2026-03-29T22:00:00Z", "29. März 2026")] // A day of 23 hours.
    [InlineData(CaseState.Supplement, "2026-12-06T09:23:00Z", "5. Dezember 2026")] // The citizen has all of the fifth.
    [InlineData(CaseState.InProgress, "2026-12-06T09:23:00Z", "6. Dezember 2026")]
    public void A_citizen_reads_the_last_day_that_counts(CaseState state, string until, string day) => Assert.Contains($"bis {day}",
        CaseWords.OfState(PortalTexts.For(["de"]), state, DateTimeOffset.Parse(until, CultureInfo.InvariantCulture), "Europe/Berlin"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("de", "Es dauert länger als geplant.")]
    [InlineData("en", "It takes longer than planned.")]
    public void A_late_office_names_no_day(string language, string begins) => Assert.StartsWith(begins,
        CaseWords.OfState(PortalTexts.For([language]), CaseState.InProgress, null, "Europe/Berlin"), StringComparison.Ordinal);

    private static ProcedureDefinition DeclaredProcedure { get; } = new("any", 1, default);

    private static FieldView View(FieldType type, Dictionary<string, string> values) => new("x", type, [], null, false, null, false,
        [new("b", new() { ["de"] = "Blau", ["en"] = "Blue" })], type.Parts(), values);
}
