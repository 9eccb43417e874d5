using System.Globalization;
using System.Text.RegularExpressions;
using Aufruf.Domain.Towns;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain;

/// <summary>A town chooses its colours, and every text stays readable.</summary>
public partial class ThemeTests
{
    [Fact]
    public void Contrast_is_measured_as_the_guidelines_say()
    {
        Assert.Equal(21, Of("#000000").ContrastWith(Of("#ffffff")), 0.001);
        Assert.Equal(1, Of("#2044aa").ContrastWith(Of("#2044AA")), 0.001);
        Assert.Equal(4.54, Of("#767676").ContrastWith(Of("#ffffff")), 0.01);
        Assert.Equal(5.57, Of("#0b57a4").ContrastWith(Of("#f3f4f7")), 1.2);
    }

    [Fact]
    public void The_usual_colours_are_readable_and_are_those_of_the_style_sheet()
    {
        Assert.Empty(ThemeRules.FaultsOf(Theme.Usual));
        Assert.Empty(Theme.Usual.Variables());
        var sheet = Variable().Matches(File.ReadAllText(Repository.PathOf("displays", "wwwroot", "css", "base.css")))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        foreach (var (name, colour) in Theme.Usual.AllVariables().Where(one => one.Key is not ("night-row" or "surface" or "on-action"
            or "night-text")))
        {
            Assert.Equal(sheet[name], colour.ToString());
        }
    }

    [Fact]
    public void A_pale_button_is_refused_with_its_contrast_and_the_nearest_colour_that_is_readable()
    {
        var pale = Theme.Usual with { Action = "#7fa8ff" };
        var fault = Assert.Single(ThemeRules.FaultsOf(pale));
        Assert.Equal(("action", 4.5), (fault.Colour, fault.Needed));
        Assert.InRange(fault.Ratio, 1.5, 2.6);
        Assert.NotNull(fault.Nearest);
        Assert.Empty(ThemeRules.FaultsOf(pale with { Action = fault.Nearest }));
    }

    [Theory]
    [InlineData("night", "#7788cc")]
    [InlineData("call", "#553300")]
    [InlineData("canvas", "#555555")]
    [InlineData("ink", "#aaaaaa")]
    public void Each_colour_is_measured_in_its_place(string name, string value)
    {
        var fault = Assert.Single(ThemeRules.FaultsOf(Theme.Usual.With(name, value)));
        Assert.Equal(name, fault.Colour);
        Assert.NotNull(fault.Nearest);
        Assert.Empty(ThemeRules.FaultsOf(Theme.Usual.With(name, fault.Nearest)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("blue")]
    [InlineData("#12345")]
    [InlineData("#1234567")]
    [InlineData("#12345g")]
    [InlineData("#123456;}body{display:none")]
    public void A_word_is_no_colour_and_reaches_no_style_sheet(string value)
    {
        var theme = Theme.Usual with { Night = value };
        Assert.Equal(("night", null), (Assert.Single(ThemeRules.FaultsOf(theme)).Colour, ThemeRules.FaultsOf(theme)[0].Front));
        Assert.Empty(theme.Variables());
    }

    [Fact]
    public void Of_many_random_themes_each_offered_colour_mends_its_fault()
    {
        var random = new Random(7);
        string Any() => string.Create(CultureInfo.InvariantCulture, $"#{random.Next(0x1000000):x6}");
        for (var n = 0; n < Proof.Times(check: 60, full: 1000); n++)
        {
            var theme = new Theme(Any(), Any(), Any(), Any(), Any());
            foreach (var fault in ThemeRules.FaultsOf(theme).Where(fault => fault.Nearest is not null))
            {
                Assert.DoesNotContain(ThemeRules.FaultsOf(theme.With(fault.Colour, fault.Nearest!)), left => left.Colour == fault.Colour);
            }
        }
    }

    private static Colour Of(string text) => Colour.Parse(text) ?? throw new InvalidOperationException($"'{text}' is no colour.");

    [GeneratedRegex("--([a-z0-9-]+): (#[0-9a-f]{6})")]
    private static partial Regex Variable();
}
