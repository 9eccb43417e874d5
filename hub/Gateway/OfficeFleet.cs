using Aufruf.Contracts;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>All that is known of an office's devices and screens, and the troubles that follow from it.</summary>
internal sealed class OfficeFleet(OfficeDirectory offices, Fleet fleet, Twins twins, LiveAreas areas, TimeProvider clock) : IOfficeFleet
{
    /// <summary>After a restart of the hub, devices need a moment to connect again.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>A clock that is this wrong shows: on a board it is a minute.</summary>
    private const double WrongSeconds = 60;

    public FleetView? Of(string office)
    {
        if (offices.Find(office) is not { } found)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        FleetMember[] members =
        [
            .. found.Devices.Select(device => Of(found, device, now)),
            .. found.Areas.SelectMany(area => area.Boards).SelectMany(board =>
                ScreensOf(FleetKind.Board, found, board.Id, areas.Screens.Boards, now)),
            .. found.Kiosks.SelectMany(kiosk => ScreensOf(FleetKind.Kiosk, found, kiosk.Id, areas.Screens.Kiosks, now)),
            .. found.Areas.SelectMany(area => area.Counters, (area, counter) => $"{area.Id}/{counter.Id}")
                .SelectMany(desk => areas.Screens.Desks.ScreensAt($"{office}.{desk}").Where(seen => seen.IsAlive)
                    .Select(seen => Of(FleetKind.Desk, desk, seen))),
        ];
        return new(office, found.Name, found.TimeZone, now, ScreenTools.Build, members,
            [.. members.SelectMany(member => TroublesOf(office, member)).Distinct().OrderBy(trouble => trouble.Since)
                .ThenBy(trouble => trouble.Id, StringComparer.Ordinal)]);
    }

    private FleetMember Of(Office office, Device device, DateTimeOffset now)
    {
        var known = fleet.Of(office.Key, device.Id);
        var state = twins.IsTwice($"{office.Key}/{device.Id}") ? FleetState.Twice : known.Presence switch
        {
            DevicePresence.Ready => FleetState.Ready,
            DevicePresence.Lost => FleetState.Lost,
            DevicePresence.Stopped => FleetState.Stopped,
            _ => now - fleet.Since > Grace ? FleetState.NeverCame : FleetState.Expected,
        };
        return new(device.Kind is DeviceKind.ButtonBox ? FleetKind.ButtonBox : FleetKind.TicketPrinter, device.Id, state,
            known.Printer is { } printer ? Fleet.Word(printer) : null, known.Facts?.Version,
            known.Presence is null ? null : known.Presence is DevicePresence.Ready ? now : known.Since, known.Facts?.AheadSeconds,
            known.Facts?.Address);
    }

    /// <summary>A row for each screen; one row for a board or kiosk that never came.</summary>
    private IEnumerable<FleetMember> ScreensOf(FleetKind kind, Office office, string id, ScreenWatch watch, DateTimeOffset now)
    {
        var seen = watch.ScreensAt($"{office.Key}.{id}");
        // Several screens may show one board. Two kiosks of one name give tickets for each other.
        var isTwice = kind is FleetKind.Kiosk && seen.Count(screen => screen.IsAlive) > 1;
        return seen.Count > 0 ? seen.Select(screen => Of(kind, id, screen) is var member && isTwice && screen.IsAlive
                ? member with { State = FleetState.Twice } : member)
            : [new(kind, id, now - fleet.Since > ScreenWatch.SilentAfter ? FleetState.NeverCame : FleetState.Expected,
                null, null, null, null, null)];
    }

    private static FleetMember Of(FleetKind kind, string id, SeenScreen seen) =>
        new(kind, id, seen.IsAlive ? FleetState.Ready : FleetState.Silent, null, seen.Facts?.Build, seen.LastSeen,
            seen.Facts?.AheadSeconds, seen.Facts?.Address);

    private IEnumerable<FleetTrouble> TroublesOf(string office, FleetMember member)
    {
        var isDevice = member.Kind is FleetKind.ButtonBox or FleetKind.TicketPrinter;
        var known = isDevice ? fleet.Of(office, member.Id) : DeviceCondition.Unknown;
        var since = isDevice && known.Presence is not null ? known.Since : member.LastSeen ?? fleet.Since;
        if (TroubleOf(member.State) is { } state)
        {
            yield return new(state, member.Kind, member.Id, since);
        }

        if (member.State is not (FleetState.Ready or FleetState.Twice))
        {
            yield break; // It says nothing more.
        }

        if (known.Printer is PrinterCondition.NearEnd || known.CannotPrint)
        {
            yield return new(known.CannotPrint ? FleetTroubleKind.CannotPrint : FleetTroubleKind.PaperLow, member.Kind, member.Id,
                known.PrinterSince, member.Paper);
        }

        if (member.AheadSeconds is < -WrongSeconds or > WrongSeconds)
        {
            yield return new(FleetTroubleKind.ClockWrong, member.Kind, member.Id, since);
        }

        if (!isDevice && member.Version is { } build && build != ScreenTools.Build)
        {
            yield return new(FleetTroubleKind.OldBuild, member.Kind, member.Id, since);
        }
    }

    private static FleetTroubleKind? TroubleOf(FleetState state) => state switch
    {
        FleetState.NeverCame => FleetTroubleKind.NeverCame,
        FleetState.Silent => FleetTroubleKind.Silent,
        FleetState.Lost => FleetTroubleKind.Lost,
        FleetState.Stopped => FleetTroubleKind.Stopped,
        FleetState.Twice => FleetTroubleKind.Twice,
        _ => null,
    };
}
