using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;

namespace Aufruf.Simulation.Hub;

using Shell = Journaled<Queue, QueueCommand, QueueEvent>;

/// <summary>Queues without Orleans: the grains' own shells, whose calls interleave wherever one waits. Now and then one is activated twice,
/// as after a network split.</summary>
internal sealed class ShellQueues(World world, HubMachine machine, IJournal journal,
    Func<IAnnouncer<Queue, QueueEvent>> announcer) : IQueues
{
    private readonly Dictionary<QueueKey, Shell> _first = [];
    private readonly Dictionary<QueueKey, Shell> _second = [];

    /// <summary>While true a call reaches one of two activations, by chance.</summary>
    public bool IsSplit { get; set; }

    /// <summary>Orleans deactivates an idle grain; the next call reads it back.</summary>
    public void Deactivate()
    {
        _first.Clear();
        _second.Clear();
    }

    public Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command)
    {
        var id = world.Sabotage is Sabotage.HubForgetsRequestIds && world.Chance.Hits(0.5) ? new RequestId(world.Chance.NewGuid())
            : request;
        return Pick(queue).Handle(id, command);
    }

    public async Task<QueueView> ViewAsync(QueueKey queue, long atLeast)
    {
        var (version, state) = await Pick(queue).ViewAsync(atLeast);
        return new QueueView(version, state);
    }

    private Shell Pick(QueueKey queue)
    {
        var side = IsSplit && world.Chance.Hits(0.15) ? _second : _first;
        if (!side.TryGetValue(queue, out var shell))
        {
            side[queue] = shell = world.Sabotage is Sabotage.DayEndForgetsTheParked or Sabotage.UndoTakesFromOthers
                ? new(queue.Stream, journal, announcer(), world.Clock, Queue.Empty(queue), Wrongly, (state, happened) =>
                    state.Apply(happened), machine.Snapshots, command => command.Compared(), keepsAllRequests: true)
                : QueueGrain.ForKey(queue.ToString(), journal, announcer(), world.Offices, machine.Snapshots, world.Clock);
        }

        return shell;
    }

    private Decision<QueueEvent> Wrongly(Queue queue, QueueCommand command, DateTimeOffset now)
    {
        var right = queue.Decide(command, world.Offices.For(queue.Key)!, now);
        return (world.Sabotage, command) switch
        {
            (Sabotage.DayEndForgetsTheParked, QueueCommand.EndDay) => new([.. right.Events.Where(
                e => e is not QueueEvent.TicketExpired { Ticket: var id } || queue.Tickets[id].State is not TicketState.Parked)]),
            (Sabotage.UndoTakesFromOthers, QueueCommand.UndoStep { Counter: var counter }) when right.Refusal == Refusal.NothingToUndo
                && queue.At(counter).LastStep is { } step
                && now - step.At < Undoing.Limit && queue.Tickets[step.Before.Id].AtCounter =>
                    new QueueEvent.StepUndone(step.Before.Id, counter, now),
            _ => right,
        };
    }
}
