using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Live connection of a kiosk: /live/kiosk?kiosk=alsdorf.rathaus.foyer&amp;screen=x1, with a kiosk token.</summary>
[Needs(Permission.WatchKiosk)]
public sealed class KioskHub(ScreenTools tools, OpenConnections open, IHubContext<KioskHub, IKioskClient> connections,
    TownLooks looks)
    : LiveHub<IKioskClient>(tools, open)
{
    protected override IEnumerable<ConnectedScreen>? Open() =>
        Tools.Offices.FindKiosk(Query("kiosk")) is var (office, kiosk) && MayWatch(office.Key)
            ? kiosk.Areas.Select(area => new KioskScreen(Tools, $"{office.Key}.{kiosk.Id}", $"{office.Key}.{area}",
                connections.Clients.Client(Context.ConnectionId)))
            : null;

    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        await looks.JoinAsync(Groups, Context.ConnectionId, Screens, Clients.Caller.Look);
    }

    protected override ScreenSelf? Self() => new(ScreenKind.Kiosk, Query("kiosk"), ScreenName, Context.ConnectionId);

    protected override Func<bool> Configured()
    {
        var (offices, kiosk, areas) = (Tools.Offices, Query("kiosk"), Screens.Select(screen => screen.Area).ToArray());
        return () => offices.FindKiosk(kiosk) is var (office, now) && now.Areas.Select(area => $"{office.Key}.{area}").SequenceEqual(areas);
    }
}

internal sealed class KioskScreen(ScreenTools tools, string kioskKey, string areaKey, IKioskClient client)
    : ConnectedScreen(tools.Areas.Of(areaKey), tools.Log)
{
    private KioskView? _sent;

    public override async Task BeatAsync(Heartbeat heartbeat)
    {
        await client.Heartbeat(heartbeat);
        Wake(); // Time alone may have ended the giving of tickets.
    }

    /// <summary>A kiosk's whole picture is as small as a change.</summary>
    protected override async Task ShowAsync(AreaState? shown, AreaState now)
    {
        if (tools.Offices.FindKiosk(kioskKey) is var (office, kiosk) && ViewOf(office, kiosk) is var view
            && (shown is null || !IsSame(view, _sent)))
        {
            _sent = view;
            await client.Show(view);
        }
    }

    private KioskView ViewOf(Office office, Kiosk kiosk)
    {
        var now = tools.Clock.GetUtcNow();
        return new(
            now, ScreenTools.Build, office.Name, office.Languages, office.TimeZone,
            [.. kiosk.Areas.Select(office.Area).OfType<WaitingArea>()
                .SelectMany(area => area.Services, (area, s) => ServiceOf(office, area, s, now))],
            tools.Fleet.PrinterOf(office, kiosk), tools.Appointments.In(office) is not null,
            kiosk.Areas.Any(area => office.Area(area)?.HomeTickets is not null));
    }

    private KioskService ServiceOf(Office office, WaitingArea area, Service s, DateTimeOffset now)
    {
        var queue = tools.Areas.Of($"{office.Key}.{area.Id}").Now?.Queue;
        return new(
            s.Id, area.Id, queue?.Key, s.Letter, s.Name, s.Note, s.Icon, queue?.Waiting.CountOf(s.Id) ?? 0,
            tools.Forecasts.Of($"{office.Key}.{area.Id}")?.PromiseForNew(s.Id),
            queue?.WhyNoTicket(s, by: null, new(office, area), now)?.TextsAt(office, now));
    }

    private static bool IsSame(KioskView one, KioskView? other) =>
        other is not null && one.Printer == other.Printer && one.Appointments == other.Appointments
        && one.HomeTickets == other.HomeTickets
        && one.Services.Select(Known).SequenceEqual(other.Services.Select(Known));

    // Texts compare by reference; their German is enough.
    private static KioskService Known(KioskService service) => service with { Closed = null, Icon = service.Closed?.In("de") };
}
