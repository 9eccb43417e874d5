using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Live connection of a board: /live/board?board=alsdorf.rathaus.halle, with a display token.</summary>
[Authorize(Access.Display)]
public sealed class BoardHub(LiveAreas areas, OfficeDirectory offices, ScreenTools tools, IHubContext<BoardHub, IBoardClient> connections)
    : LiveHub<IBoardClient>(areas, offices)
{
    protected override IEnumerable<ConnectedScreen> Open()
    {
        var (office, area, board) = Offices.FindBoard(Query("board"))
            ?? throw new HubException("The office's configuration has no such board.");
        return Context.User.MayEnter(office.Key)
            ? [new BoardScreen(tools, $"{office.Key}.{board.Id}", tools.Areas.Of($"{office.Key}.{area.Id}"),
                connections.Clients.Client(Context.ConnectionId))]
            : throw new HubException("This token belongs to another office.");
    }

    /// <summary>A board answers each heartbeat, so that the hub notices a frozen screen.</summary>
    /// <param name="queue">The queue it shows.</param>
    /// <param name="version">The version it shows.</param>
    public void Alive(string queue, long version) => Screens.OfType<BoardScreen>().FirstOrDefault()?.Answered(queue, version);
}
