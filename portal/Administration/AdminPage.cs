using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration;

/// <summary>A page about the configuration of an office: to look at it, or to change it.</summary>
/// <remarks>Another office is answered like one that does not exist.</remarks>
[Needs(Domain.Identity.Permission.SeeConfiguration, AuthenticationSchemes = StaffAccess.Scheme)]
public abstract class AdminPage(IOfficeAdministration administration) : StaffPage
{
    [FromRoute(Name = "office")] public string OfficeKey { get; set; } = "";

    /// <summary>Null: it cannot be read now.</summary>
    public OfficeDesk? Desk { get; private set; }

    /// <summary>Why the last choice was refused; null: it was not.</summary>
    public Domain.Offices.Texts? Refused { get; private set; }

    public bool Unavailable { get; private set; }

    public bool MayChange => May(Domain.Identity.Permission.Configure, OfficeKey);

    public string Here => $"/staff/{OfficeKey}/office";

    public SchemaPart Schema => field ??= SchemaPart.Root(administration.Schema);

    public ConfigWords Words => field ??= new(Texts, Schema);

    protected IOfficeAdministration Administration => administration;

    protected string Who => SignedInAs;

    /// <summary>An instant on the office's clock.</summary>
    public string At(DateTimeOffset instant) => TimeZoneInfo
        .ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(Desk?.TimeZone ?? "UTC"))
        .ToString(Texts.Language == "de" ? "d.M.yyyy HH:mm" : "d MMM yyyy HH:mm", Texts.Culture);

    protected async Task<IActionResult> InOfficeAsync(Func<OfficeDesk, Task<IActionResult>> act)
    {
        if (!MayDo(Domain.Identity.Permission.SeeConfiguration, Domain.Identity.Permission.Configure, OfficeKey))
        {
            return NotFound();
        }

        try
        {
            Desk = administration.Find(OfficeKey);
            return Desk is null ? NotFound() : await act(Desk);
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Unavailable, Response.StatusCode) = (true, 503);
            return Page();
        }
    }

    /// <summary>Says why, and shows the office as it is now.</summary>
    protected void Refuse(Refusal refusal, Domain.Offices.Texts? instead = null)
    {
        (Refused, Desk) = (instead ?? refusal.Texts, administration.Find(OfficeKey) ?? Desk);
        Response.StatusCode = refusal.Kind is RefusalKind.NotFound ? 404 : 409;
    }
}
