using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Administration.Procedures;

/// <summary>A page about the procedures of an authority: to look at them, or to change them.</summary>
/// <remarks>Another authority is answered like one that does not exist.</remarks>
[Needs(Domain.Identity.Permission.SeeConfiguration, AuthenticationSchemes = StaffAccess.Scheme)]
public abstract class ProcedurePage(IProcedureAdministration administration) : StaffPage
{
    // The longest declaration with its tables, as a form sends them.
    protected const int LargestForm = 4 * 1024 * 1024;

    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    /// <summary>Why the last choice was refused; null: it was not.</summary>
    public Refusal? Refused { get; private set; }

    public bool Unavailable { get; private set; }

    public bool MayChange => May(Domain.Identity.Permission.Configure, Authority);

    public string All => $"/staff/{Authority}/procedures";

    public string Lang => $"lang={Texts.Language}";

    /// <summary>The deed of the page before; null: none.</summary>
    public string? Done => Request.Query["done"].ToString() is { Length: > 0 } done && Texts.Find($"procedure.done.{done}") is { } words
        ? words : null;

    protected IProcedureAdministration Administration => administration;

    public string At(DateTimeOffset instant, string timeZone) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone))
            .ToString(Texts.Language == "de" ? "d.M.yyyy HH:mm" : "d MMM yyyy HH:mm", Texts.Culture);

    protected async Task<IActionResult> InAuthorityAsync(Func<Task<IActionResult>> act)
    {
        if (!MayDo(Domain.Identity.Permission.SeeConfiguration, Domain.Identity.Permission.Configure, Authority))
        {
            return NotFound();
        }

        try
        {
            return await act();
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Unavailable, Response.StatusCode) = (true, StatusCodes.Status503ServiceUnavailable);
            return Page();
        }
    }

    /// <summary>The page that says that there is no such procedure.</summary>
    protected PageResult Gone()
    {
        (Refused, Response.StatusCode) = (Refusal.ProcedureUnknown, StatusCodes.Status404NotFound);
        return Page();
    }

    /// <summary>Goes on after a change; a refusal is said on this page.</summary>
    protected async Task<IActionResult> DoAsync(Task<ProcedureAnswer> change, Func<ProcedureAnswer, string> next, string done,
        Func<IActionResult> refused)
    {
        var answer = await change;
        if (answer.Refusal is not { } refusal)
        {
            return LocalRedirect($"{next(answer)}?{Lang}&done={done}");
        }

        (Refused, Response.StatusCode) = (refusal, refusal.Kind is RefusalKind.NotFound ? 404 : 409);
        return refused();
    }
}
