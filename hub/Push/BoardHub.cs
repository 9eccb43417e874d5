using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Live connection of a board: /live/board?board=alsdorf.rathaus.halle&amp;screen=x1, with a display token.</summary>
[Needs(Permission.WatchBoard)]
public sealed class BoardHub(ScreenTools tools, OpenConnections open, IHubContext<BoardHub, IBoardClient> connections,
    TownLooks looks)
    : LiveHub<IBoardClient>(tools, open)
{
    /// <summary>One screen for each area of the board. A credential that is good in some of them sees only those.</summary>
    protected override IEnumerable<ConnectedScreen>? Open()
    {
        var areas = AreasOf(Tools.Offices, Query("board")).Where(MayWatch).ToArray();
        return areas.Length == 0 ? null : areas.Select(area => new BoardScreen(Tools, Query("board"), Tools.Areas.Of(area),
            connections.Clients.Client(Context.ConnectionId), areas));
    }

    protected override Func<bool> Configured()
    {
        var (offices, board, principal) = (Tools.Offices, Query("board"), Context.User.Principal());
        var shown = Screens.Select(screen => screen.Area).ToArray();
        return () => AreasOf(offices, board).Where(area => principal.May(Permission.WatchBoard, area)).SequenceEqual(shown);
    }

    private static IEnumerable<string> AreasOf(OfficeDirectory offices, string board) =>
        offices.FindBoard(board) is var (office, own, found)
            ? office.ShownOn(found, own).Select(area => $"{office.Key}.{area.Id}") : [];

    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        await looks.JoinAsync(Groups, Context.ConnectionId, Screens, Clients.Caller.Look);
    }

    protected override ScreenSelf? Self() => new(ScreenKind.Board, Query("board"), ScreenName, Context.ConnectionId);

    /// <summary>A board answers each heartbeat, so that the hub notices a frozen screen.</summary>
    /// <param name="queue">The queue it shows.</param>
    /// <param name="version">The version it shows.</param>
    public void Alive(string queue, long version)
    {
        Heard(null);
        Screens.OfType<BoardScreen>().FirstOrDefault(screen => queue.StartsWith($"{screen.Area}.", StringComparison.Ordinal))
            ?.Answered(queue, version);
    }
}
