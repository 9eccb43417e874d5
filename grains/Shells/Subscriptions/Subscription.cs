using Microsoft.Extensions.Logging;

namespace Aufruf.Grains.Subscriptions;

/// <summary>Hands every entry of one kind of stream to a subscriber, in the order of positions.</summary>
/// <remarks>An entry comes at least once: after a fault or a restart, reading begins again at the subscriber's checkpoint.</remarks>
/// <param name="name">"transfers": for the log and for health.</param>
/// <param name="kind">The kind of stream, such as "queue".</param>
public sealed class Subscription(string name, string kind, IJournal journal, ISubscriber subscriber, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private long _reached;
    private long _wanted;
    private TaskCompletionSource _reaches = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _hurries = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    /// <summary>Under load, one reading takes the entries of many commits.</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Of several hubs one runs it.</summary>
    public ILeases Leases { get; init; } = OneHub.Only;

    /// <summary>A checkpoint costs a write; after a crash at most this many entries come again.</summary>
    public int EntriesPerCheckpoint { get; init; } = 500;

    /// <summary>It rests so many parts to one part of work, so that it does not delay presses. 0: it never rests.</summary>
    public int RestPerWork { get; init; }

    /// <summary>Null while all goes well; otherwise the sentence for the operator.</summary>
    public string? Trouble { get; private set; }

    /// <summary>False: another hub runs it, or it has not begun.</summary>
    public bool IsHere { get; private set; }

    /// <summary>Since when there are entries that were not taken; null: all were taken, or another hub takes them.</summary>
    public DateTimeOffset? BehindSince { get; private set; }

    /// <summary>All entries up to this position were taken.</summary>
    public long Reached => Volatile.Read(ref _reached);

    /// <summary>Completes when all entries up to a position were taken; until then it does not rest.</summary>
    public async Task ReachAsync(long position, CancellationToken cancellationToken)
    {
        Hurry(position);
        while (true)
        {
            var reaches = Volatile.Read(ref _reaches).Task;
            if (Reached >= position)
            {
                return;
            }

            await reaches.WaitAsync(cancellationToken);
        }
    }

    /// <summary>It does not rest until it has reached a position.</summary>
    public void Hurry(long position)
    {
        if (position > Volatile.Read(ref _wanted))
        {
            Interlocked.Exchange(ref _wanted, position);
            Volatile.Read(ref _hurries).TrySetResult();
        }
    }

    /// <summary>Runs until it is cancelled. A fault is logged, and the same entries are tried again after a pause.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var before = Reached;
            try
            {
                await using var lease = await Leases.TakeAsync(name, cancellationToken);
                using var here = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
                IsHere = true;
                await FollowAsync(here.Token, lease.Lost);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (SupersededException)
            {
                BehindSince = null; // Another hub goes on.
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Trouble = error.Message;
                BehindSince ??= clock.GetUtcNow();
                pause = Reached > before ? FirstPause : pause;
                SubscriptionLog.Stopped(log, name, Reached, pause.TotalSeconds, error.Message);
                await Task.Delay(pause, clock, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            finally
            {
                IsHere = false;
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken, CancellationToken lost)
    {
        try
        {
            await FollowAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            throw new SupersededException($"Another hub runs {name}.");
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        BehindSince ??= clock.GetUtcNow();
        var position = await subscriber.BeginAsync(cancellationToken);
        if (position > await journal.LastPositionAsync(cancellationToken))
        {
            position = 0; // An older journal was put back, and its next positions were taken before.
        }

        HasReached(position);

        while (true)
        {
            var next = journal.NextEntry;
            position = await CatchUpAsync(position, cancellationToken);
            (Trouble, BehindSince) = (null, null);
            await next.WaitAsync(cancellationToken);
            BehindSince = clock.GetUtcNow();
            await Task.Delay(Gathering, clock, cancellationToken);
        }
    }

    /// <summary>Takes the entries after a position, up to the journal's present end. That end is the answer.</summary>
    public async Task<long> CatchUpAsync(long position, CancellationToken cancellationToken)
    {
        var end = await journal.LastPositionAsync(cancellationToken);
        var (taken, kept, began) = (0, position, clock.GetTimestamp());
        await foreach (var entry in journal.ReadFromAsync(position, kind, cancellationToken))
        {
            await subscriber.TakeAsync(entry, cancellationToken);
            position = entry.Position;
            if (++taken % EntriesPerCheckpoint == 0)
            {
                await KeepAsync(position, cancellationToken);
                await RestAsync(began, cancellationToken);
                (kept, began) = (position, clock.GetTimestamp());
            }
        }

        position = Math.Max(position, end); // The entries between are of other kinds.
        if (position > kept)
        {
            await KeepAsync(position, cancellationToken);
            await RestAsync(began, cancellationToken);
        }

        return position;
    }

    private async Task KeepAsync(long position, CancellationToken cancellationToken)
    {
        await subscriber.KeepAsync(position, cancellationToken);
        HasReached(position);
    }

    private void HasReached(long position)
    {
        Volatile.Write(ref _reached, position);
        Interlocked.Exchange(ref _reaches, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private async Task RestAsync(long began, CancellationToken cancellationToken)
    {
        if (RestPerWork == 0)
        {
            return;
        }

        Interlocked.Exchange(ref _hurries, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Volatile.Read(ref _wanted) <= Reached)
        {
            var rest = clock.GetElapsedTime(began) * RestPerWork;
            await _hurries.Task.WaitAsync(rest < LongestRest ? rest : LongestRest, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>Reads the entries of a subscription. An entry may come again: the second time it changes nothing.</summary>
public interface ISubscriber
{
    /// <summary>The position that was kept last; entries after it come. It forgets what was taken since.</summary>
    Task<long> BeginAsync(CancellationToken cancellationToken);

    Task TakeAsync(Journal.JournalEntry entry, CancellationToken cancellationToken);

    /// <summary>Everything up to this position was taken. It may keep an earlier one, to which it wants to return.</summary>
    /// <exception cref="SupersededException">Another one goes on from here.</exception>
    Task KeepAsync(long position, CancellationToken cancellationToken);
}

/// <summary>Another hub, or a rebuild, has taken the subscriber's place. It begins again with what that one left.</summary>
public sealed class SupersededException(string what) : Exception(what);

/// <summary>A subscription together with what it does: a process or a projection.</summary>
public interface IFollower
{
    Subscription Subscription { get; }

    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Sentences for an operator, beyond the state of the subscription, each with its beginning.</summary>
    /// <param name="longer">Only what lasts longer than this.</param>
    Task<IReadOnlyList<(string Sentence, DateTimeOffset Since)>> TroublesAsync(TimeSpan longer, CancellationToken cancellationToken);
}

internal static partial class SubscriptionLog
{
    [LoggerMessage(2307, LogLevel.Error,
        "The subscription {Name} stopped after position {Position} and goes on in {Seconds} s. No entry is left out. {Reason}")]
    public static partial void Stopped(ILogger log, string name, long position, double seconds, string reason);
}
