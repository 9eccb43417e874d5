using System.Collections.Concurrent;
using Aufruf.Domain.Outbox;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>The outboxes of all authorities, as last announced or read.</summary>
internal sealed class Outboxes : ICopies<Outbox, OutboxEvent>
{
    private readonly ConcurrentDictionary<string, (long Version, Outbox Known)> _streams = new();
    private readonly ConcurrentDictionary<string, string> _unreadable = new();
    private TaskCompletionSource _changes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the next change. Take it before reading, and no change is missed.</summary>
    public Task NextChange => Volatile.Read(ref _changes).Task;

    public IEnumerable<Message> All => _streams.Values.SelectMany(outbox => outbox.Known.Messages.Values);

    public void Announce(string stream, long version, Outbox state, IReadOnlyList<OutboxEvent>? happened)
    {
        _unreadable.TryRemove(stream, out _);
        _streams.AddOrUpdate(stream, (version, state),
            (_, known) => happened is not null && version <= known.Version ? known : (version, state));
        Interlocked.Exchange(ref _changes, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public (long Version, Outbox State)? CopyOf(string stream) => Of(stream);

    public void CannotRead(string stream, string reason) => _unreadable[stream] = reason;

    /// <summary>Null: it could be read when it was read last.</summary>
    public string? WhyUnreadable(string stream) => _unreadable.GetValueOrDefault(stream);

    /// <summary>Version 0: nothing of it is known.</summary>
    public (long Version, Outbox Known) Of(string stream) => _streams.GetValueOrDefault(stream, (0, Outbox.Empty));
}
