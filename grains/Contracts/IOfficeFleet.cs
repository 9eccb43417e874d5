using System.Text.Json.Serialization;
using Aufruf.Domain;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>The devices and screens of an office: answered by the hub that the portal runs in.</summary>
public interface IOfficeFleet
{
    /// <summary>Null: there is no such office.</summary>
    /// <param name="office">"alsdorf.rathaus"</param>
    FleetView? Of(string office);
}

/// <param name="Build">The build of the screens that this hub serves.</param>
/// <param name="Members">Devices, boards, kiosks and open desks; a board with two screens has two rows.</param>
/// <param name="Troubles">The oldest first.</param>
public sealed record FleetView(string Office, Texts Name, string TimeZone, DateTimeOffset At, string Build,
    IReadOnlyList<FleetMember> Members, IReadOnlyList<FleetTrouble> Troubles);

/// <summary>One device, or one screen.</summary>
/// <param name="Id">The device, board or kiosk; of a desk its area and counter: "erdgeschoss/3".</param>
/// <param name="Paper">The condition of its printer, "near-end"; null: it has none, or said nothing.</param>
/// <param name="Version">Of a device's program, or the build of a screen's page; null: unknown.</param>
/// <param name="LastSeen">Null: not since the hub started.</param>
/// <param name="AheadSeconds">How much its clock is ahead of the hub's; null: unknown.</param>
public sealed record FleetMember(FleetKind Kind, string Id, FleetState State, string? Paper, string? Version, DateTimeOffset? LastSeen,
    double? AheadSeconds, string? Address);

[JsonConverter(typeof(KebabEnum<FleetKind>))]
public enum FleetKind { ButtonBox, TicketPrinter, Board, Kiosk, Desk }

/// <summary>Expected: the hub has started a moment ago, and waits for it. Twice: two have one name.</summary>
[JsonConverter(typeof(KebabEnum<FleetState>))]
public enum FleetState { Ready, Expected, NeverCame, Silent, Lost, Stopped, Twice }

/// <param name="Since">When it began; of something that never came, when the hub began to wait for it.</param>
/// <param name="Paper">The condition of the printer, where the trouble is one of paper.</param>
public sealed record FleetTrouble(FleetTroubleKind Kind, FleetKind Of, string Id, DateTimeOffset Since, string? Paper = null);

[JsonConverter(typeof(KebabEnum<FleetTroubleKind>))]
public enum FleetTroubleKind { NeverCame, Silent, Lost, Stopped, Twice, PaperLow, CannotPrint, ClockWrong, OldBuild }
