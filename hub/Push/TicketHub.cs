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
    // One screen per area: a ticket that is sent on takes its page with it.
    protected override IEnumerable<ConnectedScreen> Open() =>
        QueueKey.TryParse(Query("queue"), out var queue)
        && Offices.FindArea(queue.Value.AreaKey) is var (office, _) // Nothing is kept for a name that a stranger made up.
        && tools.Areas.Of(queue.Value.AreaKey).Now is { } now && now.Queue.Key == queue
        && now.Queue.Find(new TicketCode(Query("code"))) is { } ticket
            ? office.Areas.Select(area => new TicketScreen(tools, queue.Value with { Area = area.Id }, ticket.Id, connections.Clients.Client(Context.ConnectionId)))
            : throw new HubException("There is no such ticket today.");
}

internal sealed class TicketScreen(ScreenTools tools, QueueKey key, TicketId id, ITicketClient client) : ConnectedScreen(tools.Areas.Of(key.AreaKey), tools.Log)
{
    private TicketView? _sent;

    // Only the area that has the ticket lives for its holder.
    public override Task BeatAsync(Heartbeat heartbeat) => _sent is null ? Task.CompletedTask : client.Heartbeat(heartbeat);

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

        if (!now.Queue.Tickets.TryGetValue(id, out var ticket) || (ticket.State is TicketState.Transferred && IsElsewhere(office)))
        {
            _sent = null;
            return true;
        }

        var view = TicketPicture.Of(office, area, now.Queue, ticket, tools.Forecasts.Of(key.AreaKey)?.PromiseFor(ticket), tools.Clock.GetUtcNow(), ScreenTools.Build);
        if (_sent is null || view with { At = _sent.At } != _sent)
        {
            _sent = view;
            await client.Show(view);
        }

        return true;
    }

    /// <summary>Nothing has happened, but the wait has grown shorter or longer.</summary>
    protected override Task SendAsideAsync() => Shown is { } shown ? SendChangeAsync(shown, shown) : Task.CompletedTask;

    private bool IsElsewhere(Office office) => office.Areas.Any(area =>
        tools.Areas.Of($"{office.Key}.{area.Id}").Now?.Queue is { } queue && queue.Key.Day == key.Day
        && queue.Tickets.TryGetValue(id, out var there) && there.State is not TicketState.Transferred);
}
