using System.Security.Cryptography;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Identity;

namespace Aufruf.Simulation.Hub;

/// <summary>Keys that are gone with the process: nobody writes remarks here.</summary>
internal sealed class MemorySealKeys : ISealKeys
{
    private readonly Dictionary<QueueKey, byte[]> _keys = [];

    public byte[]? Find(QueueKey queue) => _keys.GetValueOrDefault(queue);

    public byte[] FindOrMake(QueueKey queue) => _keys.TryGetValue(queue, out var key) ? key : _keys[queue] = RandomNumberGenerator.GetBytes(Seals.KeyBytes);

    public void DestroyBefore(DateOnly day) => _keys.Keys.Where(queue => queue.Day < day).ToList().ForEach(queue => _keys.Remove(queue));
}
