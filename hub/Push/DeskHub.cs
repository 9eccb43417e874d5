using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Live connection of a clerk's desk: /live/desk?area=alsdorf.rathaus.erdgeschoss&amp;counter=3, with a clerk token.</summary>
[Authorize(Access.Clerk)]
public sealed class DeskHub(LiveAreas areas, OfficeBook offices, ScreenTools tools, IHubContext<DeskHub, IDeskClient> connections)
    : LiveHub<IDeskClient>(areas, offices)
{
    protected override IEnumerable<ConnectedScreen> Open()
    {
        var (office, area) = Offices.FindArea(Query("area")) ?? throw new HubException("The office's configuration has no such area.");
        var counter = area.Counter(new CounterId(Query("counter"))) ?? throw new HubException("The area has no such counter.");
        return Context.User.MayEnter(office.Key)
            ? [new DeskScreen(tools, $"{office.Key}.{area.Id}", counter.Id, connections.Clients.Client(Context.ConnectionId))]
            : throw new HubException("This token belongs to another office.");
    }
}

internal sealed class DeskScreen(ScreenTools tools, string areaKey, CounterId counter, IDeskClient client) : ConnectedScreen(tools.Areas.Of(areaKey), tools.Log)
{
    private IReadOnlyList<DeskDevice> _devices = [];

    public override Task BeatAsync(Heartbeat heartbeat) => client.Heartbeat(heartbeat);

    protected override async Task SendWholeAsync(AreaState now)
    {
        if (tools.Offices.FindArea(areaKey) is not var (office, area))
        {
            return;
        }

        _devices = tools.Fleet.DevicesFor(office, counter);
        await client.Snapshot(DeskPicture.Whole(office, area, counter, now, _devices, tools.Clock.GetUtcNow(), ScreenTools.Build));
    }

    protected override async Task<bool> SendChangeAsync(AreaState shown, AreaState now)
    {
        if (tools.Offices.FindArea(areaKey) is not var (office, area) || Feed.ChangedSince(shown, now) is not { } changed)
        {
            return false;
        }

        await client.Changed(DeskPicture.Change(office, area, counter, shown, now, changed, tools.Clock.GetUtcNow()));
        return true;
    }

    protected override async Task SendAsideAsync()
    {
        if (tools.Offices.FindArea(areaKey) is var (office, _) && tools.Fleet.DevicesFor(office, counter) is var devices && !devices.SequenceEqual(_devices))
        {
            _devices = devices;
            await client.Devices(devices);
        }
    }
}

internal static class Areas
{
    /// <param name="key">"alsdorf.rathaus.erdgeschoss".</param>
    public static (Office Office, WaitingArea Area)? FindArea(this IOfficeFinder offices, string key) =>
        key.LastIndexOf('.') is > 0 and var dot && offices.Find(key[..dot]) is { } office && office.Area(key[(dot + 1)..]) is { } area
            ? (office, area)
            : null;
}
