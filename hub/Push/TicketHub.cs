using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Offices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Live connection of a ticket's own page: /live/ticket?queue=...&amp;code=... The code on the slip is the right to see it.</summary>
[AllowAnonymous]
public sealed class TicketHub(LiveAreas areas, OfficeBook offices, ScreenTools tools, IHubContext<TicketHub, ITicketClient> connections)
    : LiveHub<ITicketClient>(areas, offices)
{
    protected override IEnumerable<ConnectedScreen> Open() =>
        QueueKey.TryParse(Query("queue"), out var queue)
        && Offices.FindArea(queue.Value.AreaKey) is not null // Nothing is kept for a name that a stranger made up.
        && tools.Areas.Of(queue.Value.AreaKey).Now is { } now && now.Queue.Key == queue
        && now.Queue.Find(new TicketCode(Query("code"))) is { } ticket
            ? [new TicketScreen(tools, queue.Value, ticket.Id, connections.Clients.Client(Context.ConnectionId))]
            : throw new HubException("There is no such ticket today.");
}

internal sealed class TicketScreen(ScreenTools tools, QueueKey key, TicketId id, ITicketClient client) : ConnectedScreen(tools.Areas.Of(key.AreaKey), tools.Log)
{
    private TicketView? _sent;

    public override Task BeatAsync(Heartbeat heartbeat) => client.Heartbeat(heartbeat);

    protected override Task SendWholeAsync(AreaState now)
    {
        _sent = null;
        return SendChangeAsync(now, now);
    }

    protected override async Task<bool> SendChangeAsync(AreaState shown, AreaState now)
    {
        if (now.Queue.Key != key || tools.Offices.FindArea(key.AreaKey) is not var (office, area))
        {
            return true; // The day is over: the page keeps its last word, and its heartbeat says that it is old.
        }

        var view = TicketPicture.Of(office, area, now.Queue, now.Queue.Tickets[id], tools.Clock.GetUtcNow(), ScreenTools.Build);
        if (_sent is null || view with { At = _sent.At } != _sent)
        {
            _sent = view;
            await client.Show(view);
        }

        return true;
    }
}

/// <summary>Answers the portal inside this hub.</summary>
internal sealed class TicketViews(IGrainFactory grains, OfficeBook offices, TimeProvider clock) : ITicketViews
{
    public async Task<TicketView?> FindAsync(string queue, string code)
    {
        if (!QueueKey.TryParse(queue, out var key) || code.Length > 40 || offices.FindArea(key.Value.AreaKey) is not var (office, area)
            || office.Day(clock.GetUtcNow()) != key.Value.Day)
        {
            return null;
        }

        var now = (await grains.GetGrain<IQueueGrain>(queue).View()).Queue;
        return now.Find(new TicketCode(code)) is { } ticket
            ? TicketPicture.Of(office, area, now, ticket, clock.GetUtcNow(), ScreenTools.Build)
            : null;
    }
}
