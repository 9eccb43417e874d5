using Aufruf.Grains;

namespace Aufruf.Simulation.Hub;

/// <summary>Saved states on the hub's own disk, beside the journal: one may be lost in a power cut, or be older than the last one that was saved.</summary>
internal sealed class SimulatedStates(World world) : ISavedStates
{
    private readonly Dictionary<string, SavedState> _states = [];

    public int Entries => 10;

    public Task<SavedState?> FindAsync(string stream)
    {
        if (world.Chance.Hits(0.1) && _states.Remove(stream))
        {
            world.Tally.Add(Fault.StateLost);
        }

        var found = _states.GetValueOrDefault(stream);
        if (found is not null)
        {
            world.Tally.Add(Fault.StateTaken);
        }

        return Task.FromResult(found);
    }

    public void Save(string stream, Func<SavedState> state)
    {
        if (world.Chance.Hits(0.2))
        {
            world.Tally.Add(Fault.StateOld);
            return;
        }

        _states[stream] = world.Sabotage is Sabotage.StatesForgetRequestIds ? state() with { Requests = new byte[state().Requests.Length] } : state();
    }

    public void Doubt(string stream, string why) => world.Promise(false, () => $"The saved state of {stream} cannot be used: {why}");
}
