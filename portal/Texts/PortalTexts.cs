using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Aufruf.Portal.Texts;

/// <summary>The portal's words in one language: flat JSON, per language one file for citizens and one for staff, the same keys in each.</summary>
public sealed class PortalTexts
{
    private static readonly string[] Languages = ["de", "en"];

    private static readonly FrozenDictionary<string, PortalTexts> All = Of("");

    /// <summary>The staff's words come before the citizens': "served" is a state to one and a column to the other.</summary>
    private static readonly FrozenDictionary<string, PortalTexts> Staff = Of("", "staff.");

    private readonly FrozenDictionary<string, string> _words;

    private PortalTexts(string language, string[] rooms)
    {
        Language = language;
        Culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "de-DE");
        _words = rooms.SelectMany(room => Read($"texts.{room}{language}.json")).GroupBy(word => word.Key).ToFrozenDictionary(same => same.Key, same => same.Last().Value);
    }

    private static Dictionary<string, string> Read(string name)
    {
        using var file = typeof(PortalTexts).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }

    /// <summary>Tag of the language, for the page's lang attribute.</summary>
    public string Language { get; }

    public CultureInfo Culture { get; }

    /// <summary>Every key, for tests.</summary>
    public IEnumerable<string> Keys => _words.Keys;

    /// <summary>The first language asked for that we speak; German otherwise.</summary>
    public static PortalTexts For(IEnumerable<string> asked) => Spoken(All, asked);

    /// <summary>The same, with the words of the staff's pages.</summary>
    public static PortalTexts ForStaff(IEnumerable<string> asked) => Spoken(Staff, asked);

    private static PortalTexts Spoken(FrozenDictionary<string, PortalTexts> texts, IEnumerable<string> asked) =>
        asked.Select(tag => texts.GetValueOrDefault(tag.Split('-')[0].ToLowerInvariant())).FirstOrDefault(t => t is not null) ?? texts["de"];

    private static FrozenDictionary<string, PortalTexts> Of(params string[] rooms) =>
        Languages.ToFrozenDictionary(language => language, language => new PortalTexts(language, rooms));

    public string this[string key] => _words[key];

    /// <summary>A text with its places filled: "{counter}" by the value named counter.</summary>
    public string Say(string key, params (string Place, object? Value)[] values) =>
        values.Aggregate(_words[key], (text, value) => text.Replace($"{{{value.Place}}}", Convert.ToString(value.Value, Culture), StringComparison.Ordinal));

    /// <summary>A text that depends on a number: nobody, one, several.</summary>
    public string Count(string key, int n) => n == 0 ? this[$"{key}.none"] : Say(n == 1 ? $"{key}.one" : $"{key}.other", ("n", n));
}
