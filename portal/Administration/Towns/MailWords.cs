using Aufruf.Portal.Content;

namespace Aufruf.Portal.Administration.Towns;

/// <summary>A town's own words for a mail, as the form shows them. They are kept as the text of a file.</summary>
/// <param name="Extends">They stand in the built-in mail; otherwise they take its place.</param>
public sealed record MailWords(string Subject, bool Extends, string Text)
{
    public static MailWords Read(string file)
    {
        var article = Article.Parse("mail", "de", file);
        return new(article["subject"] ?? "", article["extends"] is "yes", string.Join('\n', article.Lines.Skip(article.Head)).Trim());
    }

    /// <summary>Lines before the first line of the text.</summary>
    public int Head => 2 + (Subject.Length > 0 ? 1 : 0) + (Extends ? 1 : 0);

    public string File => string.Concat("---\n", Subject.Length > 0 ? $"subject: {Subject}\n" : "", Extends ? "extends: yes\n" : "",
        "---\n", Text.ReplaceLineEndings("\n").Trim(), "\n");
}
