using System.Text;
using Aufruf.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace Aufruf.Grains.Subscriptions;

/// <summary>All that a follow-up needs of the hub.</summary>
public sealed record FollowUpNeeds(IJournal Journal, ICheckpoints Checkpoints, ILeases Leases, TimeProvider Clock);

/// <summary>Sends the commands that follow from entries, at least once each, also after a crash.</summary>
/// <remarks>
/// A command that cannot be sent waits and is tried again; the entries behind it go on.
/// The checkpoint stays before the oldest one that waits. Commands have request ids that follow from their entry, so a repeat is known.
/// </remarks>
public abstract class FollowUp : ISubscriber, IFollower
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private sealed record Waiting(JournalEntry Entry, DateTimeOffset Since, long BeganAt, string Reason, TimeSpan Pause, long TriedAt);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Waiting> _waiting = [];
    private readonly FollowUpNeeds _needs;
    private readonly ILogger _log;
    private readonly byte[][] _events;

    /// <param name="kind">The kind of streams it follows.</param>
    /// <param name="events">The events from which commands follow; with "-" at its end a beginning of their names. None: all.</param>
    protected FollowUp(string name, string kind, FollowUpNeeds needs, ILogger log, params IEnumerable<string> events)
    {
        (_needs, _log) = (needs, log);
        _events = [.. events.Select(happened => Encoding.UTF8.GetBytes(happened.EndsWith('-') ? $"\"{happened}" : $"\"{happened}\""))];
        Subscription = new(name, kind, needs.Journal, this, needs.Clock, log) { Leases = needs.Leases };
    }

    public Subscription Subscription { get; }

    protected IJournal Journal => _needs.Journal;

    protected TimeProvider Clock => _needs.Clock;

    /// <summary>The work that has waited for a time, oldest first: its stream, since when, and why.</summary>
    public IReadOnlyList<(string Stream, DateTimeOffset Since, string Reason)> StuckFor(TimeSpan time)
    {
        lock (_gate)
        {
            return [.. _waiting.Values.Where(w => Clock.GetElapsedTime(w.BeganAt) >= time)
                .Select(w => (w.Entry.Stream, w.Since, w.Reason))];
        }
    }

    public Task<IReadOnlyList<(string Sentence, DateTimeOffset Since)>> TroublesAsync(
        TimeSpan longer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(string, DateTimeOffset)>>([.. StuckFor(longer).Select(work =>
            ($"{Subscription.Name}: what follows from {work.Stream} waits and is tried again. {work.Reason}", work.Since))]);

    /// <summary>Whether commands follow from an entry. Only a hint: <see cref="CarryOutAsync"/> looks at what is still open.</summary>
    protected virtual bool Concerns(JournalEntry entry) =>
        _events.Length == 0 || _events.Any(happened => entry.Entry.Span.IndexOf(happened) >= 0);

    /// <summary>Sends the commands that are still open after an entry.</summary>
    protected abstract Task CarryOutAsync(JournalEntry entry);

    public Task<long> BeginAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _waiting.Clear();
        }

        return _needs.Checkpoints.FindAsync(Subscription.Name, cancellationToken);
    }

    public Task TakeAsync(JournalEntry entry, CancellationToken cancellationToken) =>
        Concerns(entry) ? TryAsync(entry, before: null) : Task.CompletedTask;

    public Task KeepAsync(long position, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            position = _waiting.Count == 0 ? position : _waiting.First().Key - 1;
        }

        return _needs.Checkpoints.KeepAsync(Subscription.Name, position, cancellationToken);
    }

    /// <summary>Follows the journal, and tries again what waits.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Subscription.RunAsync(cancellationToken), TryAgainAsync(cancellationToken));

    private async Task TryAgainAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(FirstPause, Clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Waiting[] due;
            lock (_gate)
            {
                due = Subscription.IsHere ? [.. _waiting.Values.Where(w => Clock.GetElapsedTime(w.TriedAt) >= w.Pause)] : [];
            }

            foreach (var work in due)
            {
                await TryAsync(work.Entry, work);
            }
        }
    }

    private async Task TryAsync(JournalEntry entry, Waiting? before)
    {
        try
        {
            await CarryOutAsync(entry);
            lock (_gate)
            {
                _waiting.Remove(entry.Position);
            }

            if (before is not null)
            {
                FollowUpLog.WentOn(_log, Subscription.Name, entry.Stream);
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            var pause = before is null ? FirstPause : before.Pause * 2 < LongestPause ? before.Pause * 2 : LongestPause;
            lock (_gate)
            {
                _waiting[entry.Position] = new(entry, before?.Since ?? Clock.GetUtcNow(), before?.BeganAt ?? Clock.GetTimestamp(),
                    error.Message, pause, Clock.GetTimestamp());
            }

            if (before is null)
            {
                FollowUpLog.Waits(_log, Subscription.Name, entry.Stream, error.Message);
            }
        }
    }
}

internal static partial class FollowUpLog
{
    [LoggerMessage(2308, LogLevel.Warning, "{Name}: what follows from {Stream} waits and is tried again. {Reason}")]
    public static partial void Waits(ILogger log, string name, string stream, string reason);

    [LoggerMessage(2309, LogLevel.Information, "{Name}: what follows from {Stream} is done now")]
    public static partial void WentOn(ILogger log, string name, string stream);
}
