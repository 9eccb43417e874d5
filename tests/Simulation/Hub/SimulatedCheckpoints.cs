using Aufruf.Grains.Subscriptions;

namespace Aufruf.Simulation.Hub;

/// <summary>Checkpoints on the hub's own disk: a power cut may lose one.</summary>
internal sealed class SimulatedCheckpoints(Stage world) : ICheckpoints
{
    private readonly Dictionary<string, long> _positions = [];

    public Task<long> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (world.Chance.Hits(0.1))
        {
            _positions.Remove(name);
        }

        return Task.FromResult(_positions.GetValueOrDefault(name));
    }

    public Task KeepAsync(string name, long position, CancellationToken cancellationToken)
    {
        _positions[name] = position;
        return Task.CompletedTask;
    }
}
