using System.Data.Common;
using Aufruf.Contracts;

namespace Aufruf.Grains.Subscriptions;

/// <summary>Asks every 2 s whether subscriptions know all durable entries. A process that is cut off from the journal must notice
/// it.</summary>
public sealed class Currency(IJournal journal, IReadOnlyList<Subscription> subscriptions, TimeProvider clock)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="told">Gets true while all that was durable at the question before is known, and false when that cannot be said.</param>
    public async Task RunAsync(Action<bool> told, CancellationToken cancellationToken)
    {
        long? before = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var end = await EndAsync(cancellationToken);
            told(end is not null && before is not null && subscriptions.All(kind => kind.Reached >= before));
            before = end;
            await Task.Delay(AskAgain, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Where the journal ends; null when it does not answer.</summary>
    private async Task<long?> EndAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await journal.LastPositionAsync(either.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or DbException or JournalUnavailableException)
        {
            return null;
        }
    }
}
