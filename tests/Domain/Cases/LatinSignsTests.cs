using System.Text;
using Aufruf.Domain.Cases.Expressions;
using Aufruf.Tests.Hub.Letters;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>The forms take the characters of DIN 91379, and no others.</summary>
public sealed class LatinSignsTests
{
    private const string NotInThings = "\u00A0¤¦¸¼½¾";

    // The signs of texts that no person has in a name.
    private const string NotInPersons = NotInThings + "!\"#$%&()*+/0123456789:;<=>?@[\\]^_{|}¡¢£¥§©ª«¬®¯°±²³µ¶¹º»¿×÷€";

    private static readonly (LatinSet Set, HashSet<string> Letters)[] Types =
    [
        (LatinSigns.Person, Without(NotInPersons)), (LatinSigns.Thing, Without(NotInThings)), (LatinSigns.Text, Without("")),
    ];

    [Fact]
    public void Each_type_has_exactly_the_characters_of_the_standard() =>
        Assert.All(Types, type => Assert.DoesNotContain(Enumerable.Range(0, 0x20000).Where(Rune.IsValid)
            .Where(rune => rune is not (0xFFFD or 0xFFFE)).Select(rune => Reading.Tidy($".{new Rune(rune)}.")[1..^1]),
            text => type.Set.WrongIn(text) is null != type.Letters.Contains(text)));

    [Fact]
    public void A_letter_bears_exactly_the_marks_of_the_standard() =>
        Assert.All(Types, type => Assert.Empty(
            from letter in type.Letters
            where letter.EnumerateRunes().All(Rune.IsLetter)
            from mark in Enumerable.Range(0x300, 0x70)
            let text = (letter + char.ConvertFromUtf32(mark)).Normalize(NormalizationForm.FormC)
            where type.Set.WrongIn(text) is null != type.Letters.Contains(text)
            select text));

    [Fact]
    public void All_letters_of_the_standard_stand_beside_each_other() =>
        Assert.All(Types, type => Assert.Null(type.Set.WrongIn(string.Join(' ', type.Letters))));

    [Theory]
    [InlineData("Анна", "А")]
    [InlineData("Ana 😀", "😀")]
    [InlineData("Ana\u200BMaria", "U+200B")]
    [InlineData("Ax\u0331el", "x\u0331")]
    [InlineData("Erik 2", "2")]
    [InlineData("Ana\uFFFEMaria", "\uFFFD")] // It cannot be composed.
    [InlineData("Nguyễn Văn-Źrebięcy O’Neil", null)]
    public void A_character_that_is_not_possible_is_named(string name, string? sign) =>
        Assert.Equal(sign, LatinSigns.Person.WrongIn(Reading.Tidy(name)));

    private static HashSet<string> Without(string signs) =>
        [.. Din91379.Letters.Where(letter => !signs.Contains(letter, StringComparison.Ordinal))];
}
