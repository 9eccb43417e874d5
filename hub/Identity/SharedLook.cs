using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Identity;

/// <summary>A look into the journal for something unknown. At most ten looks a second are made: guesses do not load the journal.</summary>
internal sealed class SharedLook(Subscription subscription, IJournal journal, TimeProvider clock)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private Task? _next;

    /// <summary>A look that begins after this call. Callers of the same moment share it.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public Task TakeAsync()
    {
        lock (_gate)
        {
            return _next ??= _last = TakeAfterAsync(_last);
        }
    }

    private async Task TakeAfterAsync(Task last)
    {
        await Task.WhenAll(last, Task.Delay(Apart, clock)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _next = null;
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            await subscription.ReachAsync(await journal.LastPositionAsync(patience.Token), patience.Token);
        }
        catch (Exception error) when (error is DbException or OperationCanceledException)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }
}
