using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Aufruf.Portal.Content;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>The words of a mail, written at once as text and as HTML. No mail loads anything from elsewhere.</summary>
internal sealed partial class MailBody(string language, string direction)
{
    private const string Ink = "#1b2a3a", Quiet = "#4a5a6a", Action = "#0b57a4";

    private readonly StringBuilder _text = new(), _html = new();

    public string Text => _text.ToString().TrimEnd() + "\n";

    public string HtmlWith(string title) => $"""
        <!doctype html>
        <html lang="{language}" dir="{direction}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Safe(title)}</title></head>
        <body style="margin:0;background:#ffffff;color:{Ink};font-family:'Fira Sans',Arial,sans-serif;font-size:17px;line-height:1.5">
        <div style="max-width:600px;margin:0 auto;padding:24px">
        {_html}</div>
        </body>
        </html>
        """;

    public MailBody Heading(string words) => Add($"{words}\n\n", $"<h1 style=\"font-size:26px;line-height:1.25\">{Safe(words)}</h1>\n");

    public MailBody Say(string words) => Add($"{words}\n\n", $"<p>{Safe(words)}</p>\n");

    public MailBody SayQuietly(string words) =>
        Add($"{words}\n\n", $"<p style=\"color:{Quiet};font-size:15px\">{Safe(words)}</p>\n");

    /// <summary>Words of an editor in Markdown, with values in their places. A value is text, whatever signs it has.</summary>
    /// <param name="of">The language of the words, if it is not that of the mail.</param>
    public MailBody Words(string markdown, IReadOnlyDictionary<string, string> values, string? of = null)
    {
        var html = Fill(Article.HtmlOf(markdown), values, Safe);
        return Add($"{Fill(Plain(markdown), values)}\n\n", of is null ? html
            : $"<div lang=\"{of}\" dir=\"auto\">\n{html}</div>\n");
    }

    /// <summary>Fills places such as {when} once: a value that looks like a place stays as it is.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values, Func<string, string>? escaped = null) =>
        Place().Replace(text, place => values.TryGetValue(place.Groups[1].Value, out var value)
            ? escaped?.Invoke(value) ?? value : place.Value);

    [GeneratedRegex(@"\{([^{}]*)\}")]
    public static partial Regex Place();

    /// <summary>Names and values, one below the other; a value may have several lines.</summary>
    public MailBody Facts(IEnumerable<(string Name, string Value)> facts)
    {
        _html.Append("<table style=\"border-collapse:collapse;margin:16px 0\">\n");
        foreach (var (name, value) in facts)
        {
            var lines = value.Split('\n');
            Add($"{name.TrimEnd(':')}: {string.Join("\n  ", lines)}\n",
                "<tr><th scope=\"row\" style=\"text-align:start;vertical-align:top;"
                + $"padding:6px 16px 6px 0;font-weight:normal;color:{Quiet}\">{Safe(name.TrimEnd(':'))}</th>"
                + $"<td style=\"padding:6px 0;font-weight:bold\">{string.Join("<br>", lines.Select(Safe))}</td></tr>\n");
        }

        return Add("\n", "</table>\n");
    }

    public MailBody List(string title, IEnumerable<string> things)
    {
        Add($"{title}\n", $"<h2 style=\"font-size:19px\">{Safe(title)}</h2>\n<ul>\n");
        foreach (var thing in things)
        {
            Add($"- {thing}\n", $"<li>{Safe(thing)}</li>\n");
        }

        return Add("\n", "</ul>\n");
    }

    /// <summary>The one thing to do.</summary>
    public MailBody Button(string words, string address) => Add($"{words}:\n{address}\n\n",
        $"<p style=\"margin:24px 0\"><a href=\"{Safe(address)}\" style=\"display:inline-block;background:{Action};color:#ffffff;"
        + $"padding:12px 20px;border-radius:6px;text-decoration:none;font-weight:bold\">{Safe(words)}</a></p>\n");

    public MailBody Link(string words, string address) => Add($"{words}:\n{address}\n\n",
        $"<p><a href=\"{Safe(address)}\" style=\"color:{Action}\">{Safe(words)}</a></p>\n");

    /// <summary>The picture that goes along with the mail.</summary>
    public MailBody Picture(string words) =>
        Add("", $"<p><img src=\"cid:code\" alt=\"{Safe(words)}\" width=\"160\" height=\"160\"></p>\n");

    /// <summary>Markdown can be read as it is, without the signs of emphasis, headings and links.</summary>
    private static string Plain(string markdown) => Escape().Replace(Emphasis().Replace(
        Address().Replace(Title().Replace(markdown, ""), "$1: $2"), ""), "$1");

    [GeneratedRegex(@"^#{1,6}\s+", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)\s]+)\)")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<!\\)(\*\*|__)")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\\([!-/:-@\[-`{-~])")]
    private static partial Regex Escape();

    private MailBody Add(string text, string html)
    {
        _text.Append(text);
        _html.Append(html);
        return this;
    }

    private static string Safe(string words) => WebUtility.HtmlEncode(words);
}
