using Aufruf.Grains.Subscriptions;

namespace Aufruf.Simulation.Hub;

/// <summary>Leases as PostgreSQL gives them: a hub says now and then that it lives, and loses them when it is silent for longer.</summary>
internal sealed class SimulatedLeases(Stage world)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    private readonly Dictionary<string, Held> _held = [];

    public ILeases Of(IProcess hub) => new HubLeases(this, hub);

    private async Task<Lease> TakeAsync(IProcess hub, string name, CancellationToken cancellationToken)
    {
        await hub.Journal.AnswerAsync();
        while (_held.GetValueOrDefault(name) is { IsOver: false })
        {
            await world.Scheduler.PauseAsync(Beat);
            await hub.Journal.AnswerAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (_held.TryGetValue(name, out var before) && before.Hub.Name != hub.Name)
        {
            world.Tally.Add(Fault.LeaseMoved);
        }

        var held = _held[name] = new(world, hub);
        world.Log($"{hub.Name}: runs {name}");
        world.Scheduler.Start("A lease", held.BeatAsync);
        return held;
    }

    private sealed class HubLeases(SimulatedLeases leases, IProcess hub) : ILeases
    {
        public Task<Lease> TakeAsync(string name, CancellationToken cancellationToken) => leases.TakeAsync(hub, name, cancellationToken);
    }

    private sealed class Held(Stage world, IProcess hub) : Lease
    {
        private readonly CancellationTokenSource _lost = new();
        private DateTimeOffset _lastBeat = world.Clock.Now;
        private bool _isGiven;

        public IProcess Hub => hub;

        public bool IsOver => _isGiven || _lost.IsCancellationRequested || hub.Gone.IsCompleted || world.Clock.Now - _lastBeat > Silence;

        public override CancellationToken Lost => _lost.Token;

        public async Task BeatAsync()
        {
            while (true)
            {
                await world.Scheduler.PauseAsync(Beat);
                await hub.Alive;
                if (_isGiven)
                {
                    return;
                }

                if (world.Disk.IsDown || world.Clock.Now - _lastBeat > Silence)
                {
                    Lose();
                    return;
                }

                _lastBeat = world.Clock.Now;
            }
        }

        // Not CancelAsync: it would use another thread.
        private void Lose() => _lost.Cancel();

        public override ValueTask DisposeAsync()
        {
            _isGiven = true;
            return base.DisposeAsync();
        }
    }
}

/// <summary>A run of a hub, which may stand still and die.</summary>
internal interface IProcess
{
    /// <summary>Of its machine.</summary>
    string Name { get; }

    SimulatedJournal Journal { get; }

    /// <summary>Completed when the process is dead.</summary>
    Task Gone { get; }

    /// <summary>Completes when the process runs, and never when it is dead.</summary>
    Task Alive { get; }
}
