using Markdig;

namespace Aufruf.Portal.Content;

/// <summary>One file of an editor: fields between two lines of dashes, then Markdown.</summary>
/// <param name="Language">Of the file, which may be another one than the reader's.</param>
/// <param name="Fields">"bring: Ihren alten Ausweis": a name may come several times.</param>
/// <param name="Html">The Markdown as HTML. HTML in the file is shown as text.</param>
public sealed record Article(string Id, string Language, ILookup<string, string> Fields, string Html)
{
    private const string Dashes = "---";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>The file as it was written, line by line.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>How many of the lines are fields, with the dashes.</summary>
    public int Head { get; init; }

    public string Title => this["title"] ?? Id;

    /// <summary>The first value of a field; null: it has none.</summary>
    public string? this[string field] => Fields[field].FirstOrDefault();

    public static string HtmlOf(string markdown) => Markdown.ToHtml(markdown, Pipeline);

    public static Article Parse(string id, string language, string text)
    {
        var lines = text.ReplaceLineEndings("\n").TrimStart('\uFEFF').Split('\n');
        var end = lines[0].TrimEnd() == Dashes ? Array.FindIndex(lines, 1, line => line.TrimEnd() == Dashes) : -1;
        var fields = lines[..Math.Max(0, end)].Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .Select(parts => (Name: parts[0].Trim().ToLowerInvariant(), Value: parts[1].Trim())).Where(field => field.Value.Length > 0)
            .ToLookup(field => field.Name, field => field.Value);
        return new(id, language, fields, HtmlOf(string.Join('\n', lines[(end + 1)..]))) { Lines = lines, Head = end + 1 };
    }
}
