using Aufruf.Contracts;
using Aufruf.Hub.Towns;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Sends colours and logo to the boards, kiosks and desks of a town: when they connect, and when others come into force.
/// </summary>
public sealed class TownLooks(TownCache towns, IHubContext<BoardHub, IBoardClient> boards, IHubContext<KioskHub, IKioskClient> kiosks,
    IHubContext<DeskHub, IDeskClient> desks, ILogger<TownLooks> log) : IHostedService
{
    /// <summary>The group of all boards, of all kiosks, or of all desks, of a town.</summary>
    private static string GroupOf(string authority) => $"town {authority}";

    /// <summary>A screen joins before it is sent the look: none is missed between.</summary>
    public async Task JoinAsync(IGroupManager groups, string connection, IReadOnlyList<ConnectedScreen> screens, Func<TownLook, Task> show)
    {
        if (screens is [var first, ..])
        {
            var town = first.Area.Split('.')[0];
            await groups.AddToGroupAsync(connection, GroupOf(town));
            await show(Of(town));
        }
    }

    private TownLook Of(string authority)
    {
        var settings = towns.Of(authority).Settings;
        var logo = LogoSign.Of(authority, settings.Logo);
        return new($"/theme/{authority}.css?v={ThemeSheet.TagOf(settings.Theme)}", logo?.Address, logo?.Alt);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        towns.Changed += Send;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        towns.Changed -= Send;
        return Task.CompletedTask;
    }

    private void Send(string authority) => _ = SendAsync(authority, Of(authority));

    private async Task SendAsync(string authority, TownLook look)
    {
        try
        {
            var town = GroupOf(authority);
            await Task.WhenAll(boards.Clients.Group(town).Look(look), kiosks.Clients.Group(town).Look(look),
                desks.Clients.Group(town).Look(look));
        }
        catch (Exception error)
        {
            HubLog.ScreenNotReached(log, authority, error.Message); // Each gets it at its next connection.
        }
    }
}
