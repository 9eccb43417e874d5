namespace Aufruf.Domain.Towns;

/// <summary>The colours of a town. All other colours of its screens follow from them, or stay as they are.</summary>
/// <param name="Action">Links, buttons and the frame around what has the focus.</param>
/// <param name="Night">The ground of boards and of the band on top.</param>
/// <param name="Call">It is this number's turn.</param>
/// <param name="Canvas">The ground of pages.</param>
/// <param name="Ink">Text.</param>
public sealed record Theme(string Action, string Night, string Call, string Canvas, string Ink)
{
    public static Theme Usual { get; } = new("#2044aa", "#0b0f2a", "#ffc83d", "#f3f4f7", "#131525");

    /// <summary>The names under which a theme's colours stand, with their values.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, string Value)> Colours =>
        [("action", Action), ("night", Night), ("call", Call), ("canvas", Canvas), ("ink", Ink)];

    public Theme With(string name, string value) => name switch
    {
        "action" => this with { Action = value },
        "night" => this with { Night = value },
        "call" => this with { Call = value },
        "canvas" => this with { Canvas = value },
        "ink" => this with { Ink = value },
        _ => throw new UnreachableException(),
    };

    /// <summary>The variables of the style sheets that differ from the usual ones; none while a colour is no colour.</summary>
    public IReadOnlyDictionary<string, Colour> Variables() => Changed().ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>All variables that the contrast depends on.</summary>
    internal IReadOnlyDictionary<string, Colour> AllVariables() => Fixed.SetItems(Changed());

    private IEnumerable<KeyValuePair<string, Colour>> Changed() => Colours.All(colour => Colour.Parse(colour.Value) is not null)
        ? Colours.Zip(Usual.Colours).Where(pair => !pair.First.Value.Equals(pair.Second.Value, StringComparison.OrdinalIgnoreCase))
            .SelectMany(pair => Of(pair.First.Name, Colour.Parse(pair.First.Value) ?? default))
        : [];

    /// <summary>A colour and those that follow from it.</summary>
    internal static IEnumerable<KeyValuePair<string, Colour>> Of(string name, Colour colour) =>
        [new(name, colour), .. Following.Where(one => one.From == name).Select(one => new KeyValuePair<string, Colour>(
            one.Name, colour.Mixed(one.To, one.Share)))];

    /// <summary>The colour of the form that a variable follows from; null: it is fixed.</summary>
    internal static string? OriginOf(string variable) => Usual.Colours.Any(colour => colour.Name == variable) ? variable
        : Following.Where(one => one.Name == variable).Select(one => one.From).FirstOrDefault();

    private static readonly (string Name, string From, Colour To, double Share)[] Following =
    [
        ("action-hover", "action", Colour.Black, 0.25), ("action-soft", "action", Colour.White, 0.9),
        ("call-soft", "call", Colour.White, 0.77),
        ("night-2", "night", Colour.White, 0.06), ("night-3", "night", Colour.White, 0.14), ("night-glow", "night", Colour.White, 0.1),
        ("night-row", "night", Colour.White, 0.2), ("night-line", "night", Colour.White, 0.36),
        ("night-muted", "night", Colour.White, 0.72),
        ("ink-2", "ink", Colour.White, 0.24),
    ];

    // As displays/wwwroot/css/base.css has them; a test compares.
    private static readonly ImmutableDictionary<string, Colour> Fixed = new Dictionary<string, string>
    {
        ["ink"] = "#131525",
        ["ink-2"] = "#454b6b",
        ["line-strong"] = "#6b7194",
        ["surface"] = "#ffffff",
        ["canvas"] = "#f3f4f7",
        ["action"] = "#2044aa",
        ["action-hover"] = "#18357f",
        ["action-soft"] = "#e9eefb",
        ["on-action"] = "#ffffff",
        ["call"] = "#ffc83d",
        ["call-soft"] = "#fff3d1",
        ["on-call"] = "#131525",
        ["ok"] = "#007155",
        ["ok-soft"] = "#cdf2e4",
        ["ok-night"] = "#3ddc97",
        ["danger"] = "#c31c13",
        ["danger-soft"] = "#fee4e0",
        ["danger-night"] = "#ff6b5e",
        ["night"] = "#0b0f2a",
        ["night-2"] = "#151a3f",
        ["night-3"] = "#232a5c",
        ["night-glow"] = "#1a2156",
        ["night-row"] = "#3a3d55",
        ["night-line"] = "#4a54a0",
        ["night-text"] = "#ffffff",
        ["night-muted"] = "#b9c0e6",
    }.ToImmutableDictionary(pair => pair.Key, pair => Colour.Parse(pair.Value) ?? throw new UnreachableException());
}
