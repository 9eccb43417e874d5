using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>Another mail address for a booked appointment. It counts when it is confirmed by a mail to it.</summary>
public sealed class NewMailPage(ContentFolder content, IAppointments appointments, TimeProvider clock)
    : MinePage(content, appointments, clock)
{
    /// <summary>As it was entered.</summary>
    public string Mail { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync() => await ViewAsync() is not { } view ? Gone()
        : view.State is AppointmentState.Confirmed ? Page() : LocalRedirect(Mine());

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] string? mail)
    {
        if (await ViewAsync() is null || Key is not { } week)
        {
            return Gone();
        }

        Mail = (mail ?? "").Trim();
        if (Mail.Length == 0 || !CitizenEntry.IsMail(Mail))
        {
            return Again("mail", Texts[Mail.Length == 0 ? "data.mail.missing" : "data.mail.wrong"]);
        }

        var answer = await Appointments.AskNewMailAsync(week, Code, Mail, FormId.RequestOf(form, "new mail", Week, Code, Mail));
        View = answer.View;
        return View is null ? Gone() : answer.Refusal is { } refusal ? Again("mail", refusal) : LocalRedirect(Mine());
    }
}
