using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Plans;

/// <summary>One plan: a step for each booking, each changeable; send; and afterwards who was reached.</summary>
[Needs(Permission.SeePlans, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class PlanPage(IPlans plans, IReports offices, IAccessBook log) : StaffPage
{
    [FromRoute(Name = "office")] public string OfficeKey { get; set; } = "";

    [FromRoute(Name = "plan")] public Guid Id { get; set; }

    public string Form { get; private set; } = FormId.New();

    public PlanView? Plan { get; private set; }

    /// <summary>Why the clerk's last choice was refused; null: it was not.</summary>
    public string? Refused { get; private set; }

    public bool Unavailable { get; private set; }

    public bool MayChange => May(Domain.Identity.Permission.Plans, OfficeKey);

    public PlanWords Words => new(Texts, TimeZoneInfo.FindSystemTimeZoneById(Plan?.TimeZone ?? "UTC"));

    private PlanId PlanId => new(Id);

    private ClerkId Clerk => new(SignedInAs);

    public Task<IActionResult> OnGetAsync() => InOfficeAsync(null);

    /// <summary>All steps of the form at once. Those that are as they were change nothing.</summary>
    [HandlerNeeds(Domain.Identity.Permission.Plans)]
    public Task<IActionResult> OnPostStepsAsync([FromForm] string? form) => InOfficeAsync(() => ChangeAsync(form));

    /// <summary>Sends what the form shows: steps that the clerk has just chosen are taken first.</summary>
    [HandlerNeeds(Domain.Identity.Permission.Plans)]
    public Task<IActionResult> OnPostSendAsync([FromForm] string? form) => InOfficeAsync(async () =>
        await ChangeAsync(form) ?? (await plans.SendAsync(OfficeKey, PlanId, Clerk, FormId.RequestOf(form, "send"))).Refusal);

    [HandlerNeeds(Domain.Identity.Permission.Plans)]
    public Task<IActionResult> OnPostCalledAsync([FromForm] string? form, [FromForm] int line) => InOfficeAsync(async () =>
        (await plans.NoteCallAsync(OfficeKey, PlanId, line, Clerk, FormId.RequestOf(form, "called", $"{line}"))).Refusal);

    [HandlerNeeds(Domain.Identity.Permission.Plans)]
    public Task<IActionResult> OnPostWithdrawAsync([FromForm] string? form) => InOfficeAsync(async () =>
        (await plans.WithdrawAsync(OfficeKey, PlanId, Clerk, FormId.RequestOf(form, "withdraw"))).Refusal);

    public string OfficeName(string? key) => offices.Office(key ?? "")?.Name.In(Texts.Language) ?? key ?? "";

    private async Task<Refusal?> ChangeAsync(string? form)
    {
        var lines = (await plans.FindAsync(OfficeKey, PlanId))?.Lines ?? [];
        foreach (var line in lines.Where(line => line.Choices.Count > 0))
        {
            if (PlanWords.StepOf(Request.Form[$"step-{line.Number}"]) is { } step && step != line.Step
                && (await plans.ChangeAsync(OfficeKey, PlanId, line.Number, step, Clerk,
                    FormId.RequestOf(form, $"{line.Number}", PlanWords.ValueOf(step)))).Refusal is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private async Task<IActionResult> InOfficeAsync(Func<Task<Refusal?>>? act)
    {
        if (!MayDo(Domain.Identity.Permission.SeePlans, Domain.Identity.Permission.Plans, OfficeKey))
        {
            return NotFound();
        }

        try
        {
            if (act is not null)
            {
                if (await act() is not { } refusal)
                {
                    return LocalRedirect($"/staff/{OfficeKey}/plans/{Id}?lang={Texts.Language}");
                }

                (Refused, Response.StatusCode) = (refusal.Texts.In(Texts.Language), refusal.Kind is RefusalKind.NotFound ? 404 : 409);
            }

            Plan = await plans.FindAsync(OfficeKey, PlanId);
            if (Plan is null)
            {
                (Refused, Response.StatusCode) = (Refusal.UnknownPlan.Texts.In(Texts.Language), 404);
            }
            else
            {
                await log.NoteAsync(OfficeKey.Split('.')[0], new(Clerk.Value, OfficeKey, AccessKind.Plan, Id.ToString(), AccessWay.Page));
            }
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Unavailable, Response.StatusCode) = (true, 503);
        }

        return Page();
    }
}
