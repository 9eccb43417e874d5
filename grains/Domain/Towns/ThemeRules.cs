namespace Aufruf.Domain.Towns;

/// <summary>A colour must change before a theme is accepted.</summary>
/// <param name="Colour">The colour of the form: "action".</param>
/// <param name="Front">The variable of text or sign; null: the colour is no colour.</param>
/// <param name="Ratio">Measured.</param>
/// <param name="Needed">At least.</param>
/// <param name="Nearest">The nearest colour with which all pairs are readable; null: there is none while the others stay.</param>
public sealed record ThemeFault(string Colour, string? Front, string? Ground, double Ratio, double Needed, string? Nearest);

/// <summary>Every text and sign of the screens is readable on its ground, whatever colours a town chooses.</summary>
public static class ThemeRules
{
    // WCAG 2.2, 1.4.3 for text and 1.4.11 for frames and signs.
    private const double Text = 4.5, Sign = 3;

    private const double Step = 0.02;

    private static readonly (string Front, string[] Grounds, double Needed)[] Pairs =
    [
        ("ink", ["surface", "canvas", "action-soft", "call-soft", "danger-soft", "ok-soft"], Text),
        ("ink-2", ["surface", "canvas", "action-soft", "call-soft"], Text),
        ("action", ["surface", "canvas", "action-soft", "call-soft"], Text),
        ("action-hover", ["surface", "canvas", "action-soft"], Text),
        ("on-action", ["action", "action-hover"], Text),
        ("on-call", ["call", "call-soft"], Text),
        ("call", ["night", "night-2", "night-3", "night-glow"], Text),
        ("call", ["action"], Sign),
        ("night-text", ["night", "night-2", "night-3", "night-glow", "night-row"], Text),
        ("night-muted", ["night", "night-2", "night-3", "night-glow"], Text),
        ("danger", ["surface", "canvas", "danger-soft"], Text),
        ("ok", ["surface", "canvas", "ok-soft"], Text),
        ("ok-night", ["night", "night-glow"], Sign),
        ("danger-night", ["night", "night-glow"], Sign),
        ("line-strong", ["surface", "canvas"], Sign),
    ];

    /// <summary>The worst pair of each colour that must change; empty: the theme is readable.</summary>
    public static IReadOnlyList<ThemeFault> FaultsOf(Theme theme)
    {
        ThemeFault[] malformed = [.. theme.Colours.Where(colour => Colour.Parse(colour.Value) is null)
            .Select(colour => new ThemeFault(colour.Name, null, null, 0, 0, null))];
        return malformed.Length > 0 ? malformed
            : [.. Unreadable(theme).GroupBy(fault => fault.Colour).Select(all => all.MinBy(fault => fault.Ratio / fault.Needed)!)
                .Select(fault => fault with { Nearest = NearestOf(theme, fault.Colour) })];
    }

    private static IEnumerable<ThemeFault> Unreadable(Theme theme)
    {
        var colours = theme.AllVariables();
        return from pair in Pairs
               from ground in pair.Grounds
               let ratio = colours[pair.Front].ContrastWith(colours[ground])
               where ratio < pair.Needed
               select new ThemeFault(ToBlame(theme, pair.Front, ground), pair.Front, ground, ratio, pair.Needed, null);
    }

    /// <summary>Of two colours, that which the town changed; of two changed ones, the text.</summary>
    private static string ToBlame(Theme theme, string front, string ground) =>
        ((string?[])[Theme.OriginOf(front), Theme.OriginOf(ground)]).OfType<string>().Distinct()
            .OrderByDescending(name => ValueOf(theme, name) != ValueOf(Theme.Usual, name)).First();

    private static string ValueOf(Theme theme, string name) => theme.Colours.First(colour => colour.Name == name).Value.ToLowerInvariant();

    /// <summary>Darker or lighter by small steps, until no pair of this colour is unreadable.</summary>
    private static string? NearestOf(Theme theme, string name)
    {
        var chosen = Colour.Parse(ValueOf(theme, name)) ?? default;
        return (from step in Enumerable.Range(1, (int)(1 / Step))
                from towards in (Colour[])[Colour.Black, Colour.White]
                let tried = chosen.Mixed(towards, step * Step).ToString()
                where Unreadable(theme.With(name, tried)).All(fault => fault.Colour != name)
                select tried).FirstOrDefault();
    }
}
