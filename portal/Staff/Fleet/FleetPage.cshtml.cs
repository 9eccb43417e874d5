using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Fleet;

/// <summary>The devices and screens of an office, with their troubles in words.</summary>
[Needs(Permission.SeeDevices, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class FleetPage(IOfficeFleet fleet) : StaffPage
{
    /// <summary>A clock that is wrong by less shows the right minute.</summary>
    private const double RightWithinSeconds = 2;

    [FromRoute(Name = "office")] public string OfficeKey { get; set; } = "";

    public FleetView? View { get; private set; }

    private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Another office's fleet is answered like an office that does not exist.</summary>
    public IActionResult OnGet()
    {
        if (!May(Domain.Identity.Permission.SeeDevices, OfficeKey) || fleet.Of(OfficeKey) is not { } view)
        {
            return NotFound();
        }

        (View, Zone) = (view, TimeZoneInfo.FindSystemTimeZoneById(view.TimeZone));
        return Page();
    }

    public string Name(FleetKind kind, string id) => Texts[$"fleet.kind.{Kebab(kind)}"] + " " + id;

    public string State(FleetMember member) => Texts[$"fleet.state.{Kebab(member.State)}"];

    public string Paper(FleetMember member) => member.Paper is { } paper ? Texts[$"fleet.paper.{paper}"] : "–";

    public string Seen(FleetMember member) => member.LastSeen is { } seen ? At(seen) : Texts["fleet.never"];

    public string Clock(FleetMember member) => member.AheadSeconds switch
    {
        null => Texts["fleet.unknown"],
        > RightWithinSeconds and { } ahead => Texts.Say("fleet.clock.ahead", ("n", Seconds(ahead))),
        < -RightWithinSeconds and { } behind => Texts.Say("fleet.clock.behind", ("n", Seconds(-behind))),
        _ => Texts["fleet.clock.right"],
    };

    public string Words(FleetTrouble trouble) => Texts.Say($"fleet.trouble.{Kebab(trouble.Kind)}",
        ("device", Name(trouble.Of, trouble.Id)), ("time", At(trouble.Since)));

    /// <summary>An instant on the office's clock; of another day with its date.</summary>
    public string At(DateTimeOffset instant)
    {
        var (local, today) = (TimeZoneInfo.ConvertTime(instant, Zone), TimeZoneInfo.ConvertTime(View?.At ?? instant, Zone));
        return local.ToString(local.Date == today.Date ? "HH:mm" : Texts.Language == "de" ? "d.M.yyyy HH:mm" : "d MMM yyyy HH:mm",
            Texts.Culture);
    }

    private string Seconds(double seconds) => Math.Round(seconds).ToString("0", Texts.Culture);

    private static string Kebab(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
