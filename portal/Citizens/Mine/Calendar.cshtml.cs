using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>The appointment as a file for the citizen's own calendar.</summary>
public sealed class CalendarPage(ContentFolder content, IAppointments appointments, TimeProvider clock)
    : MinePage(content, appointments, clock)
{
    private const string FileName = "termin.ics";

    public async Task<IActionResult> OnGetAsync() => await ViewAsync() is not
    { State: AppointmentState.Confirmed or AppointmentState.CheckedIn or AppointmentState.Cancelled } view ? Gone()
        : File(Encoding.UTF8.GetBytes(CalendarFile.Of(view, Texts, $"{Request.Scheme}://{Request.Host}{Mine()}")),
            CalendarFile.Type, FileName);
}
