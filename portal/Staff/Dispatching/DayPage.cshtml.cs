using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Dispatching;

/// <summary>The letters of one day: print those that wait, enter the day of posting, take one back that could not be delivered.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class DayPage(IStaffDispatch dispatch) : DispatchBasePage(dispatch)
{
    private const int LongestReason = 1_000;

    [FromRoute(Name = "day")] public string Day { get; set; } = "";

    public DispatchDay? List { get; private set; }

    public string Form { get; } = FormId.New();

    /// <summary>Why the last choice was refused; null: it was not.</summary>
    public string? Refused { get; private set; }

    public bool MayChange => May(Domain.Identity.Permission.Cases, Authority);

    public string Address => $"/staff/{Authority}/dispatch/{Day}";

    public string Here => $"{Address}?lang={Texts.Language}";

    public Task<IActionResult> OnGetAsync() => InListAsync(_ => Task.FromResult<Refusal?>(null));

    [HandlerNeeds(Domain.Identity.Permission.Cases)]
    public Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm(Name = "do")] string? act, [FromForm] string? batch,
        [FromForm] string? on, [FromForm] string? number, [FromForm] string? document, [FromForm] string? reason) => InListAsync(day =>
        {
            var request = FormId.RequestOf(form, act, batch, on, number, document, reason, Authority, Day, SignedInAs);
            return act switch
            {
                "print" => Dispatch.PrintAsync(Authority, day, SignedInAs, request),
                "post" when int.TryParse(batch, NumberStyles.None, CultureInfo.InvariantCulture, out var which) =>
                    Dispatch.PostAsync(Authority, day, which, DayOf(on), SignedInAs, request),
                "back" when reason is null or { Length: <= LongestReason } => Dispatch.TakeBackAsync(Authority, day, number ?? "",
                    document ?? "", reason, SignedInAs, request),
                _ => Task.FromResult<Refusal?>(Refusal.LetterUnknown),
            };
        });

    private async Task<IActionResult> InListAsync(Func<DateOnly, Task<Refusal?>> act)
    {
        if (!MaySee)
        {
            return NotFound();
        }

        try
        {
            List = DayOf(Day) is { } day ? await Dispatch.FindAsync(Authority, day) : null;
            var refusal = List is null ? Refusal.LetterUnknown : await act(List.Row.Day);
            if (refusal is null && HttpMethods.IsPost(Request.Method))
            {
                return LocalRedirect(Here);
            }

            if (refusal is { } why)
            {
                (Refused, Response.StatusCode) = (why.Texts.In(Texts.Language), why.Kind is RefusalKind.NotFound ? 404 : 409);
            }
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (List, Refused, Response.StatusCode) = (null, Texts["unavailable"], 503);
        }

        return Page();
    }
}
