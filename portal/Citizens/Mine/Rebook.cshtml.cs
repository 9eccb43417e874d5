using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens.Booking;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>Moves an appointment to another time, in any office that serves it. The present one stays until the other is booked.</summary>
public sealed class RebookPage(ContentFolder content, IAppointments appointments, TimeProvider clock)
    : MinePage(content, appointments, clock)
{
    /// <summary>Null: there is nothing to move.</summary>
    public SlotChooser? Chooser { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] string? slot)
    {
        if (await LoadAsync() is { } other)
        {
            return other;
        }

        if (Slot.Parse(slot, Town.Authority, Choice(View!), Texts.Language) is not { } choice)
        {
            return Again(SlotList.Field, Texts["book.time.missing"]);
        }

        var answer = await Appointments.RebookAsync(Key!.Value, Code, choice, FormId.RequestOf(form, "rebook", slot, Week, Code));
        View = answer.View;
        return View is null ? Gone() : answer.Refusal is { } refusal ? Again(SlotList.Field, refusal) : LocalRedirect(Mine());
    }

    private async Task<IActionResult?> LoadAsync()
    {
        if (await ViewAsync() is not { } view)
        {
            return Gone();
        }

        if (view.State is not AppointmentState.Confirmed || IsOver(view) || view.Invited is { IsMoved: true })
        {
            return LocalRedirect(Mine());
        }

        DateOnly? from = DateOnly.TryParseExact(Request.Query["from"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day) ? day : null;
        var list = view.Invited is { } invited
            ? Within(invited, await SlotList.FindAsync(Appointments, Town.Authority, Choice(view), from > invited.NotBefore ? from
                : invited.NotBefore, view.Minutes))
            : await SlotList.FindAsync(Appointments, Town.Authority, Choice(view), from);
        Chooser = new(this, list, To, from, Now, view.TimeZone);
        return null;
    }

    /// <summary>The times that the authority has invited to.</summary>
    private static SlotList Within(Invited invited, SlotList list) => list with
    {
        Groups = [.. list.Groups.Where(group => invited.Allows(group.Offer.Office.Split('.')[1], group.Day))],
        Later = list.Later <= invited.NotAfter ? list.Later : null,
        NextRelease = null,
    };

    /// <summary>All offices that serve it; a call or a video stays one.</summary>
    private static BookingChoice Choice(AppointmentView view) =>
        view.Kind is AppointmentKind.AtCounter ? ChoiceOf(view) with { Office = BookingChoice.AnyOffice } : ChoiceOf(view);

    private string To(DateOnly? day) => Mine("/rebook") is var page && day is null ? page
        : page + (page.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"from={day:yyyy-MM-dd}";
}
