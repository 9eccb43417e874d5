using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Forecasts;
using Aufruf.Portal.Content;

namespace Aufruf.Portal.Citizens;

/// <summary>The start page: what people look for, how long it takes now, and when the next appointment is.</summary>
public sealed class HomePage(ContentFolder content, IAppointments appointments, IOfficePages offices, TimeProvider clock) : CitizenPage
{
    public TownContent Town { get; } = content.Now;

    public IReadOnlyList<OfficeNow> Offices { get; private set; } = [];

    public IReadOnlyList<Offer> Offers { get; private set; } = [];

    /// <summary>The earliest appointment for any service, in words.</summary>
    public string Promise { get; private set; } = "";

    public int OnlineServices => Town.Services.Count(service => service.Ways.Contains("online"));

    public IReadOnlyList<(ServiceArticle Service, string Name)> Popular =>
        [.. Town.Services.Select(service => (service, service.PopularAs(Texts.Language)!)).Where(service => service.Item2 is not null)];

    public async Task OnGetAsync()
    {
        (Offices, Offers) = (await offices.NowAsync(Town.Authority), await appointments.OffersAsync(Town.Authority));
        Promise = await PromiseAsync();
    }

    /// <summary>The shortest wait at an office, or when it opens.</summary>
    public string Now(OfficeNow office) => !office.IsOpen
        ? office.NextOpening is { } opens ? Texts.Say("now.opens", ("when", When(opens, office.At, office.TimeZone))) : Texts["now.closed"]
        : office.Services.Where(service => service.IsGiven).Select(service => service.Wait).OfType<PromisedRange>()
            .MinBy(wait => wait.To ?? int.MaxValue) is { } wait ? WaitWords(wait) : Texts["now.open"];

    private async Task<string> PromiseAsync()
    {
        var found = await Task.WhenAll(Offers.SelectMany(offer => offer.Services).Select(service => service.Id).Distinct()
            .Select(service => appointments.FindAsync(new(Town.Authority, [new Wanted(service)], Days: 120, Most: 1))));
        return found.SelectMany(slots => slots.Offices).Where(place => place.Starts.Count > 0).MinBy(place => place.Starts[0]) is { } first
            ? Texts.Say("way.book.next", ("when", When(first.Starts[0], clock.GetUtcNow(), first.Offer.TimeZone)))
            : Texts["way.book.none"];
    }
}
