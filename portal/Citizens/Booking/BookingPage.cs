using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens.Booking;

/// <summary>A step before a time is held. All that was chosen stands in the address, so tabs and the back button disturb nothing.</summary>
[EnableRateLimiting(CallerRates.BookAppointment)]
public abstract class BookingPage(ContentFolder content, IAppointments appointments) : CitizenPage
{
    public TownContent Town { get; } = content.Now;

    public BookingChoice Choice => field ??= BookingChoice.Of(Request.Query["service"], Request.Query["office"],
        Request.Query[BookingChoice.CaseField]);

    /// <summary>"Personalausweis beantragen (2 Personen)", each in its language.</summary>
    public IReadOnlyList<(Spoken Name, string Persons)> Chosen { get; private set; } = [];

    protected IAppointments Appointments => appointments;

    /// <summary>Reads what can be booked. An office may have withdrawn a service since its link was written.</summary>
    protected async Task<IReadOnlyList<Offer>> OffersAsync()
    {
        var offers = await Appointments.OffersAsync(Town.Authority);
        var known = offers.SelectMany(offer => offer.Services).DistinctBy(service => service.Id).ToDictionary(service => service.Id);
        Chosen = [.. Choice.Services.Where(wanted => known.ContainsKey(wanted.Service)).Select(wanted =>
            (Say(Town, wanted.Service, known[wanted.Service].Name), Texts.Count("persons", wanted.Persons)))];
        return offers;
    }

    /// <summary>The address of a step with what is chosen so far.</summary>
    public string Step(string step, params IEnumerable<(string Name, string? Value)> more) =>
        Href("/book/" + step, Choice.Parts.Concat(more));
}
