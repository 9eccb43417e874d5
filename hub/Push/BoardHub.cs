using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Live connection of a board: /live/board?board=alsdorf.rathaus.halle&amp;screen=x1, with a display token.</summary>
[Needs(Permission.WatchBoard)]
public sealed class BoardHub(ScreenTools tools, OpenConnections open, IHubContext<BoardHub, IBoardClient> connections)
    : LiveHub<IBoardClient>(tools, open)
{
    protected override IEnumerable<ConnectedScreen>? Open() =>
        Tools.Offices.FindBoard(Query("board")) is var (office, area, board) && MayWatch(office.Key)
            ? [new BoardScreen(Tools, $"{office.Key}.{board.Id}", Tools.Areas.Of($"{office.Key}.{area.Id}"),
                connections.Clients.Client(Context.ConnectionId))]
            : null;

    protected override Func<bool> Configured()
    {
        var (offices, board, area) = (Tools.Offices, Query("board"), Screens[0].Area);
        return () => offices.FindBoard(board) is var (office, now, _) && $"{office.Key}.{now.Id}" == area;
    }

    protected override ScreenSelf? Self() => new(ScreenKind.Board, Query("board"), ScreenName, Context.ConnectionId);

    /// <summary>A board answers each heartbeat, so that the hub notices a frozen screen.</summary>
    /// <param name="queue">The queue it shows.</param>
    /// <param name="version">The version it shows.</param>
    public void Alive(string queue, long version)
    {
        Heard(null);
        Screens.OfType<BoardScreen>().FirstOrDefault()?.Answered(queue, version);
    }
}
