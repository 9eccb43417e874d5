using Aufruf.Portal.Content;

namespace Aufruf.Portal.Search;

/// <summary>Finds services by what people type: other words, typing errors, whole sentences.</summary>
public static class ServiceSearch
{
    // No word of a town's services is longer; longer input costs time and finds nothing.
    private const int LongestQuestion = 200;

    private const int MostWords = 20;

    private const double Enough = 0.3;

    /// <summary>The best first; empty: nothing fits.</summary>
    public static IReadOnlyList<ServiceArticle> Find(TownContent town, string question)
    {
        var asked = Words.Of(question.Length > LongestQuestion ? question[..LongestQuestion] : question)
            .Distinct().Take(MostWords).ToArray();
        var likeness = town.Services.Select(service => (Service: service, Of: LikenessOf(service, asked))).ToArray();

        // A word that fits many services, such as "beantragen", says little about any of them.
        var rarity = asked.Select((_, word) =>
            1.0 / Math.Max(1, likeness.Count(service => service.Of[word] >= Enough))).ToArray();
        var found = likeness
            .Select(service => (service.Service,
                Score: service.Of.Select((alike, word) => alike >= Enough ? alike * rarity[word] : 0).Sum(),
                Best: service.Of.DefaultIfEmpty(0).Max()))
            .Where(service => service.Best >= Enough).OrderByDescending(service => service.Score).ThenBy(service => service.Service.Order)
            .ToArray();

        // Far behind the best one, a common word alone has matched.
        return [.. found.Where(service => service.Score >= found[0].Score / 6).Select(service => service.Service)];
    }

    private static double[] LikenessOf(ServiceArticle service, string[] asked) => [.. asked.Select(word =>
        service.Searchable.Select(known => Words.Likeness(word, known.Word) * known.Weight).DefaultIfEmpty(0).Max())];
}
