using System.Data.Common;
using System.Runtime.CompilerServices;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Simulation.Hub;

/// <summary>The journal of one process: appends wait and are committed in groups, and the process may die at any moment.</summary>
/// <remarks>The real group writer needs threads and cannot run here. This one keeps its promises and fails in the same places.</remarks>
internal sealed class SimulatedJournal(Stage world, Func<Task>? awake = null) : IJournal
{
    private sealed record Append(JournalEntry Entry, JournalHead Before, JournalHead Head, DateTimeOffset Began,
        TaskCompletionSource<JournalHead> Done);

    private readonly List<Append> _waiting = [];
    private List<Append> _group = [];
    private bool _writing;
    private bool _dead;

    /// <summary>Sabotage: entries that a reader never gets.</summary>
    public Func<JournalEntry, bool> Hides { get; init; } = _ => false;

    /// <summary>Done once, in the middle of a write.</summary>
    public Action? DieInWrite { get; set; }

    public Task<JournalHead> AppendAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry)
    {
        var after = head.Then(stream, at, entry.Span);
        var append = new Append(new JournalEntry(stream, after.Version, at, entry.ToArray(), after.Hash), head, after, world.Clock.Now,
            new TaskCompletionSource<JournalHead>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_dead)
        {
            return append.Done.Task; // A dead process hears nothing any more.
        }

        _waiting.Add(append);
        if (!_writing)
        {
            _writing = true;
            world.Scheduler.Start("The journal's writer", WriteAsync);
        }

        return world.Sabotage is Sabotage.JournalAnswersEarly ? Task.FromResult(after) : append.Done.Task;
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await AnswerAsync();
        foreach (var entry in world.Disk.Read(stream, after).Where(entry => !Hides(entry)))
        {
            yield return entry;
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadFromAsync(long position, string kind,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await AnswerAsync();
        foreach (var entry in world.Disk.ReadFrom(position, kind).Where(entry => !Hides(entry)))
        {
            yield return entry;
        }
    }

    public async IAsyncEnumerable<string> StreamsAsync(string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await world.Scheduler.PauseAsync(Latency());
        foreach (var stream in world.Disk.IsDown ? throw new DiskDownException("The database does not answer.") : world.Disk.Streams)
        {
            if (stream.StartsWith(kind + "/", StringComparison.Ordinal))
            {
                yield return stream;
            }
        }
    }

    public async Task<long> LastPositionAsync(CancellationToken cancellationToken)
    {
        await AnswerAsync();
        return world.Disk.LastPosition;
    }

    public Task NextEntry => world.Disk.NextEntry;

    public async Task<long> LastVersionAsync(string stream)
    {
        await AnswerAsync();
        return world.Disk.LastVersion(stream);
    }

    public async IAsyncEnumerable<JournalEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var stream in world.Disk.Streams)
        {
            await foreach (var entry in ReadAsync(stream, 0, cancellationToken))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The process dies. A group on its way to the disk is there as a whole or not at all; nobody hears which.</summary>
    public void Die()
    {
        _dead = true;
        if (_group.Count > 0 && world.Happens(Fault.CommitUnheard, 0.5))
        {
            _group.ForEach(append => world.Disk.TryWrite(append.Entry, append.Before));
        }
    }

    private async Task WriteAsync()
    {
        while (_waiting.Count > 0 && !_dead)
        {
            _group = [.. _waiting];
            _waiting.Clear();
            await PauseAsync();
            DieInWrite?.Invoke();
            if (_dead)
            {
                return;
            }

            foreach (var late in _group.Where(a => world.Clock.Now - a.Began > PendingAppend.Longest))
            {
                late.Done.TrySetException(new JournalUnavailableException("The entry waited too long and was not written."));
            }

            _group.RemoveAll(append => append.Done.Task.IsCompleted);
            var isDone = !world.Disk.IsDown || world.Happens(Fault.JournalDoubt, 0.3);
            foreach (var append in _group)
            {
                var isWritten = isDone && world.Disk.TryWrite(append.Entry, append.Before);
                if (world.Disk.IsDown)
                {
                    append.Done.TrySetException(new JournalUnavailableException("The database does not answer."));
                }
                else if (isWritten)
                {
                    append.Done.TrySetResult(append.Head);
                }
                else
                {
                    world.Tally.Add(Fault.VersionConflict);
                    append.Done.TrySetException(new VersionConflictException(append.Entry.Stream, append.Entry.Version - 1));
                }
            }

            _group = [];
        }

        _writing = false;
    }

    /// <summary>The time the database needs to answer anything.</summary>
    public async Task AnswerAsync()
    {
        await PauseAsync();
        if (world.Disk.IsDown)
        {
            throw new DiskDownException("The database does not answer.");
        }
    }

    /// <summary>A process that stands still hears no answer before it wakes, and a dead one hears none.</summary>
    private async Task PauseAsync()
    {
        await world.Scheduler.PauseAsync(Latency());
        await (awake?.Invoke() ?? Task.CompletedTask);
    }

    private TimeSpan Latency() => world.Disk.IsSlow ? world.Pause(0.03, 0.25) : world.Pause(0.0002, 0.006);
}

/// <summary>As a database driver says it.</summary>
internal sealed class DiskDownException(string message) : DbException(message);
