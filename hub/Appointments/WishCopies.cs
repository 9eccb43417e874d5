using System.Collections.Concurrent;
using Aufruf.Domain.Appointments;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Appointments;

/// <summary>The standing wishes of all authorities, as this hub knows them.</summary>
internal sealed class WishCopies(UnreadableStreams unreadable) : ICopies<Wishes, WishEvent>
{
    private readonly ConcurrentDictionary<string, (long Version, Wishes Wishes)> _known = new();

    public event Action? Changed;

    /// <summary>By their streams.</summary>
    public IEnumerable<KeyValuePair<string, Wishes>> All => _known.Select(known => KeyValuePair.Create(known.Key, known.Value.Wishes));

    public void Announce(string stream, long version, Wishes state, IReadOnlyList<WishEvent>? happened)
    {
        unreadable.Remove(stream);
        _known.AddOrUpdate(stream, (version, state), (_, known) => happened is not null && version <= known.Version ? known
            : (version, state));
        Changed?.Invoke();
    }

    public (long Version, Wishes State)? CopyOf(string stream) => _known.TryGetValue(stream, out var known) ? known : (0, Wishes.Empty);

    public void CannotRead(string stream, string reason) => unreadable.Add(stream, stream, reason);
}
