using System.Collections.Concurrent;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Identity;

/// <summary>The people of all authorities: each request finds its session here, without a grain call.</summary>
public sealed class PeopleCache(TimeProvider clock, UnreadableStreams? unreadable = null) : ICopies<People, PeopleEvent>
{
    private readonly ConcurrentDictionary<string, (long Version, People Known)> _authorities = new();
    private TaskCompletionSource _changes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the next change. Take it before reading, and no change is missed.</summary>
    public Task NextChange => Volatile.Read(ref _changes).Task;

    public void Announce(string stream, long version, People state, IReadOnlyList<PeopleEvent>? happened)
    {
        _authorities.AddOrUpdate(stream, (version, state),
            (_, known) => happened is not null && version <= known.Version ? known : (version, state));
        unreadable?.Remove(stream);
        Interlocked.Exchange(ref _changes, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public (long Version, People State)? CopyOf(string stream) => _authorities.GetValueOrDefault(stream, (0, People.Empty));

    /// <summary>The people read before count on.</summary>
    public void CannotRead(string stream, string reason) => unreadable?.Add(stream, stream, reason);

    public People Of(string authority) => _authorities.TryGetValue(People.StreamOf(authority), out var found) ? found.Known : People.Empty;

    /// <summary>Those that have people.</summary>
    public IEnumerable<string> Authorities => _authorities.Where(known => known.Value.Known.ByName.Count > 0)
        .Select(known => known.Key[(People.StreamKind.Length + 1)..]);

    /// <summary>The person of a session or a key, with the rights of this moment; null: the session is over, or not known here.</summary>
    public SignedIn? Find(SessionPass session) => Of(session.Authority) is var people
        && people.Find(session.Name) is { IsEnabled: true } person && person.Sessions.TryGetValue(session.Hash, out var known)
        && known.Until > clock.GetUtcNow()
            ? new(session, Principal.Of(session.Authority, person, people), person.DisplayName, known.IsLocked, known.Way)
            : null;

    /// <summary>False after the session ended or was locked, and after a change of the person's rights.</summary>
    public bool IsGood(SignedIn opened) => Find(opened.Session) is { IsLocked: false } now && now.Principal.HasRightsOf(opened.Principal);
}
