using System.Text.RegularExpressions;

namespace Aufruf.Tests.House;

/// <summary>Comments, READMEs and log lines are read once and understood. Each message says what to write instead.</summary>
public partial class PlainEnglishTests
{
    private const int WidestLine = 140;
    private const int LongestSentence = 20;

    private static readonly string[] Openers = ["Who", "Whoever", "What", "Nobody"];

    /// <summary>Words that need a second reading, and the field's own.</summary>
    private static readonly Dictionary<string, string> Replacements = new(StringComparer.OrdinalIgnoreCase)
    {
        ["stranger"] = "unauthenticated client",
        ["strangers"] = "unauthenticated clients",
        ["mailbox"] = "topic",
        ["mailboxes"] = "topics",
        ["journey"] = "transfer",
        ["courier"] = "transfer",
        ["haunt"] = "the plain word for the state",
        ["told"] = "sent, shown or announced: name the act",
        ["whoever"] = "the actor: a clerk, a device, a caller",
        ["litter"] = "garbage",
        ["lie"] = "a wrong statement",
        ["lies"] = "wrong statements",
        ["goodbye"] = "close message",
    };

    [Fact]
    public void No_line_is_wider_than_a_window() => Report(
        from file in HouseFiles.Texts
        where IsWritten(file)
        from line in NumberedLines(file)
        where line.Text.Length > WidestLine && !IsTableOrAddress(file, line.Text)
        select $"{file}:{line.Number}: {line.Text.Length} characters  ->  wrap at {WidestLine}");

    [Fact]
    public void A_sentence_names_its_actor_first() => Report(
        from prose in Prose()
        let first = FirstWord().Match(prose.Sentence).Value
        where Openers.Contains(first)
        select $"{prose.Place}: {prose.Sentence}  ->  subject, present-tense verb, object; '{first}' is no subject");

    [Fact]
    public void A_sentence_ends_before_the_reader_forgets_its_start() => Report(
        from prose in Prose()
        let words = prose.Sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length
        where words > LongestSentence
        select $"{prose.Place}: {words} words: {prose.Sentence}  ->  at most {LongestSentence}");

    [Fact]
    public void Words_are_the_fields_own() => Report(
        from prose in Prose()
        from Match word in Word().Matches(prose.Sentence)
        where Replacements.ContainsKey(word.Value)
        select $"{prose.Place}: {word.Value}  ->  {Replacements[word.Value]}");

    [Fact]
    public void Names_are_the_fields_own() => Report(
        from file in HouseFiles.Sources
        where file.EndsWith(".cs", StringComparison.Ordinal) && !IsThisFile(file)
        from line in NumberedLines(file)
        from Match name in Declaration().Matches(line.Text)
        from Match word in NamePart().Matches(name.Groups["name"].Value)
        where Replacements.ContainsKey(word.Value)
        select $"{file}:{line.Number}: {name.Groups["name"].Value}  ->  {Replacements[word.Value]}");

    private static bool IsThisFile(string file) => file.EndsWith("/PlainEnglishTests.cs", StringComparison.Ordinal);

    private static bool IsWritten(string file) =>
        Path.GetExtension(file) is ".cs" or ".ts" or ".css" or ".cshtml" or ".html" or ".md" or ".csproj" or ".props" or ""
            && file != "LICENSE";

    /// <summary>A row of a table, a picture and a drawing cannot be wrapped.</summary>
    private static bool IsTableOrAddress(string file, string line) =>
        line.StartsWith('|') || line.StartsWith("![", StringComparison.Ordinal) || line.Contains("<path ", StringComparison.Ordinal)
        || (file.EndsWith(".md", StringComparison.Ordinal) && !line.Trim().Contains(' ', StringComparison.Ordinal));

    private static IEnumerable<(string Place, string Sentence)> Prose() =>
        from file in HouseFiles.Texts
        where Path.GetExtension(file) is ".cs" or ".ts" or ".md" && !IsThisFile(file)
        from paragraph in file.EndsWith(".md", StringComparison.Ordinal) ? ParagraphsOf(file) : CommentsOf(file)
        from sentence in SentenceEnd().Split(paragraph.Text)
        where sentence.Trim().Length > 0
        select ($"{file}:{paragraph.Number}", sentence.Trim());

    private static IEnumerable<(int Number, string Text)> NumberedLines(string file) =>
        HouseFiles.Lines(file).Select((text, index) => (index + 1, text));

    /// <summary>Comment lines that follow each other are one text.</summary>
    private static IEnumerable<(int Number, string Text)> CommentsOf(string file)
    {
        var (start, text) = (0, "");
        foreach (var (number, line) in NumberedLines(file).Append((0, "")))
        {
            var comment = Comment().Match(line);
            if (comment.Success && comment.Groups["code"].Value.Trim().Length == 0)
            {
                (start, text) = (start == 0 ? number : start, text + " " + Plain(comment.Groups["text"].Value));
                continue;
            }

            if (text.Length > 0)
            {
                yield return (start, text);
                (start, text) = (0, "");
            }

            if (comment.Success)
            {
                yield return (number, Plain(comment.Groups["text"].Value));
            }
        }
    }

    private static IEnumerable<(int Number, string Text)> ParagraphsOf(string file)
    {
        var (start, text, isCode) = (0, "", false);
        foreach (var (number, line) in NumberedLines(file).Append((0, "")))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            var isText = !isCode && line.Trim().Length > 0 && "|#`!>".IndexOf(line[0], StringComparison.Ordinal) < 0;
            if (text.Length > 0 && (!isText || ListItem().IsMatch(line)))
            {
                yield return (start, text);
                (start, text) = (0, "");
            }

            if (isText)
            {
                (start, text) = (start == 0 ? number : start, text + " " + ListItem().Replace(line, ""));
            }
        }
    }

    /// <summary>Without XML tags: a parameter is a text of its own, a reference is one word.</summary>
    private static string Plain(string comment) =>
        Tag().Replace(Reference().Replace(comment, "it"), tag => tag.Value.StartsWith("</", StringComparison.Ordinal) ? ". " : " ");

    private static void Report(IEnumerable<string> faults)
    {
        var all = faults.ToArray();
        Assert.True(all.Length == 0, $"{all.Length} faults{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }

    [GeneratedRegex(@"^(?<code>.*?)(?<![:""'/])//(/)?\s?(?<text>(?!/).*)$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"<(see|paramref|typeparamref)\s[^>]*/>")]
    private static partial Regex Reference();

    [GeneratedRegex(@"</?[a-z][^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<=[.!?:;])[\s""')]+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^\w+")]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"\b[A-Za-z]+\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*([-*]|\d+\.)\s+")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"\b(class|record|record struct|struct|interface|enum)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"[A-Z][a-z0-9]*")]
    private static partial Regex NamePart();
}
