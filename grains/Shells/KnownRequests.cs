using Aufruf.Domain;

namespace Aufruf.Grains;

/// <summary>The requests that a shell keeps in memory, each with the version of its entry. The journal knows the older ones.</summary>
/// <param name="keepsAll">A queue's day has some thousands, and every press would ask the journal.</param>
internal sealed class KnownRequests(bool keepsAll)
{
    // A repeat comes within seconds, or after a night without network. Both limits cost 100 kB of memory at most.
    internal const int Most = 1_000;
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Dictionary<RequestId, long> _versions = [];
    private readonly Queue<(RequestId Request, DateTimeOffset At)> _oldestFirst = new();

    public int Count => _versions.Count;

    /// <summary>All of them, in the order of their entries.</summary>
    public IReadOnlyList<RequestId> InOrder => [.. _versions.OrderBy(known => known.Value).Select(known => known.Key)];

    public bool TryGetVersion(RequestId request, out long version) => _versions.TryGetValue(request, out version);

    /// <summary>Whether a snapshot has the requests that this memory must have.</summary>
    public bool Suffices(int requests, long version) => keepsAll ? requests == version : requests <= version;

    /// <summary>Begins anew with the last requests up to a version.</summary>
    public void Restore(IReadOnlyList<RequestId> requests, long version, DateTimeOffset now)
    {
        _versions.Clear();
        _oldestFirst.Clear();
        for (var n = 0; n < requests.Count; n++)
        {
            Add(requests[n], version - requests.Count + n + 1, now);
        }
    }

    public void Add(RequestId request, long version, DateTimeOffset at)
    {
        _versions[request] = version;
        if (keepsAll)
        {
            return;
        }

        _oldestFirst.Enqueue((request, at));
        while (_oldestFirst.TryPeek(out var oldest) && (_oldestFirst.Count > Most || at - oldest.At > Longest))
        {
            _versions.Remove(_oldestFirst.Dequeue().Request);
        }
    }
}
