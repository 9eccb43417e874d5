using Aufruf.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace Aufruf.Grains.Subscriptions;

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
    private readonly ICheckpoints _checkpoints;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    /// <param name="kind">The kind of streams it follows.</param>
    protected FollowUp(
        string name, string kind, IJournal journal, ICheckpoints checkpoints, ILeases leases, TimeProvider clock, ILogger log)
    {
        (_checkpoints, _clock, _log) = (checkpoints, clock, log);
        Subscription = new(name, kind, journal, this, clock, log) { Leases = leases };
    }

    public Subscription Subscription { get; }

    /// <summary>The work that has waited for a time, oldest first: its stream, since when, and why.</summary>
    public IReadOnlyList<(string Stream, DateTimeOffset Since, string Reason)> StuckFor(TimeSpan time)
    {
        lock (_gate)
        {
            return [.. _waiting.Values.Where(w => _clock.GetElapsedTime(w.BeganAt) >= time)
                .Select(w => (w.Entry.Stream, w.Since, w.Reason))];
        }
    }

    public Task<IReadOnlyList<(string Sentence, DateTimeOffset Since)>> TroublesAsync(
        TimeSpan longer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(string, DateTimeOffset)>>([.. StuckFor(longer).Select(work =>
            ($"{Subscription.Name}: what follows from {work.Stream} waits and is tried again. {work.Reason}", work.Since))]);

    /// <summary>Whether commands follow from an entry. Only a hint: <see cref="CarryOutAsync"/> looks at what is still open.</summary>
    protected abstract bool Concerns(JournalEntry entry);

    /// <summary>Sends the commands that are still open after an entry.</summary>
    protected abstract Task CarryOutAsync(JournalEntry entry);

    public Task<long> BeginAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _waiting.Clear();
        }

        return _checkpoints.FindAsync(Subscription.Name, cancellationToken);
    }

    public Task TakeAsync(JournalEntry entry, CancellationToken cancellationToken) =>
        Concerns(entry) ? TryAsync(entry, before: null) : Task.CompletedTask;

    public Task KeepAsync(long position, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            position = _waiting.Count == 0 ? position : _waiting.First().Key - 1;
        }

        return _checkpoints.KeepAsync(Subscription.Name, position, cancellationToken);
    }

    /// <summary>Follows the journal, and tries again what waits.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Subscription.RunAsync(cancellationToken), TryAgainAsync(cancellationToken));

    private async Task TryAgainAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(FirstPause, _clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Waiting[] due;
            lock (_gate)
            {
                due = Subscription.IsHere ? [.. _waiting.Values.Where(w => _clock.GetElapsedTime(w.TriedAt) >= w.Pause)] : [];
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
                _waiting[entry.Position] = new(entry, before?.Since ?? _clock.GetUtcNow(), before?.BeganAt ?? _clock.GetTimestamp(),
                    error.Message, pause, _clock.GetTimestamp());
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
