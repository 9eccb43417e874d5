using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Audit;

/// <summary>Writes the log of access. All that waits for the journal at one moment becomes one entry.</summary>
internal sealed class AccessBook(IGrainFactory grains, AccessSearch search, TimeProvider clock) : IAccessBook
{
    // An entry of so many accesses is 50 kB.
    private const int MostPerEntry = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<(Access Access, TaskCompletionSource Written)>> _waiting = [];

    public Task NoteAsync(string authority, Access access)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_waiting.TryGetValue(authority, out var waiting))
            {
                waiting.Add((access, written));
                return written.Task;
            }

            _waiting[authority] = [(access, written)];
        }

        _ = WriteAllAsync(authority);
        return written.Task;
    }

    public Task<AccessFound> SearchAsync(string authority, AccessQuery query, CancellationToken cancellationToken) =>
        search.FindAsync(authority, query, cancellationToken);

    public IAsyncEnumerable<AccessRow> ReadAsync(string authority, AccessQuery query, CancellationToken cancellationToken) =>
        search.ReadAsync(authority, query, cancellationToken);

    /// <summary>Runs until nothing waits: one writer for each authority.</summary>
    private async Task WriteAllAsync(string authority)
    {
        while (Take(authority) is { } group)
        {
            try
            {
                await grains.GetGrain<IAccessLogGrain>(AccessLog.StreamOf(authority, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)))
                    .Handle(new(Guid.CreateVersion7()), new AccessLogCommand.Note([.. group.Select(noted => noted.Access)]));
                group.ForEach(noted => noted.Written.TrySetResult());
            }
            catch (Exception error)
            {
                group.ForEach(noted => noted.Written.TrySetException(error is JournalUnavailableException ? error
                    : new JournalUnavailableException($"The log of access cannot be written: {error.Message}", error)));
            }
        }
    }

    /// <summary>Null: nothing waits, and the next access begins anew.</summary>
    private List<(Access Access, TaskCompletionSource Written)>? Take(string authority)
    {
        lock (_gate)
        {
            var waiting = _waiting[authority];
            if (waiting.Count == 0)
            {
                _waiting.Remove(authority);
                return null;
            }

            var group = waiting.GetRange(0, Math.Min(waiting.Count, MostPerEntry));
            waiting.RemoveRange(0, group.Count);
            return group;
        }
    }
}
