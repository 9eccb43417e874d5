using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>The link in the mail to a new address leads here. It shows nothing of the appointment, and only its button changes it.
/// </summary>
[Needs(Permission.OwnAppointment)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public sealed class ChangeMailPage(ContentFolder content, IAppointments appointments, WrongCodes codes) : CitizenPage
{
    [FromRoute] public string Week { get; set; } = "";
    [FromRoute(Name = "appointment")] public Guid Id { get; set; }
    [FromRoute] public string Secret { get; set; } = "";

    public bool IsDone { get; private set; }

    /// <summary>The link is no longer good, or never was.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The address is not changed for another reason. The link may still be good.</summary>
    public Refusal? Why { get; private set; }

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        if (WrongCodes.Refuses(HttpContext, WrongCodes.CallerOf(HttpContext), WrongCodes.CodeOf(Id.ToString())))
        {
            return new EmptyResult(); // The error page says it.
        }

        Why = CalendarWeekKey.TryParse(Week, out var week) && week.Value.Authority == content.Now.Authority
            ? await appointments.ChangeMailAsync(week.Value, new(Id), Secret, FormId.RequestOf(form, "mail", Week, Id.ToString(), Secret))
            : Refusal.NewMailOver;
        IsDone = Why is null;
        if (Why != Refusal.NewMailOver)
        {
            Response.StatusCode = IsDone ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
            return Page();
        }

        codes.Count(WrongCodes.CallerOf(HttpContext), WrongCodes.CodeOf(Id.ToString()));
        (IsOver, Response.StatusCode) = (true, StatusCodes.Status404NotFound);
        return Page();
    }
}
