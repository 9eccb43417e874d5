using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens.Wishing;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>A wish of somebody who has an appointment and wants an earlier one. The present one stays until an offer is accepted.</summary>
public sealed class EarlierPage(ContentFolder content, IAppointments appointments, IWishes wishes, TimeProvider clock)
    : MinePage(content, appointments, clock)
{
    private WishForm? _form;

    public WishForm Form => _form ?? throw new InvalidOperationException("The page was not loaded.");

    /// <summary>The address that the mail went to; null: nothing was sent yet.</summary>
    public string? SentTo { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await LoadAsync(new([], [], null, null)) ?? Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        var times = WishTimes.Of(Request.Form["at"], Request.Form["when"], Request.Form["first"], Request.Form["last"]);
        if (await LoadAsync(times) is { } other)
        {
            return other;
        }

        WishForm.Check(this, times);
        if (Errors.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        var view = View!;
        var answer = await wishes.RegisterAsync(new(Town.Authority, [.. view.Services.Select(s => new Wanted(s.Id, s.Persons))], view.Kind,
                [.. times.Offices.Select(office => $"{Town.Authority}.{office}")], times.Windows, WishTimes.DateOf(times.First),
                WishTimes.DateOf(times.Last), Texts.Language, view.Citizen!, new(view.Week, Code)),
            FormId.RequestOf(form, [Week, Code, .. times.Parts.Select(part => part.Value)]));
        SentTo = answer.Refusal is null ? view.Citizen!.Mail : null;
        return answer.Refusal is { } refusal ? Again("send", refusal) : Page();
    }

    /// <summary>Only a booked appointment with a mail address can become an earlier one.</summary>
    private async Task<IActionResult?> LoadAsync(WishTimes times)
    {
        if (await ViewAsync() is not { } view)
        {
            return Gone();
        }

        _form = WishForm.Of(this, times, await Appointments.OffersAsync(Town.Authority));
        return view.State is AppointmentState.Confirmed && !IsOver(view) && view.Citizen?.Mail is { Length: > 0 } ? null
            : LocalRedirect(Mine());
    }
}
