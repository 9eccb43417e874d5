using Microsoft.Extensions.Logging;

namespace Aufruf.Grains.Subscriptions;

/// <summary>Hands every entry of one kind of stream to a subscriber, in the order of positions.</summary>
/// <remarks>An entry comes at least once: after a fault or a restart, reading begins again at the subscriber's checkpoint.</remarks>
/// <param name="name">"transfers": for the log and for health.</param>
/// <param name="kind">The kind of stream, such as "queue".</param>
public sealed class Subscription(string name, string kind, IJournal journal, ISubscriber subscriber, TimeProvider clock, ILogger log)
{
    // A checkpoint costs a write; after a crash at most this many entries come again.
    private const int EntriesPerCheckpoint = 500;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private long _reached;
    private TaskCompletionSource _reaches = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    /// <summary>Under load, one reading takes the entries of many commits.</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Null while all goes well; otherwise the sentence for the operator.</summary>
    public string? Trouble { get; private set; }

    /// <summary>All entries up to this position were taken.</summary>
    public long Reached => Volatile.Read(ref _reached);

    /// <summary>Completes when all entries up to a position were taken.</summary>
    public async Task ReachAsync(long position, CancellationToken cancellationToken)
    {
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

    /// <summary>Runs until it is cancelled. A fault is logged, and the same entries are tried again after a pause.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var before = Reached;
            try
            {
                await FollowAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Trouble = error.Message;
                pause = Reached > before ? FirstPause : pause;
                SubscriptionLog.Stopped(log, name, Reached, pause.TotalSeconds, error.Message);
                await Task.Delay(pause, clock, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var position = await subscriber.BeginAsync(cancellationToken);
        if (position > await journal.LastPositionAsync(cancellationToken))
        {
            position = 0; // An older journal was put back, and its next positions were taken before.
        }

        while (true)
        {
            var next = journal.NextEntry;
            var end = await journal.LastPositionAsync(cancellationToken);
            var taken = 0;
            await foreach (var entry in journal.ReadFromAsync(position, kind, cancellationToken))
            {
                await subscriber.TakeAsync(entry, cancellationToken);
                position = entry.Position;
                if (++taken % EntriesPerCheckpoint == 0)
                {
                    await ReachedAsync(position, cancellationToken);
                }
            }

            position = Math.Max(position, end); // The entries between are of other kinds.
            if (position > Reached)
            {
                await ReachedAsync(position, cancellationToken);
            }

            Trouble = null;
            await next.WaitAsync(cancellationToken);
            await Task.Delay(Gathering, clock, cancellationToken);
        }
    }

    private async Task ReachedAsync(long position, CancellationToken cancellationToken)
    {
        await subscriber.KeepAsync(position, cancellationToken);
        Volatile.Write(ref _reached, position);
        Interlocked.Exchange(ref _reaches, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}

/// <summary>Reads the entries of a subscription. An entry may come again: the second time it changes nothing.</summary>
public interface ISubscriber
{
    /// <summary>The position that was kept last; entries after it come. It forgets what was taken since.</summary>
    Task<long> BeginAsync(CancellationToken cancellationToken);

    Task TakeAsync(Journal.JournalEntry entry, CancellationToken cancellationToken);

    /// <summary>Everything up to this position was taken. It may keep an earlier one, to which it wants to return.</summary>
    Task KeepAsync(long position, CancellationToken cancellationToken);
}

internal static partial class SubscriptionLog
{
    [LoggerMessage(2307, LogLevel.Error,
        "The subscription {Name} stopped after position {Position} and goes on in {Seconds} s. No entry is left out. {Reason}")]
    public static partial void Stopped(ILogger log, string name, long position, double seconds, string reason);
}
