namespace Aufruf.Portal.Administration;

/// <summary>One field of a form, or a group of fields, as a page shows it.</summary>
/// <param name="Name">"rates/walkIn": the place below that of the page.</param>
public sealed record ConfigField(FieldKind Kind, string Name, string Label)
{
    public string Id => "f-" + Name.Replace('/', '-');

    public string? Hint { get; init; }

    public string Value { get; init; } = "";

    /// <summary>The language of the value, "tr"; null: none.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<ConfigOption> Options { get; init; } = [];

    /// <summary>Its faults, in sentences.</summary>
    public IReadOnlyList<FaultSentence> Faults { get; init; } = [];

    public IReadOnlyList<ConfigField> Children { get; init; } = [];

    /// <summary>The address of its own page, for a row.</summary>
    public string? Address { get; init; }

    /// <summary>Whether there may be one more row, or the part itself.</summary>
    public bool MayAdd { get; init; }

    /// <summary>Further languages, which most leave empty.</summary>
    public IReadOnlyList<ConfigField> More { get; init; } = [];

    public bool IsNumber { get; init; }

    public string Described => string.Join(' ', new[] { Hint is null ? null : $"{Id}-hint", Faults.Count == 0 ? null : $"{Id}-error" }
        .OfType<string>());
}

public enum FieldKind { Text, Prose, Date, Choice, Checks, Fixed, Group, Rows, List, Link }

public sealed record ConfigOption(string Value, string Label, bool IsChosen);

public sealed record FaultSentence(string Text, string Place);
