using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Aufruf.Tests.Running;

/// <summary>A person who answers whatever a page of a form asks: the first choice, and a ready word for each question.</summary>
internal sealed partial class FormFiller(DateOnly today)
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["given"] = "Zoë",
        ["family"] = "Müller",
        ["street"] = "Hubertusstraße",
        ["number"] = "17",
        ["postcode"] = "52477",
        ["town"] = "Alsdorf",
        ["mail"] = "zoe@example.org",
        ["phone"] = "02404 50050",
        ["iban"] = "DE89370400440532013000",
        ["tag"] = "123",
        ["chip"] = "276098102345678",
        ["copies"] = "1",
        ["pieces"] = "1",
        ["others"] = "0",
        ["call"] = "Bello",
        ["purpose"] = "Klage vor dem Amtsgericht",
    };

    /// <summary>All that a browser sends of this page, beside its hidden fields.</summary>
    public IReadOnlyList<(string Name, string Value)> AnswersOf(string page)
    {
        var answers = new List<(string Name, string Value)>();
        foreach (Match control in Control().Matches(page))
        {
            var (tag, name) = (control.Value, Attribute(control.Value, "name"));
            var type = tag.StartsWith("<input", StringComparison.Ordinal) ? Attribute(tag, "type") : tag[1..tag.IndexOf(' ', 1)];
            if (name.Length == 0 || type is "hidden" or "file" or "checkbox" || answers.Exists(answer => answer.Name == name))
            {
                continue;
            }

            answers.Add((name, type switch
            {
                "radio" => Attribute(tag, "value"),
                "select" => Option().Match(tag).Groups[1].Value,
                "date" => DayOf(name[(name.LastIndexOf('.') + 1)..]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ => Words.GetValueOrDefault(name[(name.LastIndexOf('.') + 1)..], ""),
            }));
        }

        return answers;
    }

    /// <summary>The first field that still wants a file; null: none.</summary>
    public static string? FileOf(string page) => Control().Matches(page).Select(control => control.Value)
        .Where(tag => Attribute(tag, "type") == "file").Select(tag => Attribute(tag, "name"))
        .FirstOrDefault(name => !page.Contains($"id=\"{name}-given\"", StringComparison.Ordinal));

    private DateOnly DayOf(string field) => field switch
    {
        "from" => today.AddDays(1),
        "until" => today.AddDays(2),
        "since" or "end" => today.AddDays(-30),
        "whelped" => today.AddDays(-200),
        _ => new(1990, 2, 28),
    };

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $" {name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input [^>]*>|<textarea [^>]*>|<select .*?</select>", RegexOptions.Singleline)]
    private static partial Regex Control();

    [GeneratedRegex("<option value=\"([^\"]+)\"")]
    private static partial Regex Option();
}
