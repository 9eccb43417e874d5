using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Simulation.Hub;

/// <summary>The hubs on one journal. Orleans' part: each grain has a home on one of them, and a hub that is silent is declared
/// dead.</summary>
internal sealed class Cluster(World world)
{
    /// <summary>A hub that does not answer for so long is declared dead by the others, as Orleans' probes do.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, HubProcess> _homes = [];

    /// <summary>One hub, or two.</summary>
    public IReadOnlyList<HubMachine> Machines { get; } =
        [.. Enumerable.Range(1, world.Chance.Hits(0.5) ? 2 : 1).Select(n => new HubMachine(world, $"hub {n}"))];

    /// <summary>Checkpoints stand in the database: all hubs share them.</summary>
    public SimulatedCheckpoints Checkpoints { get; } = new(world);

    public SimulatedReminders Reminders { get; } = new(world);

    public SimulatedLeases Leases { get; } = new(world);

    public IEnumerable<HubProcess> Up => Machines.Select(m => m.Now).OfType<HubProcess>();

    /// <summary>The hub that a load balancer picks; null while none is up.</summary>
    public HubProcess? Some() => Up.ToArray() is { Length: > 0 } up ? world.Chance.Of(up) : null;

    public void Crash(HubProcess process) => process.Machine.Crash(process);

    /// <summary>The hub stands still. When it was still for too long it is declared dead, and ends itself soon after it has
    /// woken.</summary>
    public async Task FreezeAsync(HubProcess process, TimeSpan time)
    {
        process.Freeze();
        var isDead = time > Silence && Machines.Count > 1;
        await world.Scheduler.PauseAsync(isDead ? Silence : time);
        if (isDead)
        {
            world.Log($"{process.Machine.Name}: declared dead");
            process.IsDeclaredDead = true;
            await world.Scheduler.PauseAsync(time - Silence);
        }

        process.Thaw();
        if (isDead)
        {
            await world.Scheduler.PauseAsync(world.Pause(0, 1.5));
            Crash(process);
        }
    }

    /// <summary>Calls the grain of a stream where it lives. When that hub dies or is declared dead, the outcome is unknown to the
    /// caller.</summary>
    public async Task<T> CallAsync<T>(HubProcess caller, string stream, Func<HubProcess, Task<T>> call)
    {
        await caller.StillThere;
        if (!_homes.TryGetValue(stream, out var home) || !home.IsUp || home.IsDeclaredDead)
        {
            _homes[stream] = home = caller.IsDeclaredDead ? caller
                : world.Chance.Of([.. Up.Where(hub => !hub.IsDeclaredDead).Append(caller)]);
        }

        // A hub that was declared dead does not know it: it goes on with its own grains.
        home = caller.IsDeclaredDead ? caller : home;
        if (home != caller)
        {
            await world.Scheduler.PauseAsync(world.Pause(0.0003, 0.004));
        }

        var answer = call(home);
        return home == caller || await Task.WhenAny(answer, home.Gone, home.DeclaredDead) == answer ? await answer
            : throw new JournalUnavailableException($"{home.Machine.Name} does not answer.");
    }
}

/// <summary>The queues as one of several hubs reaches them.</summary>
internal sealed class ClusterQueues(Cluster cluster, HubProcess hub) : Aufruf.Hub.Gateway.IQueues
{
    public Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command) =>
        cluster.CallAsync(hub, queue.Stream, home => home.Queues.HandleAsync(queue, request, command));

    public Task<QueueView> ViewAsync(QueueKey queue, long atLeast) =>
        cluster.CallAsync(hub, queue.Stream, home => home.Queues.ViewAsync(queue, atLeast));
}
