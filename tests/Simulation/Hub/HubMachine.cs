using Aufruf.Contracts;

namespace Aufruf.Simulation.Hub;

/// <summary>The computer the hub runs on: starts it again whenever it has ended, as systemd does.</summary>
internal sealed class HubMachine(World world)
{
    /// <summary>What the hub's runs leave to each other beside the journal.</summary>
    public SimulatedStates States { get; } = new(world);

    /// <summary>The run that is on; null while there is none.</summary>
    public HubProcess? Now { get; private set; }

    public void Start() => world.Scheduler.Start("The hub's machine", StartAsync);

    /// <summary>Only the run that is meant: it may have ended already.</summary>
    public void Crash(HubProcess? process)
    {
        if (process is null || process != Now)
        {
            return;
        }

        Now = null;
        process.Dispose();
        world.Network.HubDied(process);
        world.Log($"hub: dead");
        Start();
    }

    private async Task StartAsync()
    {
        while (true)
        {
            await world.Scheduler.PauseAsync(world.Pause(0.5, 8));
            var process = new HubProcess(world);
            try
            {
                await process.StartAsync();
                Now = process;
                world.Log($"hub: up");
                return;
            }
            catch (JournalUnavailableException)
            {
                process.Dispose();
                world.Log($"hub: did not start, the journal does not answer");
            }
        }
    }
}
