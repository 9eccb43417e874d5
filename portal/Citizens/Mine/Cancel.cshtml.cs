using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>Cancels an appointment. It asks for a second sign, because some mail filters even press buttons.</summary>
public sealed class CancelPage(ContentFolder content, IAppointments appointments, TimeProvider clock)
    : MinePage(content, appointments, clock)
{
    public async Task<IActionResult> OnGetAsync() => await ViewAsync() is not { } view ? Gone()
        : view.State is AppointmentState.Confirmed or AppointmentState.Preconfirmed ? Page()
        : LocalRedirect(Mine());

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] string? sure)
    {
        if (await ViewAsync() is null || Key is not { } week)
        {
            return Gone();
        }

        if (sure is not "yes")
        {
            return Again("sure", Texts["cancel.sure.missing"]);
        }

        var answer = await Appointments.CancelAsync(week, Code, FormId.RequestOf(form, "cancel", Week, Code));
        View = answer.View;
        return View is null ? Gone() : answer.Refusal is { } refusal ? Again("sure", refusal) : LocalRedirect(Mine());
    }
}
