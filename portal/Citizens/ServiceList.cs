using Aufruf.Contracts;
using Aufruf.Portal.Content;

namespace Aufruf.Portal.Citizens;

/// <summary>Services as a list of links, each with how it is done, its fee and its length.</summary>
public sealed record ServiceList(CitizenPage On, IReadOnlyList<ServiceArticle> Services, IReadOnlyList<Offer> Offers)
{
    public string FactsOf(ServiceArticle service)
    {
        var words = On.Texts;
        return string.Join(" · ", service.Ways.Where(way => way is "appointment" or "online" or "walk-in")
            .Select(way => words[$"how.{way}"])
            .Append(service.In(words.Language)["fee"])
            .Append(MinutesOf(service.Id) is { } minutes ? words.Count("minutes", minutes) : null).OfType<string>());
    }

    private int? MinutesOf(string service) => Offers.SelectMany(offer => offer.Services)
        .FirstOrDefault(offered => offered.Id.Value == service)?.Minutes;
}
