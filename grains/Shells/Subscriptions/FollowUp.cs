using Aufruf.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace Aufruf.Grains.Subscriptions;

/// <summary>Sends the commands that follow from entries, at least once each, also after a crash.</summary>
/// <remarks>
/// A command that cannot be sent waits and is tried again; the entries behind it go on.
/// The checkpoint stays before the oldest one that waits. Commands have request ids that follow from their entry, so a repeat is known.
/// </remarks>
public abstract class FollowUp(string name, ICheckpoints checkpoints, TimeProvider clock, ILogger log) : ISubscriber
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private sealed record Waiting(JournalEntry Entry, DateTimeOffset Since, long BeganAt, string Reason, TimeSpan Pause, long TriedAt);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Waiting> _waiting = [];

    /// <summary>The work that has waited for a time, oldest first: its stream, since when, and why.</summary>
    public IReadOnlyList<(string Stream, DateTimeOffset Since, string Reason)> StuckFor(TimeSpan time)
    {
        lock (_gate)
        {
            return [.. _waiting.Values.Where(w => clock.GetElapsedTime(w.BeganAt) >= time)
                .Select(w => (w.Entry.Stream, w.Since, w.Reason))];
        }
    }

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

        return checkpoints.FindAsync(name, cancellationToken);
    }

    public Task TakeAsync(JournalEntry entry, CancellationToken cancellationToken) =>
        Concerns(entry) ? TryAsync(entry, before: null) : Task.CompletedTask;

    public Task KeepAsync(long position, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            position = _waiting.Count == 0 ? position : _waiting.First().Key - 1;
        }

        return checkpoints.KeepAsync(name, position, cancellationToken);
    }

    /// <summary>Follows the journal, and tries again what waits.</summary>
    public Task RunAsync(Subscription subscription, CancellationToken cancellationToken) =>
        Task.WhenAll(subscription.RunAsync(cancellationToken), TryAgainAsync(cancellationToken));

    private async Task TryAgainAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(FirstPause, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Waiting[] due;
            lock (_gate)
            {
                due = [.. _waiting.Values.Where(w => clock.GetElapsedTime(w.TriedAt) >= w.Pause)];
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
                FollowUpLog.WentOn(log, name, entry.Stream);
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            var pause = before is null ? FirstPause : before.Pause * 2 < LongestPause ? before.Pause * 2 : LongestPause;
            lock (_gate)
            {
                _waiting[entry.Position] = new(entry, before?.Since ?? clock.GetUtcNow(), before?.BeganAt ?? clock.GetTimestamp(),
                    error.Message, pause, clock.GetTimestamp());
            }

            if (before is null)
            {
                FollowUpLog.Waits(log, name, entry.Stream, error.Message);
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
