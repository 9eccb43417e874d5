using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Plans;

/// <summary>The plans of an office, and the form for a closure: look first at what it would hit, or close.</summary>
[Needs(Permission.SeePlans, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class PlansPage(IPlans plans, IReports offices, IAccessBook log) : StaffPage
{
    [FromRoute(Name = "office")] public string OfficeKey { get; set; } = "";

    [BindProperty] public string? Calendar { get; set; }
    [BindProperty] public string? First { get; set; }
    [BindProperty] public string? Last { get; set; }
    [BindProperty] public string? From { get; set; }
    [BindProperty] public string? To { get; set; }
    [BindProperty] public int Counters { get; set; } = 1;
    [BindProperty] public string? Reason { get; set; }

    public string Form { get; private set; } = FormId.New();

    public PlansView? List { get; private set; }

    /// <summary>The bookings that the entered closure would hit; null: the clerk has not asked.</summary>
    public IReadOnlyList<PlanLineView>? Preview { get; private set; }

    /// <summary>The bookings that no longer fit, and that no plan has.</summary>
    public IReadOnlyList<PlanLineView> Unplanned { get; private set; } = [];

    /// <summary>Why the clerk's last choice was refused; null: it was not.</summary>
    public string? Refused { get; private set; }

    public bool Unavailable { get; private set; }

    public bool MayChange => May(Domain.Identity.Permission.Plans, OfficeKey);

    public PlanWords Words => new(Texts, TimeZoneInfo.FindSystemTimeZoneById(List?.TimeZone ?? "UTC"));

    public string OfficeName(string? key) => offices.Office(key ?? "")?.Name.In(Texts.Language) ?? key ?? "";

    public Task<IActionResult> OnGetAsync() => InOfficeAsync(() => Task.FromResult<(PlanAnswer?, Refusal?)>((null, null)));

    [HandlerNeeds(Domain.Identity.Permission.Plans)]
    public Task<IActionResult> OnPostPreviewAsync() => InOfficeAsync(async () =>
    {
        if (Entered is not { } closure)
        {
            return (null, Refusal.NothingToPlan);
        }

        var answer = await plans.PreviewAsync(OfficeKey, closure);
        Preview = answer.Refusal is null ? answer.Lines : null;
        return (null, answer.Refusal);
    });

    [HandlerNeeds(Domain.Identity.Permission.Plans)]
    public Task<IActionResult> OnPostCloseAsync([FromForm] string? form) => InOfficeAsync(async () => Entered is { } closure
        ? (await plans.DrawAsync(OfficeKey, closure, new(SignedInAs), FormId.RequestOf(form, closure.ToString())), null)
        : (null, Refusal.NothingToPlan));

    /// <summary>For the bookings that no longer fit because the calendar has changed.</summary>
    [HandlerNeeds(Domain.Identity.Permission.Plans)]
    public Task<IActionResult> OnPostDrawAsync([FromForm] string? form) => InOfficeAsync(async () =>
        (await plans.DrawAsync(OfficeKey, null, new(SignedInAs), FormId.RequestOf(form, "changed")), null));

    /// <summary>Null: something is missing or is no day or time.</summary>
    private PlannedClosure? Entered => DayOf(First) is { } first && WallTime.Parse(From) is { } from && WallTime.Parse(To) is { } to
        && !string.IsNullOrWhiteSpace(Reason) && (string.IsNullOrEmpty(Last) || DayOf(Last) is not null)
            ? new(Calendar ?? "", first, DayOf(Last) ?? first, from, to, Counters, Reason.Trim()) : null;

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Another office's plans are answered like an office that does not exist.</summary>
    private async Task<IActionResult> InOfficeAsync(Func<Task<(PlanAnswer? Answer, Refusal? Refusal)>> act)
    {
        if (!MayDo(Domain.Identity.Permission.SeePlans, Domain.Identity.Permission.Plans, OfficeKey))
        {
            return NotFound();
        }

        try
        {
            var (answer, refusal) = await act();
            if (answer?.Refusal is null && answer?.View is { } drawn)
            {
                return LocalRedirect($"/staff/{OfficeKey}/plans/{drawn.Id}?lang={Texts.Language}");
            }

            if ((refusal ?? answer?.Refusal) is { } why)
            {
                (Refused, Response.StatusCode) = (why.Texts.In(Texts.Language), 409);
            }

            List = await plans.ListAsync(OfficeKey);
            if (List is null)
            {
                return NotFound();
            }

            Unplanned = List.Unplanned > 0 ? (await plans.PreviewAsync(OfficeKey, null)).Lines : [];
            if (Unplanned.Count > 0 || Preview is { Count: > 0 })
            {
                await log.NoteAsync(OfficeKey.Split('.')[0],
                    new(SignedInAs, OfficeKey, AccessKind.Plan, "preview", AccessWay.Page));
            }
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Unavailable, Response.StatusCode) = (true, 503);
        }

        return Page();
    }
}
