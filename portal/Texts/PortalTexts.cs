using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Aufruf.Portal.Texts;

/// <summary>The portal's words in one language: flat JSON, one file per language, the same keys in each.</summary>
public sealed class PortalTexts
{
    private static readonly FrozenDictionary<string, PortalTexts> All =
        new[] { "de", "en" }.ToFrozenDictionary(language => language, language => new PortalTexts(language));

    private readonly FrozenDictionary<string, string> _words;

    private PortalTexts(string language)
    {
        Language = language;
        Culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "de-DE");
        using var file = typeof(PortalTexts).Assembly.GetManifestResourceStream($"texts.{language}.json")!;
        _words = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary();
    }

    /// <summary>Tag of the language, for the page's lang attribute.</summary>
    public string Language { get; }

    public CultureInfo Culture { get; }

    /// <summary>Every key, for tests.</summary>
    public IEnumerable<string> Keys => _words.Keys;

    /// <summary>The first language asked for that we speak; German otherwise.</summary>
    public static PortalTexts For(IEnumerable<string> asked) =>
        asked.Select(tag => All.GetValueOrDefault(tag.Split('-')[0].ToLowerInvariant())).FirstOrDefault(t => t is not null) ?? All["de"];

    public string this[string key] => _words[key];

    /// <summary>A text with its places filled: "{counter}" by the value named counter.</summary>
    public string Say(string key, params (string Place, object? Value)[] values) =>
        values.Aggregate(_words[key], (text, value) => text.Replace($"{{{value.Place}}}", Convert.ToString(value.Value, Culture), StringComparison.Ordinal));

    /// <summary>A text that depends on a number: nobody, one, several.</summary>
    public string Count(string key, int n) => n == 0 ? this[$"{key}.none"] : Say(n == 1 ? $"{key}.one" : $"{key}.other", ("n", n));
}
