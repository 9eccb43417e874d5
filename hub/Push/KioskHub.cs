using Aufruf.Domain.Offices;
using Aufruf.Hub.Api;
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
    private KioskView? _sent;

    public override async Task BeatAsync(Heartbeat heartbeat)
    {
        await client.Heartbeat(heartbeat);
        Wake(); // The clock alone may have ended the giving of tickets.
    }

    protected override Task SendWholeAsync(AreaState now)
    {
        if (tools.Offices.FindKiosk(kioskKey) is not var (office, kiosk))
        {
            return Task.CompletedTask;
        }

        _sent = ViewOf(office, kiosk);
        return client.Show(_sent);
    }

    protected override async Task<bool> SendChangeAsync(AreaState shown, AreaState now)
    {
        await SendWholeAsync(now); // A kiosk's whole picture is as small as a change.
        return true;
    }

    protected override Task SendAsideAsync() =>
        tools.Offices.FindKiosk(kioskKey) is var (office, kiosk) && Shown is { } shown && !IsAs(ViewOf(office, kiosk), _sent)
            ? SendWholeAsync(shown)
            : Task.CompletedTask;

    private KioskView ViewOf(Office office, Kiosk kiosk)
    {
        var now = tools.Clock.GetUtcNow();
        return new(
            now, ScreenTools.Build, office.Name, office.Languages, office.TimeZone,
            [.. kiosk.Areas.Select(office.Area).OfType<WaitingArea>().SelectMany(area => area.Services, (area, s) => ServiceOf(office, area, s, now))],
            tools.Fleet.PrinterOf(office, kiosk));
    }

    private KioskService ServiceOf(Office office, WaitingArea area, Service s, DateTimeOffset now)
    {
        var queue = tools.Areas.Of($"{office.Key}.{area.Id}").Now?.Queue;
        return new(
            s.Id, area.Id, queue?.Key, s.Letter, s.Name, s.Note, s.Icon, queue?.Waiting.CountOf(s.Id) ?? 0,
            tools.Forecasts.Of($"{office.Key}.{area.Id}")?.PromiseForNew(s.Id),
            queue?.WhyNoTicket(s, by: null, new(office, area), now)?.Texts(office, now));
    }

    private static bool IsAs(KioskView one, KioskView? other) =>
        other is not null && one.Printer == other.Printer && one.Services.Select(Known).SequenceEqual(other.Services.Select(Known));

    // Texts are compared by what they say in one language.
    private static KioskService Known(KioskService service) => service with { Closed = null, Icon = service.Closed?.In("de") };
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
