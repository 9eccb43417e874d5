using System.Runtime.CompilerServices;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Tests.Running;

/// <summary>A journal that counts what is read, and fails or waits in the middle when a test says so.</summary>
internal sealed class CountedJournal(IJournal whole) : IJournal
{
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The streams that were read, in their order.</summary>
    public List<string> Read { get; } = [];

    /// <summary>How many entries were followed by their position.</summary>
    public int Followed { get; private set; }

    public int FailsAfter { get; init; } = int.MaxValue;

    public int HoldsAfter { get; init; } = int.MaxValue;

    public Task IsHeld => _held.Task;

    public void GoOn() => _goOn.SetResult();

    public IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long after, CancellationToken cancellationToken)
    {
        Read.Add(stream);
        return whole.ReadAsync(stream, after, cancellationToken);
    }

    public async IAsyncEnumerable<JournalEntry> ReadFromAsync(
        long position, string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in whole.ReadFromAsync(position, kind, cancellationToken))
        {
            if (++Followed == HoldsAfter)
            {
                _held.TrySetResult();
                await _goOn.Task;
            }

            yield return Followed > FailsAfter ? throw new IOException("The disk failed.") : entry;
        }
    }

    public IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken) => whole.ReadAllAsync(cancellationToken);

    public IAsyncEnumerable<string> StreamsAsync(string kind, CancellationToken cancellationToken) =>
        whole.StreamsAsync(kind, cancellationToken);

    public Task<long> LastPositionAsync(CancellationToken cancellationToken) => whole.LastPositionAsync(cancellationToken);

    public Task NextEntry => whole.NextEntry;

    public Task<long> LastVersionAsync(string stream) => whole.LastVersionAsync(stream);

    public Task<JournalHead> AppendAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry) =>
        whole.AppendAsync(stream, head, at, entry);
}
