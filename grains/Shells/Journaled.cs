using System.Data.Common;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Grains.Journal;

namespace Aufruf.Grains;

/// <summary>The shells of aggregates that bring their rules along.</summary>
public static class Journaled
{
    public static Journaled<TState, TCommand, TEvent> Of<TState, TCommand, TEvent>(string stream, IJournal journal,
        IAnnouncer<TState, TEvent> announcer, TimeProvider clock, ISnapshots<TState>? snapshots = null)
        where TState : IAggregate<TState, TCommand, TEvent> where TCommand : class =>
        new(stream, journal, announcer, clock, TState.Empty, (state, command, now) => state.Decide(command, now),
            (state, happened) => state.Apply(happened), snapshots, TState.Compared);
}

/// <summary>The shell of every aggregate: known request -> same answer; decide; append; record; announce; answer.</summary>
/// <remarks>
/// One command at a time; the journal commits the appends of all aggregates together.
/// The simulator runs this class without Orleans, so it keeps the order of its calls itself.
/// </remarks>
public sealed class Journaled<TState, TCommand, TEvent>(
    string stream,
    IJournal journal,
    IAnnouncer<TState, TEvent> announcer,
    TimeProvider clock,
    TState empty,
    Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide,
    Func<TState, TEvent, TState> apply,
    ISnapshots<TState>? snapshots = null,
    Func<TCommand, TCommand?>? compared = null,
    bool keepsAllRequests = false)
{
    // A command that loses against another activation is decided again at most this often.
    private const int Attempts = 3;

    private readonly KnownRequests _requests = new(keepsAllRequests);
    private readonly Snapshot<TState> _beginning = new(JournalHead.Start, [], empty);
    private JournalHead _head = JournalHead.Start;
    private TState _state = empty;
    private bool _isRead;
    private long _lastSaved;
    private long? _savedAt;
    private Task _lastCall = Task.CompletedTask;

    /// <exception cref="JournalUnavailableException">Whether it was written is unknown: repeat it with the same request id.</exception>
    public Task<Answer<TEvent>> Handle(RequestId request, TCommand command) => AfterLastCallAsync(async () =>
    {
        for (var attempt = 1; ; attempt++)
        {
            await ReadAsync();
            try
            {
                return await FindAsync(request) is { } written
                    ? EntryContent<TEvent>.Read(written).AnswerAgain(written.Version, FingerprintOf(command))
                    : await CarryOutAsync(request, command);
            }
            catch (VersionConflictException) when (attempt < Attempts)
            {
                // Another activation was faster and nothing of this command was written: read back, decide again.
            }
        }
    });

    /// <summary>The state after the last entry, and its version.</summary>
    /// <param name="atLeast">A version the caller knows of. Another activation may have written it: then the journal is read again.</param>
    public Task<(long Version, TState State)> ViewAsync(long atLeast = 0) => AfterLastCallAsync(async () =>
    {
        _isRead &= _head.Version >= atLeast;
        await ReadAsync();
        return (_head.Version, _state);
    });

    /// <summary>The next call reads the journal again.</summary>
    public void Forget() => _isRead = false;

    private async Task<Answer<TEvent>> CarryOutAsync(RequestId request, TCommand command)
    {
        var now = clock.GetUtcNow();
        var decision = decide(_state, command, now);
        var entry = new EntryContent<TEvent>(request, decision.Events, decision.Refusal, FingerprintOf(command));
        try
        {
            if (entry.Events.Count == 0)
            {
                await RequireCurrentAsync();
                return entry.AnswerAt(_head.Version);
            }

            Record(await journal.AppendAsync(stream, _head, now, entry.Write()), now, entry);
        }
        catch
        {
            Forget(); // The journal alone knows what was written.
            throw;
        }

        announcer.Announce(stream, _head.Version, _state, entry.Events);
        SaveSometimes();
        return entry.AnswerAt(_head.Version);
    }

    /// <summary>A refusal appends nothing, so the journal would not fence off an activation that a network split left behind.</summary>
    private async Task RequireCurrentAsync()
    {
        if (await journal.LastVersionAsync(stream) != _head.Version)
        {
            throw new VersionConflictException(stream, _head.Version);
        }
    }

    /// <summary>The entry of a request. The place of a recent one is known here, and the journal is asked for older ones.</summary>
    private async Task<JournalEntry?> FindAsync(RequestId request) =>
        _requests.TryGetVersion(request, out var version)
            ? await journal.ReadAsync(stream, version - 1, CancellationToken.None).FirstOrDefaultAsync()
                ?? throw new InvalidDataException($"Entry {version} of {stream} is gone.")
            : _requests.Count == _head.Version ? null : await journal.FindAsync(stream, request);

    /// <summary>Tells whether two commands under one request id are one; null: not compared.</summary>
    private string? FingerprintOf(TCommand command) => (compared is null ? command : compared(command)) is { } same
        ? Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(same, DomainJson.Options)).AsSpan(0, 8)) : null;

    private void Record(JournalHead head, DateTimeOffset at, EntryContent<TEvent> entry)
    {
        try
        {
            _state = entry.Events.Aggregate(_state, apply);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or ArgumentException
            or NullReferenceException or UnreachableException)
        {
            throw new InvalidDataException($"Entry {head.Version} of {stream} does not follow from the entries before it.", error);
        }

        _head = head;
        _requests.Add(entry.Request, head.Version, at);
    }

    private async Task ReadAsync()
    {
        if (_isRead)
        {
            return;
        }

        var saved = snapshots is null ? null : await snapshots.FindAsync(stream);
        if (saved is null || !_requests.Suffices(saved.Requests.Count, saved.Head.Version) || !await ReadAfterAsync(saved))
        {
            await ReadAfterAsync(_beginning);
        }

        _isRead = true;
        announcer.Announce(stream, _head.Version, _state, happened: null);
    }

    /// <summary>False: the journal does not have the entry that the snapshot stands on.</summary>
    private async Task<bool> ReadAfterAsync(Snapshot<TState> snapshot)
    {
        (_head, _state, _lastSaved) = (snapshot.Head, snapshot.State, snapshot.Head.Version);
        _requests.Restore(snapshot.Requests, snapshot.Head.Version, clock.GetUtcNow());

        var isConfirmed = snapshot.Head.Version == 0;
        await foreach (var stored in journal.ReadAsync(stream, snapshot.Head.Version - 1, CancellationToken.None))
        {
            var head = new JournalHead(stored.Version, stored.Hash);
            if (isConfirmed)
            {
                RequireAuthentic(stored, head);
                Record(head, stored.At, EntryContent<TEvent>.Read(stored));
            }
            else if (head.Is(snapshot.Head))
            {
                isConfirmed = true;
            }
            else
            {
                return false;
            }
        }

        return isConfirmed;
    }

    /// <summary>A hash costs a microsecond, so the chain is verified whenever a stream is read.</summary>
    private void RequireAuthentic(JournalEntry stored, JournalHead head)
    {
        if (!_head.Then(stream, stored.At, stored.Entry.Span).Is(head))
        {
            throw new InvalidDataException($"Entry {stored.Version} of {stream} was changed, or the entry before it was cut out.");
        }
    }

    private void SaveSometimes()
    {
        if (snapshots is not null && _head.Version - _lastSaved >= snapshots.EntriesApart
            && (_savedAt is not { } before || clock.GetElapsedTime(before) >= snapshots.TimeApart))
        {
            (_lastSaved, _savedAt) = (_head.Version, clock.GetTimestamp());
            snapshots.Save(stream, new(_head, _requests.InOrder, _state));
        }
    }

    private Task<T> AfterLastCallAsync<T>(Func<Task<T>> call)
    {
        var next = AfterAsync(_lastCall);
        _lastCall = next;
        return next;

        async Task<T> AfterAsync(Task last)
        {
            await last.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                return await call();
            }
            catch (DbException error)
            {
                throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
            }
            catch (InvalidDataException error)
            {
                throw UnreadableStreamException.Because(error);
            }
        }
    }
}
