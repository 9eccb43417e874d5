using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Live connection of a clerk's desk: /live/desk?area=alsdorf.rathaus.erdgeschoss&amp;counter=3.</summary>
[Needs(Permission.WatchDesk)]
public sealed class DeskHub(ScreenTools tools, OpenConnections open, IHubContext<DeskHub, IDeskClient> connections,
    TownLooks looks)
    : LiveHub<IDeskClient>(tools, open)
{
    protected override IEnumerable<ConnectedScreen>? Open() =>
        Tools.Offices.FindArea(Query("area")) is var (office, area) && MayWatch(Query("area"))
        && area.Counter(new CounterId(Query("counter"))) is { } counter
            ? OpenAt(office, area, counter)
            : null;

    /// <summary>The desk, and a watch over each other area that the work profiles of its area call from.</summary>
    private IEnumerable<ConnectedScreen> OpenAt(Office office, WaitingArea area, Counter counter)
    {
        var desk = new DeskScreen(Tools, $"{office.Key}.{area.Id}", counter.Id, new ClerkId(Context.User.Principal().Who),
            connections.Clients.Client(Context.ConnectionId));
        var further = area.Profiles.SelectMany(profile => profile.Further).Select(other => other.Area).Distinct();
        return [desk, .. further.Select(other => new FurtherScreen(Tools.Areas.Of($"{office.Key}.{other}"), Tools.Log, desk))];
    }

    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        await looks.JoinAsync(Groups, Context.ConnectionId, Screens, Clients.Caller.Look);
    }

    protected override ScreenSelf? Self() =>
        new(ScreenKind.Desk, $"{Query("area")}/{Query("counter")}", Context.ConnectionId, Context.ConnectionId);

    protected override Func<bool> Configured()
    {
        var (offices, area, counter) = (Tools.Offices, Query("area"), new CounterId(Query("counter")));
        return () => offices.FindArea(area) is var (_, now) && now.Counter(counter) is not null;
    }

    /// <summary>A clerk has read this trouble: no desk of the office shows it any longer.</summary>
    [Needs(Permission.Tickets)]
    public void Seen(Guid trouble)
    {
        foreach (var office in Screens.Select(screen => screen.Area[..screen.Area.LastIndexOf('.')]).Distinct())
        {
            Tools.Troubles.Seen(office, trouble);
            Tools.Areas.WakeOffice(office);
        }
    }
}

/// <summary>Another area that a desk calls from: what happens there may change the next one at the desk.</summary>
internal sealed class FurtherScreen(AreaFeed feed, LimitedLog log, DeskScreen desk) : ConnectedScreen(feed, log)
{
    public override Task BeatAsync(Heartbeat heartbeat) => Task.CompletedTask;

    protected override Task ShowAsync(AreaState? shown, AreaState now)
    {
        desk.Wake();
        return Task.CompletedTask;
    }
}

internal sealed class DeskScreen(ScreenTools tools, string areaKey, CounterId counter, ClerkId clerk, IDeskClient client)
    : ConnectedScreen(tools.Areas.Of(areaKey), tools.Log)
{
    private IReadOnlyList<DeskDevice> _devices = [];
    private IReadOnlyList<DeskTrouble> _troubles = [];
    private DeskMoving? _moving;
    private DeskForecasts? _forecasts;
    private bool? _opensRemarks;
    private QueueKey? _noted; // Of this queue, the log has this desk's look at remarks.

    public override async Task BeatAsync(Heartbeat heartbeat)
    {
        await client.Heartbeat(heartbeat);
        Wake(); // Time alone may have made another ticket the next one: priority accumulates.
    }

    protected override async Task ShowAsync(AreaState? shown, AreaState now)
    {
        var opensRemarks = await MayOpenRemarksAsync(now.Queue);
        if (ViewOf(now, opensRemarks) is not { } view)
        {
            return;
        }

        var at = tools.Clock.GetUtcNow();
        var moving = DeskMoving.Of(view, now.Queue, at);
        var devices = tools.Fleet.DevicesFor(view.Office, counter);
        if (shown is null || Feed.ChangedSince(shown, now) is not { } changed || !DeskPicture.CanBeChanged(counter, shown, now)
            || opensRemarks != _opensRemarks)
        {
            (shown, _devices, _troubles, _forecasts, _opensRemarks) = (now, devices, [], null, opensRemarks);
            await client.Snapshot(DeskPicture.Whole(view, now, devices, at, ScreenTools.Build));
        }
        else if (shown != now || !moving.IsSame(_moving))
        {
            await client.Changed(DeskPicture.Change(view, shown, now, changed, at));
        }

        _moving = moving;
        if (shown != now)
        {
            return; // Forecasts and devices wake the desk when they change.
        }

        if (tools.Forecasts.Of(areaKey) is { } known && DeskForecasts.Of(now, known) is var forecasts && !forecasts.IsSame(_forecasts))
        {
            _forecasts = forecasts;
            await client.Forecasts(forecasts);
        }

        if (!devices.SequenceEqual(_devices))
        {
            _devices = devices;
            await client.Devices(devices);
        }

        if (tools.Troubles.Of(view.Office.Key) is var troubles && !troubles.SequenceEqual(_troubles))
        {
            _troubles = troubles;
            await client.Troubles(troubles);
        }
    }

    /// <summary>False: the vault or the log of access is away, as the hub's health says. The desk goes on, and marks the remarks that
    /// it cannot read.</summary>
    private async ValueTask<bool> MayOpenRemarksAsync(Queue queue)
    {
        try
        {
            if (queue.Tickets.Values.Any(ticket => ticket is { Remark: not null } or { Person: not null }))
            {
                await tools.Vault.LearnAsync(Subject.Of(queue.Key)); // Known here after the first one.
                if (_noted != queue.Key)
                {
                    if (tools.Access is not { } log)
                    {
                        return false;
                    }

                    await log.NoteAsync(queue.Key.Authority,
                        new(clerk.Value, queue.Key.OfficeKey, AccessKind.Remarks, queue.Key.ToString(), AccessWay.Desk));
                    _noted = queue.Key;
                }
            }

            return true;
        }
        catch (JournalUnavailableException error)
        {
            if (_opensRemarks is not false)
            {
                tools.Log.Write(to => HubLog.RemarksClosed(to, areaKey, error.Message), areaKey);
            }

            return false;
        }
    }

    private DeskView? ViewOf(AreaState now, bool opensRemarks) => tools.Offices.FindArea(areaKey) is var (office, area)
        && new Setting(office, area) { SitsElsewhere = clerk => tools.Areas.SitsElsewhere(now.Queue.Key, office, clerk) } is var setting
        ? new(office, area, counter, clerk,
            DeskMoving.EmergenciesOf(office, id => id == area.Id ? now.Queue : tools.Areas.Of($"{office.Key}.{id}").Now?.Queue),
            ticket => !opensRemarks ? null : tools.Vault.Open(Subject.Of(now.Queue.Key), ticket.Id.ToString(), ticket.Remark))
        {
            Setting = setting,
            Person = ticket => !opensRemarks ? null : SealedPlaces.PersonOf(tools.Vault, now.Queue.Key, ticket),
            Case = tools.Cases is { } cases && cases.MayWork(office.Authority.Id, clerk)
                ? number => cases.TitleOf(office.Authority.Id, clerk, number) : null,
            SilentBoards = tools.Areas.Boards.SilentIn(office),
            SilentKiosks = tools.Areas.Screens.Kiosks.SilentIn(office),
            Refusal = tools.Offices.RefusalOf(office)?.ForDesk,
            Appointments = tools.Appointments.In(office),
            Others = [.. now.Queue.FurtherAreas(counter, setting).Select(a => tools.Areas.Of($"{office.Key}.{a.Id}").Now?.Queue)
                .OfType<Queue>()],
            Seats = tools.Areas.SeatsElsewhere(now.Queue.Key, office),
        }
        : null;
}
