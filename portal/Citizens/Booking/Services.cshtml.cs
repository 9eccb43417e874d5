using Aufruf.Contracts;
using Aufruf.Portal.Content;

namespace Aufruf.Portal.Citizens.Booking;

/// <summary>First step: the services, each with the number of persons.</summary>
public sealed class ServicesStepPage(ContentFolder content, IAppointments appointments) : BookingPage(content, appointments)
{
    public IReadOnlyList<OfferedService> Services { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Services = [.. (await OffersAsync()).SelectMany(offer => offer.Services).GroupBy(service => service.Id)
            .Select(same => same.MaxBy(service => service.MostPersons)!)
            .OrderBy(service => Town.Service(service.Id.Value)?.Order ?? int.MaxValue)];
        if (Request.Query.ContainsKey("missing"))
        {
            Errors.Add(("service-0", Texts["book.services.missing"]));
        }
    }
}
