using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>The link in the mail leads here. Mail filters open links, so only the button confirms.</summary>
public sealed class ConfirmPage(ContentFolder content, IAppointments appointments, TimeProvider clock)
    : MinePage(content, appointments, clock)
{
    /// <summary>It stands in the mail alone.</summary>
    [FromRoute] public string Secret { get; set; } = "";

    public async Task<IActionResult> OnGetAsync() => await ViewAsync() is not { } view ? Gone()
        : view.State is AppointmentState.Preconfirmed ? Page()
        : LocalRedirect(Mine());

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        if (Key is not { } week)
        {
            return Gone();
        }

        var answer = await Appointments.ConfirmAsync(week, Code, Secret, FormId.RequestOf(form, "confirm", Week, Code, Secret));
        View = answer.View;
        if (View is not null && answer.Refusal is { Kind: RefusalKind.NotFound })
        {
            CountWrong();
        }

        return View is null ? Gone() : answer.Refusal is { } refusal ? Again("confirm", refusal) : LocalRedirect(Mine());
    }
}
