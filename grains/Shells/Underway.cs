namespace Aufruf.Grains;

/// <summary>What is on its way to disk, in order. Each is settled once: durable, or lost together with everything that was built on it.</summary>
/// <remarks>Bounded by its callers: each of them waits for what it has added, and a device or a browser is one caller.</remarks>
/// <param name="durable">Hears of all that became durable together, in their order.</param>
/// <param name="broken">Told at once when one has failed: from now on nothing may be added before all is settled.</param>
/// <param name="lost">Hears of the first that failed and all behind it, when the fate of each is sealed, and why.</param>
internal sealed class Underway<T>(Action<IReadOnlyList<T>> durable, Action broken, Action<IReadOnlyList<T>, Exception> lost)
{
    private readonly Queue<(T What, Task Append)> _appends = new();

    /// <summary>Completed while nothing is underway.</summary>
    public Task Settled { get; private set; } = Task.CompletedTask;

    public void Add(T what, Task append)
    {
        _appends.Enqueue((what, append));
        if (_appends.Count == 1)
        {
            Settled = SettleAsync();
        }
    }

    private async Task SettleAsync()
    {
        while (_appends.TryPeek(out var first))
        {
            try
            {
                await first.Append;
                // One commit makes many durable: they are told of as one.
                var together = _appends.TakeWhile(a => a.Append.IsCompletedSuccessfully).Select(a => a.What).ToArray();
                durable(together);
                for (var told = 0; told < together.Length; told++)
                {
                    _appends.Dequeue();
                }
            }
            catch (Exception error)
            {
                await LoseAsync(error);
            }
        }
    }

    /// <summary>What follows a lost append names it as its predecessor and cannot stand without it; yet it may be on the disk's way still, and nobody may decide anew before that is over.</summary>
    private async Task LoseAsync(Exception error)
    {
        broken();
        foreach (var (_, append) in _appends)
        {
            await append.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        var all = _appends.Select(a => a.What).ToArray();
        _appends.Clear();
        lost(all, error);
    }
}
