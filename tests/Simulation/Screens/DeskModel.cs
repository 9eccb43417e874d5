using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Push;
using Aufruf.Simulation.Hub;
using Aufruf.Simulation.Promises;

namespace Aufruf.Simulation.Screens;

/// <summary>A clerk's screen, by the rules of displays/desk. Its clerk knows nothing else.</summary>
internal sealed class DeskModel(World world, string area, CounterId counter)
{
    private readonly Dictionary<TicketId, DeskTicket> _tickets = [];
    private readonly Dictionary<CounterId, DeskCounter> _counters = [];
    private TicketId? _next;
    private IReadOnlyList<DeskTicket> _further = [];
    private int _served;

    /// <summary>Clerks in the other area whose calls are seen here.</summary>
    public IReadOnlyList<DeskSeat> Seats { get; private set; } = [];

    /// <summary>Tickets of the other area that the counter may call.</summary>
    public IReadOnlyList<DeskTicket> Further => _further;

    private QueueKey? _queue;
    private long _version;

    public string Area { get; } = area;

    public CounterId Counter { get; } = counter;

    /// <summary>The queue it shows; null until the first picture.</summary>
    public QueueKey? Queue => _queue;

    /// <summary>Null until the first picture.</summary>
    public DeskCounter? Mine => _counters.GetValueOrDefault(Counter);

    public TicketState? Visit => Mine?.Ticket is { } id && _tickets.TryGetValue(id, out var ticket) ? ticket.State : null;

    /// <summary>Tickets in one state, as far as the screen knows.</summary>
    public IEnumerable<TicketId> Those(TicketState state) => _tickets.Values.Where(t => t.State == state).OrderBy(t => t.TakenAt)
        .ThenBy(t => t.Id.Value).Select(t => t.Id);

    public Task LiveAsync() => ScreenLife.LiveAsync(world, hub =>
    {
        var line = new Line(this, world, hub);
        line.Screen = new DeskScreen(hub.Tools, Area, Counter, new ClerkId($"clerk-{Counter}"), line);
        (_queue, _version) = (null, 0);
        return line;
    });

    public void CheckAtTheEnd(QueueKey today) => world.Promise(_queue == today && _version == world.Truth.LastOf(today),
        () => $"Desk {Counter} still shows version {_version} of {_queue}; the queue is {today} at {world.Truth.LastOf(today)}.");

    private sealed class Line(DeskModel model, World world, HubProcess hub) : ScreenLine(world, hub), IDeskClient
    {
        public Task Look(TownLook look) => SendAsync(() => { });

        public Task Snapshot(DeskSnapshot snapshot) => SendAsync(() => model.Show(snapshot));

        public Task Changed(DeskChange change) => SendAsync(() => model.Show(change, this));

        public Task Devices(IReadOnlyList<DeskDevice> devices) => SendAsync(() => { });

        public Task Troubles(IReadOnlyList<DeskTrouble> troubles) => SendAsync(() => { });

        public Task Forecasts(DeskForecasts forecasts) => SendAsync(() => { });

        public Task Heartbeat(Heartbeat heartbeat) => SendAsync(() => model.Hear(heartbeat, this));
    }

    private void Show(DeskSnapshot snapshot)
    {
        _tickets.Clear();
        _counters.Clear();
        Keep(snapshot.Tickets, snapshot.Counters);
        (_next, _served, _further, Seats) = (snapshot.Next?.Ticket, snapshot.Served, snapshot.Further, snapshot.Seats);
        Check(snapshot.Queue, snapshot.Version, snapshot.At);
        (_queue, _version) = (snapshot.Queue, snapshot.Version);
    }

    private void Show(DeskChange change, ScreenLine line)
    {
        if (change.Queue != _queue || change.From != _version)
        {
            line.AskForSnapshot();
            return;
        }

        Keep(change.Tickets, change.Counters);
        foreach (var gone in change.Gone)
        {
            _tickets.Remove(gone);
        }

        (_next, _served, _further, Seats) = (change.Next?.Ticket, change.Served, change.Further, change.Seats);
        Check(change.Queue, change.To, change.At);
        _version = change.To;
    }

    private void Keep(IReadOnlyList<DeskTicket> tickets, IReadOnlyList<DeskCounter> counters)
    {
        foreach (var ticket in tickets)
        {
            _tickets[ticket.Id] = ticket;
        }

        foreach (var one in counters)
        {
            _counters[one.Id] = one;
        }
    }

    private void Hear(Heartbeat heartbeat, ScreenLine line)
    {
        if (_queue is null || heartbeat.Queue != _queue || heartbeat.Version > _version)
        {
            line.AskForSnapshot();
        }
    }

    private void Check(QueueKey queue, long version, DateTimeOffset at)
    {
        world.Promise(_queue is not { } last || queue != last || version >= _version, () =>
            $"Desk {Counter} went back from version {_version} to {version} in one connection.");
        if (world.Truth.At(queue, version) is not { } truth)
        {
            world.Break($"Desk {Counter} shows version {version} of {queue}, which is not durable.");
            return;
        }

        // The next one of another area is as the hub knew that area: it stands in the list of those.
        var next = _further.Any(t => t.Id == _next) ? truth.NextFor(world.Offices.For(queue)!, Counter, at)?.Id : _next;
        var lie = Pictures.LieOfDesk(truth, world.Offices.For(queue)!, Counter, at, _tickets, _counters, next, _served);
        world.Promise(lie is null, () => $"Desk {Counter} at version {version} of {queue} {lie}.");
    }
}
