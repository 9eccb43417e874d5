using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens.Booking;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>The citizen's data, and the check before it is booked. All that was typed goes along in the form.</summary>
public sealed class DataPage(ContentFolder content, IAppointments appointments, ICitizenCases cases, TimeProvider clock)
    : MinePage(content, appointments, clock)
{
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Mail { get; set; }
    [BindProperty] public string? Phone { get; set; }
    [BindProperty] public string? Remark { get; set; }

    /// <summary>All is entered: the page shows it once more.</summary>
    public bool IsCheck { get; private set; }

    public override (string Form, string Act)? Entries => View is null && Chooser is null
        ? null : ("entries", IsCheck ? "check" : "change");

    /// <summary>The time is gone: the page offers others beside the data.</summary>
    public SlotChooser? Chooser { get; private set; }

    public BookingChoice Choice => View is { } view ? ChoiceOf(view) with { Case = CaseCode }
        : Request.HasFormContentType ? BookingChoice.Of(Request.Form["service"], Request.Form["office"], CaseCode) : new([], null);

    /// <summary>The file number of the case that the appointment is for; null: for none.</summary>
    public string? CaseNumber { get; private set; }

    private string? CaseCode => BookingChoice.Of(default, null,
        Request.HasFormContentType ? Request.Form[BookingChoice.CaseField] : Request.Query[BookingChoice.CaseField]).Case;

    public DataFields Fields => new(this, Town, DataFields.Of(Entered, hasRemark: true));

    private CitizenFields Entered => new(Name, Mail, Phone, Remark);

    /// <summary>The browser keeps this page for its back button: without it, what was typed is lost and Chromium shows an error.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        Response.Headers.CacheControl = "private, no-cache";
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await ViewAsync() is not { } view)
        {
            return Gone();
        }

        (Name, Mail, Phone, Remark) = (view.Citizen?.Name, view.Citizen?.Mail, view.Citizen?.Phone, view.Citizen?.Remark);
        return IsOpen(view) ? Page() : LocalRedirect(Mine());
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm(Name = "do")] string? act, [FromForm] string? slot)
    {
        (Name, Mail, Phone, Remark) = (Name?.Trim(), Mail?.Trim(), Phone?.Trim(), Remark?.Trim());
        var view = await ViewAsync();
        CaseNumber = await CaseNumberAsync() ?? view?.Citizen?.Case;
        return act is "another" ? await TakeAnotherAsync(form, slot)
            : view is null || Key is not { } week ? await OfferOthersAsync(Refusal.HoldOver)
            : !IsOpen(view) ? LocalRedirect(Mine())
            : act is "extend" ? await ExtendAsync(week, form)
            : act is "change" || !CitizenEntry.IsComplete(Texts, Entered, Errors) ? Shown()
            : act is "book" ? await SendAsync(week, form)
            : Check();
    }

    private async Task<string?> CaseNumberAsync() =>
        CaseCode is { } code ? (await cases.ViewAsync(Town.Authority, code))?.Number : null;

    private static bool IsOpen(AppointmentView view) => view.State is AppointmentState.Held or AppointmentState.Preconfirmed;

    private PageResult Shown()
    {
        Response.StatusCode = Errors.Count > 0 ? 400 : 200;
        return Page();
    }

    private PageResult Check()
    {
        IsCheck = true;
        return Page();
    }

    private async Task<IActionResult> ExtendAsync(CalendarWeekKey week, string? form)
    {
        var answer = await Appointments.ExtendAsync(week, Code, FormId.RequestOf(form, "extend", Week, Code));
        View = answer.View;
        return answer.Refusal is { } refusal || View is null ? await OfferOthersAsync(answer.Refusal ?? Refusal.HoldOver) : Page();
    }

    private async Task<IActionResult> SendAsync(CalendarWeekKey week, string? form)
    {
        var citizen = new CitizenData(Name!, Mail, Phone is { Length: > 0 } ? Phone : null, Remark is { Length: > 0 } ? Remark : null,
            CaseNumber);
        var answer = await Appointments.PreconfirmAsync(week, Code, citizen,
            FormId.RequestOf(form, "book", Week, Code, Name, Mail, Phone, Remark, CaseNumber));
        View = answer.View;
        return answer.Refusal is not { } refusal ? LocalRedirect(Mine())
            : refusal.Code == Refusal.TooManyAppointments.Code ? Again("mail", refusal)
            : await OfferOthersAsync(refusal);
    }

    /// <summary>Holds the other time, and repeats this form at its page: so nothing typed is lost.</summary>
    private async Task<IActionResult> TakeAnotherAsync(string? form, string? slot)
    {
        if (Slot.Parse(slot, Town.Authority, Choice, Texts.Language) is not { } choice)
        {
            return await OfferOthersAsync(null);
        }

        if (View is { State: AppointmentState.Held } view && view.From == choice.From && !IsLapsed(view))
        {
            return Page();
        }

        var answer = await Appointments.HoldAsync(choice, FormId.RequestOf(form, [slot, .. Choice.Parts.Select(part => part.Value)]));
        return answer.View is { Code.Length: > 0 } held && answer.Refusal is null
            ? LocalRedirectPreserveMethod(Href($"/a/{held.Week}/{held.Code}/data"))
            : await OfferOthersAsync(answer.Refusal ?? Refusal.SlotTaken);
    }

    private async Task<IActionResult> OfferOthersAsync(Refusal? refusal)
    {
        if (Choice.Services.Count == 0)
        {
            return Gone();
        }

        var list = await SlotList.FindAsync(Appointments, Town.Authority, Choice, null);
        Chooser = new(this, list, _ => BookAgain, null, Now, View?.TimeZone ?? (await ZoneAsync()));
        return refusal is null ? Again(SlotList.Field, Texts["book.time.missing"]) : Again(SlotList.Field, refusal);
    }

    private async Task<string> ZoneAsync() => (await Appointments.OffersAsync(Town.Authority)) is [var first, ..] ? first.TimeZone : "UTC";
}
