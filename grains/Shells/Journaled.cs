using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Grains.Journal;

namespace Aufruf.Grains;

/// <summary>The shell every aggregate lives in: known request -> same answer; decide; append; and once that is durable: record, announce, answer.</summary>
/// <remarks>
/// Calls never run at once, but while one waits the next is decided, on what is still on its way to disk: one commit carries many wishes.
/// A reentrant grain sees to that, and so does the simulator, which runs this very class without Orleans.
/// What people see and hear - answers, announcements, views - is durable, in the order of versions.
/// </remarks>
public sealed class Journaled<TState, TCommand, TEvent>
{
    /// <summary>The aggregate after the last of some entries.</summary>
    private sealed record Standing(JournalHead Head, TState State);

    /// <summary>A decision on its way to disk, and who waits for it.</summary>
    private sealed record Decided(RequestId Request, Answer<TEvent> Answer, Standing After)
    {
        public TaskCompletionSource<Answer<TEvent>> Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    // A lost race is decided again at most this often before the caller hears of it.
    private const int Attempts = 3;

    private readonly string _stream;
    private readonly IJournal _journal;
    private readonly IAnnouncer<TState, TEvent> _announcer;
    private readonly TimeProvider _clock;
    private readonly Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> _decide;
    private readonly Func<TState, TEvent, TState> _apply;

    private readonly Dictionary<RequestId, Task<Answer<TEvent>>> _deciding = [];
    private readonly Dictionary<RequestId, long> _written = []; // A day has thousands of answers and hardly one is asked for again: it stands in the journal.
    private readonly Underway<Decided> _underway;
    private readonly Shortcut<TState>? _shortcut;
    private readonly Standing _empty;
    private Standing _durable;
    private Standing _newest;
    private Task _newestIsDurable = Task.CompletedTask;
    private bool _known;
    private Task? _reading;

    public Journaled(
        string stream,
        IJournal journal,
        IAnnouncer<TState, TEvent> announcer,
        TimeProvider clock,
        TState empty,
        Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide,
        Func<TState, TEvent, TState> apply,
        Saving<TState>? saving = null)
    {
        _shortcut = saving is null ? null : new(stream, saving, clock);
        (_stream, _journal, _announcer, _clock, _decide, _apply) = (stream, journal, announcer, clock, decide, apply);
        _empty = _durable = _newest = new(JournalHead.Start, empty);
        _underway = new(Record, Forget, Lose);
    }

    /// <exception cref="JournalUnavailableException">Whether it was written is unknown: repeat it with the same request id.</exception>
    public async Task<Answer<TEvent>> Handle(RequestId request, TCommand command)
    {
        for (var attempt = 1; ; attempt++)
        {
            await KnowAsync();
            try
            {
                // MQTT may deliver a press twice: same request, same answer, even while the first is underway.
                if (_deciding.TryGetValue(request, out var same))
                {
                    return await same;
                }

                if (_written.TryGetValue(request, out var version))
                {
                    return await WrittenAsync(version);
                }

                var (on, now) = (_newest, _clock.GetUtcNow());
                var decision = _decide(on.State, command, now);
                if (decision.Events.Count > 0)
                {
                    return await AppendAsync(on, new EntryContent<TEvent>(request, decision.Events, decision.Refusal), now);
                }

                if (!_newestIsDurable.IsCompleted)
                {
                    await _newestIsDurable; // A no that was decided on what gets lost would be a lie. Once written it also proves that nobody else has.
                }
                else if (attempt < Attempts && !await IsCurrentAsync(on.Head))
                {
                    continue;
                }

                return new(on.Head.Version, [], decision.Refusal);
            }
            catch (VersionConflictException) when (attempt < Attempts)
            {
                // Another activation was faster and nothing of ours was written: read back, decide again.
            }
        }
    }

    /// <summary>The state as of the last durable entry, and its version.</summary>
    /// <param name="atLeast">A version the caller knows of: after a network split another activation may have written it, and this one must look again.</param>
    public async Task<(long Version, TState State)> ViewAsync(long atLeast = 0)
    {
        if (_known && _durable.Head.Version < atLeast)
        {
            Forget();
        }

        await KnowAsync();
        return (_durable.Head.Version, _durable.State);
    }

    /// <summary>The next call reads everything from the journal; so it is when an append failed, for what is written nobody knows before it is read.</summary>
    public void Forget() => _known = false;

    private Task<Answer<TEvent>> AppendAsync(Standing on, EntryContent<TEvent> entry, DateTimeOffset now)
    {
        var bytes = entry.Write();
        _newest = After(on, on.Head.Then(_stream, now, bytes), entry);
        var decided = new Decided(entry.Request, AnswerOf(entry, _newest.Head.Version), _newest);
        _deciding[entry.Request] = decided.Durable.Task;
        _newestIsDurable = decided.Durable.Task;
        _underway.Add(decided, _journal.AppendAsync(_stream, on.Head, now, bytes));
        return decided.Durable.Task;
    }

    private void Record(IReadOnlyList<Decided> together)
    {
        var before = _durable.Head.Version;
        _durable = together[^1].After;
        _announcer.Announce(_stream, before, _durable.Head.Version, _durable.State,
            together is [var alone] ? alone.Answer.Events : [.. together.SelectMany(decided => decided.Answer.Events)]);
        foreach (var decided in together)
        {
            _written[decided.Request] = decided.Answer.Version;
            _deciding.Remove(decided.Request);
            decided.Durable.SetResult(decided.Answer);
        }

        _shortcut?.Consider(_durable.Head, _durable.State, _written);
    }

    private void Lose(IReadOnlyList<Decided> together, Exception error)
    {
        foreach (var decided in together)
        {
            _deciding.Remove(decided.Request);
            decided.Durable.SetException(error);
        }
    }

    private async Task KnowAsync()
    {
        while (!_known || _reading is not null)
        {
            var reading = _reading ??= ReadBackAsync(); // One reads for all who ask meanwhile.
            try
            {
                await reading;
            }
            finally
            {
                _reading = _reading == reading ? null : _reading;
            }
        }
    }

    /// <summary>At first and after a failed append nothing is believed: what counts is in the journal.</summary>
    private async Task ReadBackAsync()
    {
        await _underway.Settled;
        _known = true; // Who forgets from now on wants it read again.
        Standing read;
        try
        {
            read = (_shortcut is not null && await _shortcut.FindAsync() is { } saved ? await ReadOnAsync(saved) : null) ?? await ReadAllAsync();
        }
        catch (Exception error)
        {
            Forget();
            throw error is DbException ? Unreadable(error) : error;
        }

        (_durable, _newest) = (read, read);
        _announcer.Announce(_stream, 0, read.Head.Version, read.State, happened: null);
    }

    private async Task<Standing> ReadAllAsync()
    {
        _written.Clear();
        var read = _empty;
        await foreach (var (head, entry) in EntriesAfter(0))
        {
            read = Read(read, head, entry);
        }

        return read;
    }

    /// <summary>Null when the journal does not have the entry that the saved state stands on.</summary>
    private async Task<Standing?> ReadOnAsync(Shortcut<TState>.Found saved)
    {
        Standing? read = null;
        await foreach (var (head, entry) in EntriesAfter(saved.Head.Version - 1))
        {
            if (read is not null)
            {
                read = Read(read, head, entry);
            }
            else if (saved.Head.Is(head))
            {
                _written.Clear();
                for (var version = 1L; version <= head.Version; version++)
                {
                    _written[saved.RequestOf(version)] = version;
                }

                read = new(head, saved.State);
                _shortcut?.Confirm(saved);
            }
            else
            {
                return null;
            }
        }

        return read;
    }

    private IAsyncEnumerable<(JournalHead Head, EntryContent<TEvent> Entry)> EntriesAfter(long version) => _journal.ReadAfterAsync(
        _stream, version, stored => (new JournalHead(stored.Version, stored.Hash), EntryContent<TEvent>.Read(stored)), CancellationToken.None);

    private Standing Read(Standing before, JournalHead head, EntryContent<TEvent> entry)
    {
        _written[entry.Request] = head.Version;
        return After(before, head, entry);
    }

    /// <summary>A no writes nothing, so nothing fences off an activation that a network split left behind: it must look before it says no to what another has done.</summary>
    private async Task<bool> IsCurrentAsync(JournalHead head)
    {
        try
        {
            if (await _journal.LastVersionAsync(_stream) == head.Version)
            {
                return true;
            }
        }
        catch (DbException error)
        {
            throw Unreadable(error);
        }

        if (_newest.Head.Version == head.Version)
        {
            Forget(); // The other entry is not one that we have decided meanwhile.
        }

        return false;
    }

    private Standing After(Standing before, JournalHead head, EntryContent<TEvent> entry) => new(head, entry.Events.Aggregate(before.State, _apply));

    private async Task<Answer<TEvent>> WrittenAsync(long version)
    {
        try
        {
            return AnswerOf(EntryContent<TEvent>.Read(await _journal.ReadAfterAsync(_stream, version - 1, CancellationToken.None).FirstAsync()), version);
        }
        catch (DbException error)
        {
            throw Unreadable(error);
        }
    }

    private static JournalUnavailableException Unreadable(Exception error) => new($"The journal cannot be read: {error.Message}", error);

    private static Answer<TEvent> AnswerOf(EntryContent<TEvent> entry, long version) => new(version, entry.Events, entry.Refusal);
}
