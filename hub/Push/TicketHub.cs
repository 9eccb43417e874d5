using Aufruf.Contracts;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Live connection of a ticket's own page: /live/ticket?queue=...&amp;code=... The code on the slip is its password.</summary>
[Needs(Permission.OwnTicket)]
public sealed class TicketHub(ScreenTools tools, OpenConnections open, IHubContext<TicketHub, ITicketClient> connections)
    : LiveHub<ITicketClient>(tools, open)
{
    // One screen per area: after a transfer the other area shows the ticket.
    protected override IEnumerable<ConnectedScreen>? Open() =>
        QueueKey.TryParse(Query("queue"), out var queue)
        && Tools.Offices.FindArea(queue.Value.AreaKey) is var (office, _) // Nothing is kept for an unknown name.
        && Tools.Areas.Of(queue.Value.AreaKey).Now is { } now && now.Queue.Key == queue
        && now.Queue.Find(new TicketCode(Query("code"))) is { } ticket
            ? office.Areas.Select(area =>
                new TicketScreen(Tools, queue.Value with { Area = area.Id }, ticket.Id, connections.Clients.Client(Context.ConnectionId)))
            : null;
}

internal sealed class TicketScreen(ScreenTools tools, QueueKey key, TicketId id, ITicketClient client)
    : ConnectedScreen(tools.Areas.Of(key.AreaKey), tools.Log)
{
    private TicketView? _sent;
    private AreaState? _pictured; // The page's picture is of this state.

    /// <summary>A heartbeat says that the page's picture is current. Only the area that has the ticket sends it.</summary>
    /// <remarks>On another day, or after a failed picture, none comes, and the page says how old it is.</remarks>
    public override Task BeatAsync(Heartbeat heartbeat)
    {
        if (_sent is null || Feed.Now is not { } now || now.Queue.Key != key)
        {
            return Task.CompletedTask;
        }

        if (ReferenceEquals(now, Volatile.Read(ref _pictured)))
        {
            return client.Heartbeat(heartbeat);
        }

        Wake();
        return Task.CompletedTask;
    }

    protected override async Task ShowAsync(AreaState? shown, AreaState now)
    {
        if (now.Queue.Key != key || tools.Offices.FindArea(key.AreaKey) is not var (office, area))
        {
            return; // The day is over: the page keeps its last picture.
        }

        if (!now.Queue.Tickets.TryGetValue(id, out var ticket) || (ticket.State is TicketState.Transferred && IsElsewhere(office)))
        {
            _sent = null;
            return;
        }

        var view = PictureOf(office, area, now.Queue, ticket, tools.Forecasts.Of(key.AreaKey)?.PromiseFor(ticket),
            tools.Clock.GetUtcNow(), ScreenTools.Build, await SealedPlaces.NoticeOfAsync(tools.Vault, key, ticket));
        if (shown is null || _sent is null || view with { At = _sent.At } != _sent)
        {
            _sent = view;
            await client.Show(view);
        }

        Volatile.Write(ref _pictured, now);
    }

    private bool IsElsewhere(Office office) => office.Areas.Any(area =>
        tools.Areas.Of($"{office.Key}.{area.Id}").Now?.Queue is { } queue && queue.Key.Day == key.Day
        && queue.Tickets.TryGetValue(id, out var there) && there.State is not TicketState.Transferred);

    internal static TicketView PictureOf(Office office, WaitingArea area, Queue queue, Ticket ticket, PromisedRange? wait,
        DateTimeOffset at, string build, string? notice = null) => new(
        at, build, office.Name, area.Name, office.Languages, office.TimeZone,
        ticket.Number, office.Service(ticket.Service)?.Service.Name ?? new Texts { ["de"] = ticket.Number.ToString() }, ticket.State,
        ticket.State is TicketState.Waiting or TicketState.Coming ? queue.AheadOf(ticket, new(office, area), at) : null,
        ticket.AtCounter && ticket.Counter is { } counter ? area.Counter(counter)?.Label ?? counter.Value : null,
        ticket.TakenAt, ticket.CalledAt, ticket.LastCallAt, ticket.Calls,
        ticket.State is TicketState.Waiting or TicketState.Coming ? wait : null,
        ticket.State is TicketState.Waiting ? ticket.NotBefore
            : ticket is { State: TicketState.Coming, Home: { } coming } && coming.Earliest > at ? coming.Earliest : null,
        ticket.Booked, ticket.Home is { } home
            ? new(home.ArriveBy, office.HasKiosk(area), area.HomeTickets is { CheckInByPhone: true }) : null,
        // A text that the vault does not open is no message.
        ticket is { Alive: true, Notice: { } sent } && (sent.Kind is not NoticeKind.Text || notice is not null)
            ? new(sent.Kind, notice, sent.At) : null);
}
