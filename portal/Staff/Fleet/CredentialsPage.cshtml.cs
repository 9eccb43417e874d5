using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Fleet;

/// <summary>The credentials of boards, kiosks and devices: a new code for one, or lock it out.</summary>
[Needs(Permission.SeeDevices, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class CredentialsPage(IPairings pairings, IOfficeFleet fleet) : StaffPage
{
    [FromRoute(Name = "office")] public string OfficeKey { get; set; } = "";

    public IReadOnlyList<PairedScreen> Screens { get; private set; } = [];

    public string OfficeName { get; private set; } = "";

    /// <summary>The code that was just made, with its holder; null: none was.</summary>
    public (string Holder, string Code, DateTimeOffset Until)? New { get; private set; }

    public string? Refused { get; private set; }

    public bool Unavailable { get; private set; }

    public bool MayChange => May(Domain.Identity.Permission.Devices, OfficeKey);

    private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>The page where the code is typed.</summary>
    public string PairAddress => $"{Request.Scheme}://{Request.Host}/pair";

    public IHtmlContent Picture(string code) => KioskCode.Of($"{PairAddress}#{code}");

    public Task<IActionResult> OnGetAsync() => InOfficeAsync(() => Task.FromResult<Refusal?>(null));

    /// <summary>The code is shown in this answer alone.</summary>
    [HandlerNeeds(Domain.Identity.Permission.Devices)]
    public Task<IActionResult> OnPostCodeAsync([FromForm] string? holder) => InOfficeAsync(async () =>
    {
        var offered = await pairings.OfferAsync(OfficeKey, holder ?? "", SignedInAs);
        New = offered is { Code: { } code, Until: { } until } ? (holder ?? "", code, until) : null;
        return offered.Refusal;
    });

    [HandlerNeeds(Domain.Identity.Permission.Devices)]
    public Task<IActionResult> OnPostRevokeAsync([FromForm] string? holder) =>
        InOfficeAsync(() => pairings.RevokeAsync(OfficeKey, holder ?? "", SignedInAs));

    public string Kind(PairedScreen screen) => screen.Kind is CredentialKind.Display ? Texts["fleet.kind.board"]
        : screen.Kind is CredentialKind.Kiosk ? Texts["fleet.kind.kiosk"] : Texts["credentials.device"];

    public string State(PairedScreen screen) => screen.CodeUntil is { } until ? Texts.Say("credentials.waiting", ("time", At(until)))
        : screen.Since is { } since ? Texts.Say("credentials.since", ("time", At(since))) : Texts["credentials.none"];

    public string At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone)
        .ToString(Texts.Language == "de" ? "d.M.yyyy HH:mm" : "d MMM yyyy HH:mm", Texts.Culture);

    /// <summary>Another office is answered like one that does not exist.</summary>
    private async Task<IActionResult> InOfficeAsync(Func<Task<Refusal?>> act)
    {
        if (!MayDo(Domain.Identity.Permission.SeeDevices, Domain.Identity.Permission.Devices, OfficeKey)
            || fleet.Of(OfficeKey) is not { } view)
        {
            return NotFound();
        }

        (OfficeName, Zone) = (view.Name.In(Texts.Language), TimeZoneInfo.FindSystemTimeZoneById(view.TimeZone));
        try
        {
            if (await act() is { } refusal)
            {
                (Refused, Response.StatusCode) = (refusal.Texts.In(Texts.Language),
                    refusal.Kind is RefusalKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);
            }
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Unavailable, Response.StatusCode) = (true, StatusCodes.Status503ServiceUnavailable);
        }

        Screens = pairings.In(OfficeKey) ?? [];
        return Page();
    }
}
