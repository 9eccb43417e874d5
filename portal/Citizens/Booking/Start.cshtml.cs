using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Booking;

/// <summary>Leads to the first step that is still open: /book?service=ausweis&amp;office=rathaus leads to the times.</summary>
public sealed class StartPage(ContentFolder content, IAppointments appointments) : BookingPage(content, appointments)
{
    public IActionResult OnGet() => LocalRedirect(
        Choice.Services.Count == 0 ? Step("services", ("missing", Request.Query.ContainsKey("service") ? "yes" : null))
        : Step(Choice.Office is null ? "place" : "time"));
}
