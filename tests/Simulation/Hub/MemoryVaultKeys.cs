using System.Security.Cryptography;
using Aufruf.Grains;

namespace Aufruf.Simulation.Hub;

/// <summary>Keys that end with the process: remarks are not simulated.</summary>
internal sealed class MemoryVaultKeys : IVaultKeys
{
    private readonly Dictionary<Subject, VaultKey> _keys = [];

    public Task<VaultKey?> FindAsync(Subject subject) => Task.FromResult(_keys.GetValueOrDefault(subject));

    public Task<VaultKey?> FindOrMakeAsync(Subject subject, DateTimeOffset? until)
    {
        _keys.TryAdd(subject, new(RandomNumberGenerator.GetBytes(32), until));
        return FindAsync(subject);
    }

    public Task DestroyAsync(Subject subject)
    {
        _keys.Remove(subject);
        return Task.CompletedTask;
    }

    public Task DestroyDueAsync(DateTimeOffset now)
    {
        _keys.Where(key => key.Value.Until <= now).ToList().ForEach(key => _keys.Remove(key.Key));
        return Task.CompletedTask;
    }
}
