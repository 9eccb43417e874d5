using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Texts;

/// <summary>The portal's words in one language: flat JSON, one file for citizens and one for staff.</summary>
public sealed class PortalTexts
{
    private static readonly string[] Languages = ["de", "en"];

    private static readonly FrozenDictionary<string, PortalTexts> Citizens = Read("");

    /// <summary>The staff's words replace the citizens': "served" is a state for one and a column for the other.</summary>
    private static readonly FrozenDictionary<string, PortalTexts> Staff = Read("", "staff.");

    private readonly FrozenDictionary<string, string> _words;

    private PortalTexts(string language, string[] files)
    {
        Language = language;
        Culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "de-DE");
        _words = files.SelectMany(file => Words($"texts.{file}{language}.json")).GroupBy(word => word.Key)
            .ToFrozenDictionary(same => same.Key, same => same.Last().Value);
    }

    /// <summary>Tag of the language, for the page's lang attribute.</summary>
    public string Language { get; }

    public string OtherLanguage => Languages.First(other => other != Language);

    public CultureInfo Culture { get; }

    /// <summary>Every key, for tests.</summary>
    public IEnumerable<string> Keys => _words.Keys;

    public string this[string key] => _words[key];

    /// <summary>The first language asked for that the portal has; German otherwise.</summary>
    public static PortalTexts For(IEnumerable<string> asked) => First(Citizens, asked);

    /// <summary>The same, with the words of the staff's pages.</summary>
    public static PortalTexts ForStaff(IEnumerable<string> asked) => First(Staff, asked);

    /// <summary>The languages of the reader: ?lang=en, then the browser's.</summary>
    public static IEnumerable<string> AskedIn(HttpRequest request) =>
        request.Query["lang"].OfType<string>().Concat(
            request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString()));

    /// <summary>A text with its places filled: "{counter}" by the value named counter.</summary>
    public string Say(string key, params (string Place, object? Value)[] values) =>
        values.Aggregate(_words[key], (text, value) =>
            text.Replace($"{{{value.Place}}}", Convert.ToString(value.Value, Culture), StringComparison.Ordinal));

    /// <summary>A text that depends on a number: nobody, one, several.</summary>
    public string Count(string key, int n) => n == 0 ? this[$"{key}.none"] : Say(n == 1 ? $"{key}.one" : $"{key}.other", ("n", n));

    private static PortalTexts First(FrozenDictionary<string, PortalTexts> texts, IEnumerable<string> asked) =>
        asked.Select(tag => texts.GetValueOrDefault(tag.Split('-')[0].ToLowerInvariant())).FirstOrDefault(t => t is not null)
            ?? texts["de"];

    private static FrozenDictionary<string, PortalTexts> Read(params string[] files) =>
        Languages.ToFrozenDictionary(language => language, language => new PortalTexts(language, files));

    private static Dictionary<string, string> Words(string resource)
    {
        using var file = typeof(PortalTexts).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }
}
