using System.Reflection;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>A live connection: it watches one or more areas until it closes.</summary>
public abstract class LiveHub<TClient>(ScreenTools tools, OpenConnections open) : Hub<TClient> where TClient : class
{
    private const string ScreensItem = "screens";
    private const string SelfItem = "self";

    private const int LongestBuild = 40;

    protected ScreenTools Tools { get; } = tools;

    protected IReadOnlyList<ConnectedScreen> Screens => (IReadOnlyList<ConnectedScreen>?)Context.Items[ScreensItem] ?? [];

    /// <summary>A value of the connection's address; empty when it is missing or too long.</summary>
    protected string Query(string name) =>
        Context.GetHttpContext()?.Request.Query[name].ToString() is { Length: <= 200 } value ? value : "";

    /// <summary>Whether the permission of this connection holds in the office, or in the area.</summary>
    protected bool MayWatch(string place) =>
        GetType().GetCustomAttribute<NeedsAttribute>() is { } needs && Context.User.Principal().May(needs.Permission, place);

    /// <summary>The screens of this connection; null when it may not watch. Then it is closed without a log line.</summary>
    protected abstract IEnumerable<ConnectedScreen>? Open();

    /// <summary>The screen as the fleet knows it; null: it belongs to a citizen.</summary>
    protected virtual ScreenSelf? Self() => null;

    /// <summary>A page's own name for itself; without one its connection's.</summary>
    protected string ScreenName => Query("screen") is { Length: > 0 } screen ? screen : Context.ConnectionId;

    /// <summary>Whether the office file still has this screen, where it was when it connected. Asked later, without the hub.</summary>
    protected virtual Func<bool> Configured() => () => true;

    /// <summary>The browser has missed a change and asks for the whole picture.</summary>
    public void Snapshot()
    {
        foreach (var screen in Screens)
        {
            screen.Refresh();
        }
    }

    /// <summary>A screen of the office answers a heartbeat, so that a frozen one is noticed.</summary>
    /// <param name="build">The build of its page.</param>
    /// <param name="at">The time by its own clock.</param>
    public void Here(string build, DateTimeOffset at) =>
        Heard(new(AddressOfCaller(), build.Length <= LongestBuild ? build : null, (at - Tools.Clock.GetUtcNow()).TotalSeconds));

    /// <param name="facts">Null: as it said before.</param>
    protected void Heard(ScreenFacts? facts)
    {
        if (Context.Items[SelfItem] is ScreenSelf self)
        {
            Tools.Areas.Screens.Here(self, facts);
        }
    }

    private string? AddressOfCaller() => Context.GetHttpContext()?.Connection.RemoteIpAddress?.ToString();

    public override Task OnConnectedAsync()
    {
        if (!Tools.Areas.IsCurrent || Open()?.ToArray() is not { } screens)
        {
            Context.Abort();
            return Task.CompletedTask;
        }

        Context.Items[ScreensItem] = screens;
        Context.Items[SelfItem] = Self();
        if (Context.User.Person() is { } person)
        {
            open.Add(Context.ConnectionId, person, Configured(), Context.Abort);
        }
        else if (Context.User.Pass() is { } pass)
        {
            open.Add(Context.ConnectionId, pass, Configured(), Context.Abort);
        }

        foreach (var screen in screens)
        {
            Tools.Areas.Of(screen.Area).Add(screen);
        }

        Heard(new(AddressOfCaller(), null, null));
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        open.Remove(Context.ConnectionId);
        if (Context.Items[SelfItem] is ScreenSelf self)
        {
            Tools.Areas.Screens.Left(self, wasClosed: exception is null);
        }

        foreach (var screen in Screens)
        {
            Tools.Areas.Of(screen.Area).Remove(screen);
        }

        return base.OnDisconnectedAsync(exception);
    }
}

/// <summary>A screen at the end of a live connection.</summary>
public abstract class ConnectedScreen(AreaFeed feed, LimitedLog log) : Screen(feed, log)
{
    public string Area => Feed.Area;

    public abstract Task BeatAsync(Heartbeat heartbeat);
}
