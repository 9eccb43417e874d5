using System.Text.RegularExpressions;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Cases;
using Aufruf.Portal.Texts;

namespace Aufruf.Tests.Portal;

public sealed partial class CitizenTextsTests
{
    private const string Fault = "fault.";

    private static readonly PortalTexts German = PortalTexts.For(["de"]);

    public static TheoryData<string> Languages => [.. PortalTexts.OfCitizens.Select(texts => texts.Language)];

    [Theory, MemberData(nameof(Languages))]
    public void Each_language_has_every_sentence_with_the_same_places(string language)
    {
        var texts = PortalTexts.For([language]);
        Assert.Equal(language, texts.Language);
        Assert.Equal(Stems(German), Stems(texts));
        Assert.All(German.Keys.Where(key => texts.Keys.Contains(key) && !Form().IsMatch(key)), key =>
            Assert.Equal(Places(German[key]), Places(texts[key])));
    }

    [Theory]
    [InlineData("uk", 1, "1 особа")]
    [InlineData("uk", 3, "3 особи")]
    [InlineData("uk", 11, "11 осіб")]
    [InlineData("uk", 21, "21 особа")]
    [InlineData("ar", 1, "شخص واحد")]
    [InlineData("ar", 2, "شخصان")]
    [InlineData("ar", 5, "5 أشخاص")]
    [InlineData("ar", 15, "15 شخصاً")]
    [InlineData("tr", 4, "4 kişi")]
    [InlineData("de", 1, "1 Person")]
    [InlineData("en", 2, "2 people")]
    public void A_word_beside_a_number_has_the_form_of_its_language(string language, int n, string words) =>
        Assert.Equal(words, PortalTexts.For([language]).Count("persons", n));

    [Fact]
    public void A_date_has_the_days_and_months_of_its_language_and_always_our_calendar()
    {
        var day = new DateOnly(2026, 11, 24);
        Assert.Equal(["Dienstag, 24. November", "Dienstag, 24. November", "Tuesday 24 November", "24 Kasım Salı", "вівторок, 24 листопада",
            "الثلاثاء، 24 تشرين الثاني"], PortalTexts.OfCitizens.Select(texts => day.ToString(texts["date.pattern"], texts.Culture)));
    }

    [Fact]
    public void The_first_language_that_the_portal_has_is_spoken()
    {
        Assert.Equal("uk", PortalTexts.For(["fr-FR", "uk-UA", "en"]).Language);
        Assert.Equal("de-simple", PortalTexts.For(["DE-SIMPLE"]).Language);
        Assert.Equal("de", PortalTexts.For(["de-AT"]).Language);
        Assert.Equal("de", PortalTexts.For(["xx"]).Language);
        Assert.Equal(["rtl"], PortalTexts.OfCitizens.Select(texts => texts.Direction).Distinct().Skip(1));
    }

    [Theory, MemberData(nameof(Languages))]
    public void A_refusal_is_said_in_the_readers_language(string language)
    {
        var texts = PortalTexts.For([language]);
        string Sentence(Refusal refusal) => texts.Of(refusal);
        Assert.Equal(4, new[] { Refusal.SlotTaken, Refusal.HoldOver, Refusal.TooManyAppointments, Refusal.AppointmentGone }
            .Select(Sentence).Distinct().Count());
        Assert.True(language is "de" || Sentence(Refusal.SlotTaken) != Refusal.SlotTaken.German);
    }

    /// <summary>German and English stand beside the rule.</summary>
    [Theory, MemberData(nameof(Languages))]
    public void A_wrong_answer_is_explained_in_the_readers_language(string language)
    {
        var texts = PortalTexts.For([language]);
        IEnumerable<string> needed = language is "de" or "en" ? [] : FieldFaults.Codes.Order(StringComparer.Ordinal);
        Assert.Equal(needed, texts.Keys.Where(key => key.StartsWith(Fault, StringComparison.Ordinal))
            .Select(key => key[Fault.Length..]).Order(StringComparer.Ordinal));
        Assert.All(FieldFaults.Codes, code =>
        {
            var sentence = texts.Find($"{Fault}{code}") ?? FieldFaults.Sentence(code)[language];
            Assert.Equal(code == "not-latin", sentence.Contains("{sign}", StringComparison.Ordinal));
            Assert.All(sentence.Split(". "), part => Assert.InRange(part.Split(' ').Length, 2, language == "de-simple" ? 11 : 20));
        });
    }

    private static IEnumerable<string> Stems(PortalTexts texts) => texts.Keys
        .Where(key => !key.StartsWith("refusal.", StringComparison.Ordinal) && !key.StartsWith(Fault, StringComparison.Ordinal))
        .Select(key => Form().Replace(key, "")).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Places(string text) =>
        Place().Matches(text).Select(place => place.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\.(none|zero|one|two|few|many|other)$")]
    private static partial Regex Form();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
