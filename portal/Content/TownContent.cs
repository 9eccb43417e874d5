using System.Collections.Frozen;
using Aufruf.Portal.Search;

namespace Aufruf.Portal.Content;

/// <summary>All articles of an authority, as they were read once.</summary>
public sealed class TownContent
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, Article>> _articles;

    /// <param name="articles">Ids as paths: "town", "pages/imprint", "services/ausweis".</param>
    public TownContent(IEnumerable<Article> articles)
    {
        _articles = articles.GroupBy(article => article.Id).ToFrozenDictionary(same => same.Key,
            same => same.ToFrozenDictionary(article => article.Language));
        Services = [.. Below("services/").Select(service => new ServiceArticle(service.Key["services/".Length..], service.Value))
            .OrderBy(service => service.Order).ThenBy(service => service.Id, StringComparer.Ordinal)];
    }

    /// <summary>In the order that the editor gives them.</summary>
    public IReadOnlyList<ServiceArticle> Services { get; }

    /// <summary>The authority whose offices these pages are for: "alsdorf".</summary>
    public string Authority => Town("de")["authority"] ?? "";

    /// <summary>Name, service name and phone number of the town.</summary>
    public Article Town(string language) => Find("town", language) ?? Article.Parse("town", "de", "");

    /// <summary>The pages at the foot of each page.</summary>
    public IEnumerable<(string Id, Article Article)> Pages(string language) =>
        from page in Below("pages/")
        let article = In(page.Value, language)
        orderby Order(article)
        select (page.Key["pages/".Length..], article);

    /// <summary>In the reader's language, or in German; null: there is none.</summary>
    public Article? Find(string id, string language) => _articles.TryGetValue(id, out var found) ? In(found, language) : null;

    public ServiceArticle? Service(string id) => Services.FirstOrDefault(service => service.Id == id);

    internal static Article In(FrozenDictionary<string, Article> languages, string language) =>
        languages.GetValueOrDefault(language) ?? languages.GetValueOrDefault("de") ?? languages.Values[0];

    internal static int Order(Article article) => int.TryParse(article["order"], out var order) ? order : 1000;

    /// <summary>All files in a folder, "mails/", in all languages.</summary>
    public IEnumerable<Article> FilesBelow(string folder) => Below(folder).SelectMany(article => article.Value.Values);

    private IEnumerable<KeyValuePair<string, FrozenDictionary<string, Article>>> Below(string folder) =>
        _articles.Where(article => article.Key.StartsWith(folder, StringComparison.Ordinal))
            .OrderBy(article => article.Key, StringComparer.Ordinal);
}

/// <summary>A service as the town describes it. Facts stand in the German file, words in each language's.</summary>
public sealed class ServiceArticle
{
    private readonly FrozenDictionary<string, Article> _languages;
    private readonly Article _facts;

    internal ServiceArticle(string id, FrozenDictionary<string, Article> languages) =>
        (Id, _languages, _facts, Searchable) = (id, languages, TownContent.In(languages, "de"), WordsOf(languages.Values));

    public string Id { get; }

    public int Order => TownContent.Order(_facts);

    /// <summary>"appointment", "online" or "walk-in".</summary>
    public IEnumerable<string> Ways =>
        _facts["ways"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The address of the online application; null: there is none.</summary>
    public string? Online => _facts["online"] is { } address && Uri.TryCreate(address, UriKind.Absolute, out var url)
        && url.Scheme is "https" or "http" ? address : null;

    /// <summary>A short name among the services that many look for; null: it is not among them.</summary>
    public string? PopularAs(string language) => In(language)["popular"];

    public Article In(string language) => TownContent.In(_languages, language);

    /// <summary>Words by which the service is found, in all languages.</summary>
    internal IReadOnlyList<(string Word, double Weight)> Searchable { get; }

    private static (string, double)[] WordsOf(IEnumerable<Article> articles) =>
    [
        .. from article in articles
           from field in article.Fields["words"].Select(words => (Text: words, Weight: 0.9)).Append((Text: article.Title, Weight: 1))
               .Append((Text: article["summary"] ?? "", Weight: 0.5))
           from word in Words.Of(field.Text)
           select (word, field.Weight),
    ];
}
