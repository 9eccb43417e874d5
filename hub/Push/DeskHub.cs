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
            ? [new DeskScreen(tools, $"{office.Key}.{area.Id}", counter.Id, Context.User.AsClerk(), connections.Clients.Client(Context.ConnectionId))]
            : throw new HubException("This token belongs to another office.");
    }
}

internal sealed class DeskScreen(ScreenTools tools, string areaKey, CounterId counter, ClerkId clerk, IDeskClient client)
    : ConnectedScreen(tools.Areas.Of(areaKey), tools.Log)
{
    private IReadOnlyList<DeskDevice> _devices = [];
    private DeskMoving? _moving;
    private DeskForecasts? _forecasts;

    public override async Task BeatAsync(Heartbeat heartbeat)
    {
        await client.Heartbeat(heartbeat);
        Wake(); // The clock alone may have made another ticket the next one.
    }

    protected override async Task SendWholeAsync(AreaState now)
    {
        if (ViewOf(now) is not { } view)
        {
            return;
        }

        var at = tools.Clock.GetUtcNow();
        (_devices, _moving) = (tools.Fleet.DevicesFor(view.Office, counter), DeskMoving.Of(view, now.Queue, at));
        _forecasts = null;
        await client.Snapshot(DeskPicture.Whole(view, now, _devices, at, ScreenTools.Build));
        Wake(); // What a snapshot does not hold comes aside.
    }

    protected override async Task<bool> SendChangeAsync(AreaState shown, AreaState now)
    {
        if (ViewOf(now) is not { } view || Feed.ChangedSince(shown, now) is not { } changed || !DeskPicture.IsTellable(counter, shown, now))
        {
            return false;
        }

        await SendAsync(view, shown, now, changed);
        return true;
    }

    protected override async Task SendAsideAsync()
    {
        if (Shown is not { } shown || ViewOf(shown) is not { } view)
        {
            return;
        }

        if (!DeskMoving.Of(view, shown.Queue, tools.Clock.GetUtcNow()).IsAs(_moving))
        {
            await SendAsync(view, shown, shown, []);
        }

        if (ForecastsOf(shown) is { } forecasts && !forecasts.IsAs(_forecasts))
        {
            _forecasts = forecasts;
            await client.Forecasts(forecasts);
        }

        if (tools.Fleet.DevicesFor(view.Office, counter) is var devices && !devices.SequenceEqual(_devices))
        {
            _devices = devices;
            await client.Devices(devices);
        }
    }

    private Task SendAsync(DeskView view, AreaState shown, AreaState now, IReadOnlyCollection<TicketId> changed)
    {
        var at = tools.Clock.GetUtcNow();
        _moving = DeskMoving.Of(view, now.Queue, at);
        return client.Changed(DeskPicture.Change(view, shown, now, changed, at));
    }

    /// <summary>How long those who wait on this screen still wait; null while nobody knows.</summary>
    private DeskForecasts? ForecastsOf(AreaState shown) => tools.Forecasts.Of(areaKey) is { } known
        ? DeskForecasts.Of(shown, known)
        : null;

    private DeskView? ViewOf(AreaState now) => tools.Offices.FindArea(areaKey) is var (office, area)
        ? new(office, area, counter, clerk,
            DeskMoving.EmergenciesOf(office, id => id == area.Id ? now.Queue : tools.Areas.Of($"{office.Key}.{id}").Now?.Queue),
            ticket => tools.Seals.Open(now.Queue.Key, ticket.Id, ticket.Remark))
        : null;
}

internal static class Areas
{
    /// <param name="key">"alsdorf.rathaus.erdgeschoss".</param>
    public static (Office Office, WaitingArea Area)? FindArea(this IOfficeFinder offices, string key) =>
        key.LastIndexOf('.') is > 0 and var dot && offices.Find(key[..dot]) is { } office && office.Area(key[(dot + 1)..]) is { } area
            ? (office, area)
            : null;
}
