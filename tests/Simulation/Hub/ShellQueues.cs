using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;

namespace Aufruf.Simulation.Hub;

using Shell = Journaled<Queue, QueueCommand, QueueEvent>;

/// <summary>Queues without Orleans: the grains' own shells, whose calls interleave wherever one waits.</summary>
internal sealed class ShellQueues : IQueues
{
    private readonly World _world;

    public ShellQueues(World world, HubMachine machine, IJournal journal, Func<IAnnouncer<Queue, QueueEvent>> announcer)
    {
        _world = world;
        Activations = new(world, key => world.Sabotage is Sabotage.DayEndForgetsTheParked or Sabotage.UndoTakesFromOthers
            ? new(QueueKey.Parse(key).Stream, journal, announcer(), world.Clock, Queue.Empty(QueueKey.Parse(key)), Wrongly,
                (state, happened) => state.Apply(happened), machine.Snapshots, command => command.Compared(), keepsAllRequests: true)
            : QueueGrain.ForKey(key, journal, announcer(), world.Offices, machine.Snapshots, world.Clock));
    }

    public Activations<Shell> Activations { get; }

    public Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command)
    {
        var id = _world.Sabotage is Sabotage.HubForgetsRequestIds && _world.Chance.Hits(0.5) ? new RequestId(_world.Chance.NewGuid())
            : request;
        return Activations.Of(queue.ToString()).Handle(id, command);
    }

    public async Task<QueueView> ViewAsync(QueueKey queue, long atLeast)
    {
        var (version, state) = await Activations.Of(queue.ToString()).ViewAsync(atLeast);
        return new QueueView(version, state);
    }

    private Decision<QueueEvent> Wrongly(Queue queue, QueueCommand command, DateTimeOffset now)
    {
        var right = queue.Decide(command, _world.Offices.For(queue.Key)!, now);
        return (_world.Sabotage, command) switch
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
