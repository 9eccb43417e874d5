using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Grains;

namespace Aufruf.Simulation.Hub;

/// <summary>Snapshots on the hub's own disk: a power cut may lose one, and a later one may not be saved.</summary>
internal sealed class SimulatedSnapshots<TState>(Stage world) : ISnapshots<TState>
{
    private readonly Dictionary<string, byte[]> _files = [];

    public int EntriesApart => 10;

    public TimeSpan TimeApart => TimeSpan.Zero;

    public Task<Snapshot<TState>?> FindAsync(string stream)
    {
        if (world.Chance.Hits(0.1) && _files.Remove(stream))
        {
            world.Tally.Add(Fault.SnapshotLost);
        }

        if (!_files.TryGetValue(stream, out var file))
        {
            return Task.FromResult<Snapshot<TState>?>(null);
        }

        world.Tally.Add(Fault.SnapshotUsed);
        return Task.FromResult(JsonSerializer.Deserialize<Snapshot<TState>>(file, DomainJson.Options));
    }

    public void Save(string stream, Snapshot<TState> snapshot)
    {
        if (world.Chance.Hits(0.2))
        {
            world.Tally.Add(Fault.SnapshotOld);
            return;
        }

        var saved = world.Sabotage is Sabotage.SnapshotsForgetRequestIds
            ? snapshot with { Requests = [.. snapshot.Requests.Select(_ => new RequestId(world.Chance.NewGuid()))] }
            : snapshot;
        _files[stream] = JsonSerializer.SerializeToUtf8Bytes(saved, DomainJson.Options);
    }
}
