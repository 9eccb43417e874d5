using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Booking;

/// <summary>Third step: a day and a time. Its form holds the time and leads to the citizen's data.</summary>
public sealed class TimePage(ContentFolder content, IAppointments appointments, HoldLimit holds, TimeProvider clock)
    : BookingPage(content, appointments)
{
    private SlotChooser? _chooser;

    public SlotChooser Chooser => _chooser ?? throw new InvalidOperationException("The page was not loaded.");

    /// <summary>Other offices, or another way, serve these services too.</summary>
    public bool HasOtherPlaces { get; private set; }

    public string Back => HasOtherPlaces ? Step("place") : Step("services");

    /// <summary>The first day that is shown; null: today.</summary>
    public DateOnly? From => DateOnly.TryParseExact(Request.Query["from"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
        out var day) ? day : null;

    public string? FromText => Write(From);

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] string? slot, [FromForm] string? altcha)
    {
        if (Slot.Parse(slot, Town.Authority, Choice, Texts.Language) is { } choice)
        {
            if (!holds.Allows(HttpContext, altcha))
            {
                return await LoadAsync() ?? Again(SlotList.Field, Refusal.TooManyHolds);
            }

            var answer = await Appointments.HoldAsync(choice, FormId.RequestOf(form, [slot, .. Choice.Parts.Select(part => part.Value)]));
            if (answer.View is { Code.Length: > 0 } held && answer.Refusal is null)
            {
                return LocalRedirect(Href($"/a/{held.Week}/{held.Code}/data", [(BookingChoice.CaseField, Choice.Case)]));
            }

            return await LoadAsync() ?? (answer.Refusal is { } refusal ? Again(SlotList.Field, refusal)
                : Again(SlotList.Field, Refusal.SlotTaken));
        }

        return await LoadAsync() ?? Again(SlotList.Field, Texts["book.time.missing"]);
    }

    private async Task<IActionResult?> LoadAsync()
    {
        var offers = await OffersAsync();
        if (Chosen.Count < Choice.Services.Count || Choice.Services.Count == 0)
        {
            return LocalRedirect(Step("services", ("missing", "yes")));
        }

        if (Choice.Office is null)
        {
            return LocalRedirect(Step("place", ("missing", Request.Query.ContainsKey("chosen") ? "yes" : null)));
        }

        HasOtherPlaces = offers.DistinctBy(offer => offer.Office).Count() > 1 || offers.Any(offer => offer.Services.Any(service =>
            service.Kinds.Count > 1 && Choice.PersonsOf(service.Id) > 0));
        var list = await SlotList.FindAsync(Appointments, Town.Authority, Choice, From);
        if (!list.IsOffered) // An old link names an office that does not serve this, or no longer.
        {
            return LocalRedirect(Href("/book/place", (Choice with { Office = null }).Parts));
        }

        _chooser = new(this, list, day => Step("time", ("from", Write(day))), From, clock.GetUtcNow(), offers[0].TimeZone);
        return null;
    }

    private static string? Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
