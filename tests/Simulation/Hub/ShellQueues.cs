using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;
using Aufruf.Simulation.Clockwork;

namespace Aufruf.Simulation.Hub;

/// <summary>Queues without Orleans: the grains' own shells, one call at a time each. Now and then one is activated twice, as after a network split.</summary>
internal sealed class ShellQueues(World world, IJournal journal, Func<IAnnouncer<Queue, QueueEvent>> announcer) : IQueues
{
    private sealed class Activation(Journaled<Queue, QueueCommand, QueueEvent> shell)
    {
        public Journaled<Queue, QueueCommand, QueueEvent> Shell { get; } = shell;
        public Turns Turns { get; } = new();
    }

    private readonly Dictionary<QueueKey, Activation> _first = [];
    private readonly Dictionary<QueueKey, Activation> _second = [];

    /// <summary>While true a call reaches one of two activations, by chance.</summary>
    public bool IsSplit { get; set; }

    /// <summary>Orleans puts a grain away that has nothing to do; the next call reads it back.</summary>
    public void Deactivate()
    {
        _first.Clear();
        _second.Clear();
    }

    public Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command)
    {
        var id = world.Sabotage is Sabotage.HubForgetsRequestIds && world.Chance.Hits(0.5) ? new RequestId(world.Chance.NewGuid()) : request;
        var activation = Pick(queue);
        return activation.Turns.TakeAsync(() => activation.Shell.Handle(id, command));
    }

    public Task<QueueView> ViewAsync(QueueKey queue, long atLeast)
    {
        var activation = Pick(queue);
        return activation.Turns.TakeAsync(async () =>
        {
            var (version, state) = await activation.Shell.ViewAsync(atLeast);
            return new QueueView(version, state);
        });
    }

    private Activation Pick(QueueKey queue)
    {
        var side = IsSplit && world.Chance.Hits(0.15) ? _second : _first;
        if (!side.TryGetValue(queue, out var activation))
        {
            side[queue] = activation = new(QueueGrain.ForKey(queue.ToString(), journal, announcer(), world.Offices, world.Clock));
        }

        return activation;
    }
}
