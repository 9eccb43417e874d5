using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Aufruf.Domain;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Texts;

/// <summary>The portal's words in one language: flat JSON, six files for citizens and some for staff.</summary>
public sealed class PortalTexts
{
    /// <summary>Leichte Sprache, German in easy words.</summary>
    public const string Easy = "de-simple";

    /// <summary>Each with the culture that writes its dates: Levantine month names for Arabic, with the calendar of the office.</summary>
    private static readonly (string Language, string Culture)[] Known =
        [("de", "de-DE"), (Easy, "de-DE"), ("en", "en-GB"), ("tr", "tr-TR"), ("uk", "uk-UA"), ("ar", "ar-SY")];

    private static readonly FrozenDictionary<string, PortalTexts> Citizens = Read(Known, "", "booking.", "case.", "own.", "pay.", "mail.");

    /// <summary>The staff's words replace the citizens': "served" is a state for one and a column for the other.</summary>
    private static readonly FrozenDictionary<string, PortalTexts> Staff =
        Read(Known.Where(known => known.Language is "de" or "en"), "", "booking.", "case.", "own.", "staff.", "work.", "dispatch.", "cash.",
            "office.", "people.", "provider.", "town.", "procedure.");

    private readonly FrozenDictionary<string, string> _words;

    private PortalTexts(string language, string culture, string[] files)
    {
        Language = language;
        Culture = CultureInfo.GetCultureInfo(culture);
        _words = files.SelectMany(file => Words($"texts.{file}{language}.json")).GroupBy(word => word.Key)
            .ToFrozenDictionary(same => same.Key, same => same.Last().Value);
    }

    /// <summary>The languages of the citizens' pages, in the order of their links.</summary>
    public static IReadOnlyList<PortalTexts> OfCitizens { get; } = [.. Known.Select(known => Citizens[known.Language])];

    /// <summary>Tag of the language, for the page's lang attribute.</summary>
    public string Language { get; }

    /// <summary>Direction of writing, for the page's dir attribute.</summary>
    public string Direction => Culture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>The other language of the staff's pages.</summary>
    public string OtherLanguage => Language == "de" ? "en" : "de";

    public CultureInfo Culture { get; }

    /// <summary>Every key, for tests.</summary>
    public IEnumerable<string> Keys => _words.Keys;

    public string this[string key] => _words[key];

    /// <summary>Null: there is no such text.</summary>
    public string? Find(string key) => _words.GetValueOrDefault(key);

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

    /// <summary>A text that depends on a number: none, or the form that the language has for it.</summary>
    public string Count(string key, int n)
    {
        var form = n == 0 && _words.ContainsKey($"{key}.none") ? $"{key}.none" : $"{key}.{Plurals.FormOf(Language, n)}";
        return Say(_words.ContainsKey(form) ? form : $"{key}.other", ("n", n));
    }

    /// <summary>An amount of money.</summary>
    public string Euros(long cents) => (cents / 100m).ToString("N2", Culture) + "\u00a0€";

    /// <summary>A day in figures. English has a name for the month, because its two orders of day and month differ.</summary>
    public string Day(DateOnly day) => day.ToString(Language == "en" ? "d MMM yyyy" : "d.M.yyyy", Culture);

    /// <summary>A refusal's sentence. German and English stand beside its rule.</summary>
    public string Of(Refusal refusal) => _words.TryGetValue($"refusal.{refusal.Code}", out var text) ? text
        : refusal.Texts.TryGetValue(Language, out var known) ? known
        : Language == Easy ? refusal.German
        : _words["refusal.other"];

    private static PortalTexts First(FrozenDictionary<string, PortalTexts> texts, IEnumerable<string> asked) =>
        asked.Select(tag => tag.ToLowerInvariant())
            .Select(tag => texts.GetValueOrDefault(tag) ?? texts.GetValueOrDefault(tag.Split('-')[0]))
            .FirstOrDefault(found => found is not null) ?? texts["de"];

    private static FrozenDictionary<string, PortalTexts> Read(
        IEnumerable<(string Language, string Culture)> known, params string[] files) =>
        known.ToFrozenDictionary(one => one.Language, one => new PortalTexts(one.Language, one.Culture, files));

    private static Dictionary<string, string> Words(string resource)
    {
        using var file = typeof(PortalTexts).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }
}
