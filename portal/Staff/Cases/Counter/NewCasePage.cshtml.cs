using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Queues;
using Aufruf.Portal.Citizens;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases.Counter;

/// <summary>A clerk begins a case at the counter or from a paper, or says which case the person comes for.</summary>
public sealed class NewCasePage(ICounterCases cases) : CounterPage(cases)
{
    private const int LongestNumber = 60;

    /// <summary>The ticket at the counter, as the desk's link names it.</summary>
    [FromQuery(Name = "visit")] public string? VisitText { get; set; }

    public IReadOnlyList<CounterProcedure> Offered { get; private set; } = [];

    /// <summary>Null: nobody is at the counter.</summary>
    public VisitView? Visit { get; private set; }

    public string FormKey { get; } = FormId.New();

    public string Entered { get; private set; } = "";

    public string Here() => $"{New}?{Lang}{(Visit is null ? "" : $"&visit={Uri.EscapeDataString(VisitText ?? "")}")}";

    public Task<IActionResult> OnGetAsync() => InAuthorityAsync(ShowAsync);

    public Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] string? procedure, [FromForm] string? channel) =>
        InAuthorityAsync(async () =>
        {
            await ShowAsync();
            var begun = await Cases.BeginAsync(Authority, procedure ?? "", new(channel ?? "", new(SignedInAs),
                Visit is null ? null : CaseVisit.Parse(VisitText)), Texts.Language,
                FormId.RequestOf(form, "begin", procedure, channel, VisitText, Authority, SignedInAs));
            return begun.Code is { } code ? LocalRedirect($"{New}/{code}/form?{Lang}") : Again("procedures", begun.Refusal!);
        });

    /// <summary>The person at the counter comes for a case that exists, or for none.</summary>
    public Task<IActionResult> OnPostAttachAsync([FromForm] string? form, [FromForm] string? number, [FromForm(Name = "do")] string? act) =>
        InAuthorityAsync(async () =>
        {
            await ShowAsync();
            Entered = (number ?? "").Trim();
            var about = act == "none" ? null : Entered;
            if (CaseVisit.Parse(VisitText) is not { } visit || Visit is null)
            {
                return Again("number", Refusal.UnknownTicket);
            }

            return about?.Length is 0 or > LongestNumber ? Again("number", Refusal.UnknownCase)
                : await Cases.AttachAsync(Authority, visit, about, SignedInAs,
                    FormId.RequestOf(form, "attach", about, VisitText, Authority, SignedInAs)) is { } refusal ? Again("number", refusal)
                : LocalRedirect(about is null ? Here() : $"/staff/{Authority}/cases/{Uri.EscapeDataString(about)}?{Lang}");
        });

    private async Task<IActionResult> ShowAsync()
    {
        Offered = Cases.Offered(Authority);
        Visit = CaseVisit.Parse(VisitText) is { } visit && May(Domain.Identity.Permission.Tickets, visit.Queue.AreaKey)
            ? await Cases.VisitAsync(Authority, visit) : null;
        return Page();
    }
}
