using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Live connection of a board: /live/board?board=alsdorf.rathaus.halle, with a display token.</summary>
[Authorize(Access.Display)]
public sealed class BoardHub(LiveAreas areas, OfficeBook offices, ScreenTools tools, IHubContext<BoardHub, IBoardClient> connections)
    : LiveHub<IBoardClient>(areas, offices)
{
    protected override IEnumerable<ConnectedScreen> Open()
    {
        var (office, area, board) = Offices.FindBoard(Query("board")) ?? throw new HubException("The office's configuration has no such board.");
        return Context.User.MayEnter(office.Key)
            ? [new BoardScreen(tools, $"{office.Key}.{board.Id}", tools.Areas.Of($"{office.Key}.{area.Id}"), connections.Clients.Client(Context.ConnectionId))]
            : throw new HubException("This token belongs to another office.");
    }

    /// <summary>A board answers each heartbeat: that is how the hub knows a dead screen.</summary>
    /// <param name="queue">The queue it shows.</param>
    /// <param name="version">The version it shows.</param>
    public void Alive(string queue, long version) => Screens.OfType<BoardScreen>().FirstOrDefault()?.Answered(queue, version);
}

internal sealed class BoardScreen(ScreenTools tools, string board, AreaFeed feed, IBoardClient client) : ConnectedScreen(feed, tools.Log)
{
    private static readonly IReadOnlyDictionary<char, PromisedRange> Unknown = new Dictionary<char, PromisedRange>();

    private IReadOnlyDictionary<char, PromisedRange> _waits = Unknown; // What the board was told last.
    private Office? _office; // As it was configured when the board was told everything.
    private long _answeredAt = tools.Clock.GetTimestamp();

    public string Board { get; } = board;

    public TimeSpan SilentFor => tools.Clock.GetElapsedTime(Interlocked.Read(ref _answeredAt));

    /// <summary>It lives; and if it shows something older than was sent, it gets the whole picture.</summary>
    public void Answered(string queue, long version)
    {
        Interlocked.Exchange(ref _answeredAt, tools.Clock.GetTimestamp());
        if (Feed.Now is { } now && (now.Queue.Key.ToString() != queue || version > now.Version))
        {
            StartAfresh();
            Wake();
        }
    }

    public override Task BeatAsync(Heartbeat heartbeat) => client.Heartbeat(heartbeat);

    protected override Task SendWholeAsync(AreaState now)
    {
        if (tools.Offices.FindBoard(Board) is not var (office, area, board))
        {
            return Task.CompletedTask;
        }

        (_office, _waits) = (office, Waits());
        return client.Snapshot(BoardPicture.Whole(office, area, board, now, _waits, tools.Clock.GetUtcNow(), ScreenTools.Build));
    }

    protected override async Task<bool> SendChangeAsync(AreaState shown, AreaState now)
    {
        if (shown.Queue.Key != now.Queue.Key || tools.Offices.FindBoard(Board) is not var (office, area, _) || !ReferenceEquals(office, _office))
        {
            return false;
        }

        // They fill most of the message, and a forecast comes once for many calls.
        var (before, waits) = (_waits, Waits());
        _waits = waits;
        await client.Changed(BoardPicture.Change(area, shown, now, ReferenceEquals(before, waits) ? null : waits, tools.Clock.GetUtcNow()));
        return true;
    }

    /// <summary>Nothing has happened, but waits have grown shorter or longer.</summary>
    protected override async Task SendAsideAsync()
    {
        if (Shown is { } shown && Waits() is var waits && !ReferenceEquals(waits, _waits))
        {
            if (waits.Count == _waits.Count && waits.All(w => _waits.TryGetValue(w.Key, out var before) && before == w.Value))
            {
                _waits = waits;
                return;
            }

            if (!await SendChangeAsync(shown, shown))
            {
                await SendWholeAsync(shown);
            }
        }
    }

    private IReadOnlyDictionary<char, PromisedRange> Waits() => tools.Forecasts.Of(Feed.Area)?.Letters ?? Unknown;
}

internal static class Boards
{
    /// <param name="key">"alsdorf.rathaus.halle".</param>
    public static (Office Office, WaitingArea Area, Board Board)? FindBoard(this IOfficeFinder offices, string key)
    {
        if (key.LastIndexOf('.') is not (> 0 and var dot) || offices.Find(key[..dot]) is not { } office)
        {
            return null;
        }

        return office.Areas.SelectMany(a => a.Boards, (a, b) => ((Office, WaitingArea, Board)?)(office, a, b))
            .FirstOrDefault(x => x!.Value.Item3.Id == key[(dot + 1)..]);
    }
}
