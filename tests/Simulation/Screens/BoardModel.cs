using Aufruf.Domain.Queues;
using Aufruf.Hub.Push;
using Aufruf.Simulation.Hub;
using Aufruf.Simulation.Promises;

namespace Aufruf.Simulation.Screens;

/// <summary>A board: keeps its data by the rules of displays/board, and is compared with the truth after each message.</summary>
internal sealed class BoardModel(World world, string board, string area)
{
    private readonly Dictionary<TicketNumber, BoardCall> _calls = [];
    private Dictionary<char, int> _waiting = [];
    private QueueKey? _queue;
    private long _version;

    public string Area { get; } = area;

    public Task LiveAsync() => ScreenLife.LiveAsync(world, hub =>
    {
        var line = new Line(this, world, hub);
        line.Screen = new BoardScreen(hub.Tools, board, hub.Areas.Of(Area), line, [Area]);
        // A new connection may lead to another hub: its messages are not compared with those of the old one.
        (_queue, _version) = (null, 0);
        return line;
    });

    /// <summary>Whether it shows the very end of the queue.</summary>
    public void CheckAtTheEnd(QueueKey today) => world.Promise(_queue == today && _version == world.Truth.LastOf(today),
        () => $"Board {board} still shows version {_version} of {_queue}; the queue is {today} at {world.Truth.LastOf(today)}.");

    private sealed class Line(BoardModel model, World world, HubProcess hub) : ScreenLine(world, hub), IBoardClient
    {
        public Task Look(TownLook look) => Task.CompletedTask;

        public Task Snapshot(BoardSnapshot snapshot) => SendAsync(() => model.Show(snapshot));

        public Task Changed(BoardChange change) => SendAsync(() => model.Show(change, this));

        public Task Heartbeat(Heartbeat heartbeat) => SendAsync(() => model.Hear(heartbeat, this));
    }

    private void Show(BoardSnapshot snapshot)
    {
        _calls.Clear();
        foreach (var call in snapshot.Calls)
        {
            _calls.Add(call.Number, call);
        }

        _waiting = snapshot.Groups.ToDictionary(g => g.Letter, g => g.Waiting);
        Check(snapshot.Queue, snapshot.Version);
        (_queue, _version) = (snapshot.Queue, snapshot.Version);
    }

    private void Show(BoardChange change, ScreenLine line)
    {
        if ((change.Queue != _queue || change.From != _version) && world.Sabotage is not Sabotage.BoardAppliesGaps)
        {
            line.AskForSnapshot(); // The request or its answer may be lost too: the next heartbeat asks again.
            return;
        }

        foreach (var number in change.Ended)
        {
            _calls.Remove(number);
        }

        foreach (var call in change.Calls)
        {
            _calls[call.Number] = call;
        }

        foreach (var (letter, count) in change.Waiting)
        {
            _waiting[letter] = count;
        }

        Check(change.Queue, change.To);
        _version = change.To;
    }

    private void Hear(Heartbeat heartbeat, ScreenLine line)
    {
        if (_queue is null || heartbeat.Queue != _queue || heartbeat.Version > _version)
        {
            line.AskForSnapshot();
        }
    }

    private void Check(QueueKey queue, long version)
    {
        world.Promise(_queue is not { } last || queue != last || version >= _version, () =>
            $"Board {board} went back from version {_version} to {version} in one connection.");
        if (world.Truth.At(queue, version) is not { } truth)
        {
            world.Break($"Board {board} shows version {version} of {queue}, which is not durable.");
            return;
        }

        var lie = Pictures.LieOfBoard(truth, world.Offices.For(queue)!.Area, _calls, _waiting);
        world.Promise(lie is null, () => $"Board {board} at version {version} of {queue} {lie}.");
    }
}
