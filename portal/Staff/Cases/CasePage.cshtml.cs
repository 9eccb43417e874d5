using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Citizens.Applying;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases;

/// <summary>One case: its answers, tasks, decision and history. Each look is noted.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class StaffCasePage(IStaffCases cases, ICounterCases counter, IAccessBook log) : StaffPage
{
    private const int LongestReason = 4_000;

    /// <summary>The page after a form; null: this one again.</summary>
    private string? _next;

    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";
    [FromRoute(Name = "number")] public string Number { get; set; } = "";

    [BindProperty] public string? Reason { get; set; }

    public StaffCase? Case { get; private set; }

    public string Form { get; } = FormId.New();

    /// <summary>Why the clerk's last choice was refused; null: it was not.</summary>
    public string? Refused { get; private set; }

    public bool Unavailable { get; private set; }

    public bool MayChange => May(Domain.Identity.Permission.Cases, Authority);

    public string Here => $"/staff/{Authority}/cases/{Number}?lang={Texts.Language}";

    public Task<IActionResult> OnGetAsync() => InCaseAsync(() => Task.FromResult<Refusal?>(null));

    [HandlerNeeds(Domain.Identity.Permission.Cases)]
    public Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm(Name = "do")] string? act, [FromForm] string? task,
        [FromForm] string? day, [FromForm] string? to) => InCaseAsync(() =>
            !Enum.TryParse<CaseDeedKind>(act, ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || Reason?.Length > LongestReason
                ? Task.FromResult<Refusal?>(Refusal.StepOfAnother)
                : cases.DoAsync(Authority, Number, SignedInAs, new(kind, task, Reason, DayOf(day)) { To = to },
                    FormId.RequestOf(form, act, task, Reason, day, Number, SignedInAs, to)));

    /// <summary>The citizen has answered on paper, and the clerk enters it.</summary>
    [HandlerNeeds(Domain.Identity.Permission.Cases)]
    public Task<IActionResult> OnPostAnswerAsync([FromForm] string? channel) => InCaseAsync(async () =>
    {
        var begun = await counter.BeginAnswerAsync(Authority, Number,
            new(channel == DraftOrigin.Counter ? DraftOrigin.Counter : DraftOrigin.Post, new(SignedInAs), null));
        if (begun.Refusal is null)
        {
            await log.NoteAsync(Authority, new(SignedInAs, null, AccessKind.Case, Number, AccessWay.Page)); // The form shows its answers.
        }

        _next = $"/staff/{Authority}/cases/new/{begun.Code}/check?lang={Texts.Language}";
        return begun.Refusal;
    });

    public string TaskOf(WorkRow row) => row.Label?.In(Texts.Language) ?? Texts[$"work.task.{row.Task}"];

    /// <summary>Null: the event is about no task and no document.</summary>
    public string? AboutOf(CaseEntry entry) => entry.About?.In(Texts.Language)
        ?? (entry.Task is { } task ? Texts.Find($"work.task.{task}") : null);

    public string StateOf(CaseState state) => Texts[$"work.state.{state.ToString().ToLowerInvariant()}"];

    /// <summary>On the authority's clock.</summary>
    public string At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(Case!.TimeZone))
        .ToString(Texts.Language == "de" ? "d.M.yyyy HH:mm" : "d MMM yyyy HH:mm", Texts.Culture);

    public string FileOf(FieldView field) =>
        $"/staff/{Authority}/cases/{Number}/files/{Uri.EscapeDataString(field.Path)}?lang={Texts.Language}";

    public string SizeOf(FileView file) => CaseWords.Size(Texts, file.Bytes);

    public string AnswerOf(FieldView field) => CaseWords.Of(Texts, field) ?? Texts["work.noanswer"];

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A case of others is answered like one that does not exist.</summary>
    private async Task<IActionResult> InCaseAsync(Func<Task<Refusal?>> act)
    {
        if (!MayDo(Domain.Identity.Permission.SeeCases, Domain.Identity.Permission.Cases, Authority))
        {
            return NotFound();
        }

        try
        {
            var refusal = await act();
            if (refusal is null && HttpMethods.IsPost(Request.Method))
            {
                return LocalRedirect(_next ?? Here);
            }

            if (refusal is { } why)
            {
                (Refused, Response.StatusCode) = (why.Texts.In(Texts.Language), why.Kind is RefusalKind.NotFound ? 404 : 409);
            }

            Case = await cases.FindAsync(Authority, Number, SignedInAs);
            if (Case is null)
            {
                (Refused, Response.StatusCode) = (Refusal.CaseGone.Texts.In(Texts.Language), 404);
            }
            else
            {
                await log.NoteAsync(Authority, new(SignedInAs, null, AccessKind.Case, Number, AccessWay.Page));
            }
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Case, Unavailable, Response.StatusCode) = (null, true, 503);
        }

        return Page();
    }
}
