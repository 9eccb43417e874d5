namespace Aufruf.Portal.Staff.Accounts;

/// <summary>One field of a form, with what is said about it.</summary>
/// <param name="Name">Of the field in the form.</param>
/// <param name="Label">The visible words.</param>
public sealed record FormField(string Name, string Label)
{
    public string Type { get; init; } = "text";

    /// <summary>The word by which a browser fills it in.</summary>
    public string Filled { get; init; } = "off";

    public string? Hint { get; init; }

    /// <summary>The sentence about a wrong value.</summary>
    public string? Error { get; init; }

    public string Value { get; init; } = "";

    public int Longest { get; init; } = 128;

    public string About => string.Join(' ',
        new[] { Hint is null ? null : $"{Name}-hint", Error is null ? null : $"{Name}-error" }.OfType<string>());
}
