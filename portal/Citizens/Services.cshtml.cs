using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Aufruf.Portal.Search;

namespace Aufruf.Portal.Citizens;

/// <summary>All services, or those that fit a search.</summary>
public sealed class ServicesPage(ContentFolder content, IAppointments appointments) : CitizenPage
{
    private const string Online = "online";

    public IReadOnlyList<ServiceArticle> Found { get; private set; } = [];

    public IReadOnlyList<Offer> Offers { get; private set; } = [];

    public bool IsNarrowed => Asked.Length > 0 || Request.Query["way"] == Online;

    public string Heading => Asked.Length > 0 ? Texts.Say("search.results", ("asked", Asked))
        : Texts[IsNarrowed ? "way.online" : "services"];

    private string Asked => Request.Query["q"].ToString().Trim();

    public async Task OnGetAsync()
    {
        var town = content.Now;
        Found = Asked.Length > 0 ? ServiceSearch.Find(town, Asked)
            : [.. town.Services.Where(service => !IsNarrowed || service.Ways.Contains(Online))];
        Offers = await appointments.OffersAsync(town.Authority);
    }
}
