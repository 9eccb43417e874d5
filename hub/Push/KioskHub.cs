using Aufruf.Domain.Offices;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Live connection of a kiosk: /live/kiosk?kiosk=alsdorf.rathaus.foyer. Open to everybody: it shows only how many wait.</summary>
[AllowAnonymous]
public sealed class KioskHub(LiveAreas areas, OfficeBook offices, ScreenTools tools, IHubContext<KioskHub, IKioskClient> connections)
    : LiveHub<IKioskClient>(areas, offices)
{
    protected override IEnumerable<ConnectedScreen> Open()
    {
        var key = Query("kiosk");
        var (office, kiosk) = Offices.FindKiosk(key) ?? throw new HubException("The office's configuration has no such kiosk.");
        return kiosk.Areas.Select(area => new KioskScreen(tools, key, $"{office.Key}.{area}", connections.Clients.Client(Context.ConnectionId)));
    }
}

internal sealed class KioskScreen(ScreenTools tools, string kioskKey, string areaKey, IKioskClient client) : ConnectedScreen(tools.Areas.Of(areaKey), tools.Log)
{
    private KioskPrinter? _printer;

    public override Task BeatAsync(Heartbeat heartbeat) => client.Heartbeat(heartbeat);

    protected override Task SendWholeAsync(AreaState now)
    {
        if (tools.Offices.FindKiosk(kioskKey) is not var (office, kiosk))
        {
            return Task.CompletedTask;
        }

        _printer = tools.Fleet.PrinterOf(office, kiosk);
        return client.Show(new KioskView(
            tools.Clock.GetUtcNow(), ScreenTools.Build, office.Name, office.Languages, office.TimeZone,
            [.. kiosk.Areas.Select(office.Area).OfType<WaitingArea>().SelectMany(area => area.Services, (area, s) => new KioskService(
                s.Id, area.Id, s.Letter, s.Name, s.Note, s.Icon,
                tools.Areas.Of($"{office.Key}.{area.Id}").Now?.Queue.Waiting.CountOf(s.Id) ?? 0))],
            _printer));
    }

    protected override async Task<bool> SendChangeAsync(AreaState shown, AreaState now)
    {
        await SendWholeAsync(now); // A kiosk's whole picture is as small as a change.
        return true;
    }

    protected override Task SendAsideAsync() =>
        tools.Offices.FindKiosk(kioskKey) is var (office, kiosk) && tools.Fleet.PrinterOf(office, kiosk) != _printer && Feed.Now is { } now
            ? SendWholeAsync(now)
            : Task.CompletedTask;
}

internal static class Kiosks
{
    /// <param name="key">"alsdorf.rathaus.foyer".</param>
    public static (Office Office, Kiosk Kiosk)? FindKiosk(this IOfficeFinder offices, string key) =>
        key.LastIndexOf('.') is > 0 and var dot && offices.Find(key[..dot]) is { } office
            && office.Kiosks.FirstOrDefault(k => k.Id == key[(dot + 1)..]) is { } kiosk
            ? (office, kiosk)
            : null;
}
