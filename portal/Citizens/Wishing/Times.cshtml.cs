using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens.Booking;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Wishing;

/// <summary>A standing wish, first step: where and when it suits. Nothing is kept yet, and all stands in the address.</summary>
public sealed class WishTimesPage(ContentFolder content, IAppointments appointments) : BookingPage(content, appointments)
{
    private WishForm? _form;

    public WishForm Form => _form ?? throw new InvalidOperationException("The page was not loaded.");

    public WishTimes Times => field ??= WishTimes.Of(Request.Query["at"], Request.Query["when"], Request.Query["first"],
        Request.Query["last"]);

    public async Task<IActionResult> OnGetAsync()
    {
        var offers = await OffersAsync();
        if (Chosen.Count < Choice.Services.Count || Choice.Services.Count == 0)
        {
            return LocalRedirect(Step("services", ("missing", "yes")));
        }

        // Somebody who came from one office's times most likely wants that office.
        var times = Times.Offices.Count == 0
            && Choice is { Kind: AppointmentKind.AtCounter, Office: { } office and not BookingChoice.AnyOffice }
            && !Request.Query.ContainsKey("chosen") ? Times with { Offices = [office] } : Times;
        var wanted = Choice.Services.Select(service => service.Service).ToHashSet();
        _form = WishForm.Of(this, times, offers.GroupBy(offer => offer.Office)
            .Where(of => wanted.IsSubsetOf(of.SelectMany(offer => offer.Services).Select(service => service.Id))).SelectMany(of => of));
        if (Request.Query.ContainsKey("chosen"))
        {
            WishForm.Check(this, times);
        }

        return Page();
    }
}
