using Aufruf.Hub.Offices;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>What every live connection has in common: it watches one or more areas until it leaves.</summary>
public abstract class LiveHub<TClient>(LiveAreas areas, OfficeBook offices) : Hub<TClient> where TClient : class
{
    private const string ScreensItem = "screens";

    protected OfficeBook Offices { get; } = offices;

    protected IReadOnlyList<ConnectedScreen> Screens => (IReadOnlyList<ConnectedScreen>?)Context.Items[ScreensItem] ?? [];

    /// <summary>A value of the connection's address; a connection without it is refused.</summary>
    protected string Query(string name) =>
        Context.GetHttpContext()?.Request.Query[name].ToString() is { Length: > 0 and <= 200 } value
            ? value
            : throw new HubException($"The address lacks '{name}'.");

    /// <summary>The screens of this connection, or an exception with a sentence why it may not watch.</summary>
    protected abstract IEnumerable<ConnectedScreen> Open();

    /// <summary>The screen has lost track and wants the whole picture.</summary>
    public void Snapshot()
    {
        foreach (var screen in Screens)
        {
            screen.StartAfresh();
            screen.Wake();
        }
    }

    public override Task OnConnectedAsync()
    {
        var screens = Open().ToArray();
        Context.Items[ScreensItem] = screens;
        foreach (var screen in screens)
        {
            areas.Of(screen.Area).Add(screen);
        }

        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var screen in Screens)
        {
            areas.Of(screen.Area).Remove(screen);
        }

        return base.OnDisconnectedAsync(exception);
    }
}

/// <summary>A screen at the end of a live connection.</summary>
public abstract class ConnectedScreen(AreaFeed feed, ILogger log) : Screen(feed, log)
{
    public string Area => Feed.Area;

    public abstract Task BeatAsync(Heartbeat heartbeat);
}
