using System.Data.Common;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Grains.Journal;

namespace Aufruf.Grains;

/// <summary>The shell every aggregate lives in: known request -> same answer; decide; append; record; announce.</summary>
/// <remarks>One call at a time: a grain sees to that, and so does the simulator, which runs this very class without Orleans.</remarks>
public sealed class Journaled<TState, TCommand, TEvent>(
    string stream,
    IJournal journal,
    IAnnouncer<TState, TEvent> announcer,
    TimeProvider clock,
    TState empty,
    Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide,
    Func<TState, TEvent, TState> apply)
{
    /// <summary>What one request changed, as it stands in the journal.</summary>
    private sealed record Entry(RequestId Request, IReadOnlyList<TEvent> Events, Refusal? Refusal = null);

    // A lost race is decided again at most this often before the caller hears of it.
    private const int Attempts = 3;

    private readonly Dictionary<RequestId, Answer<TEvent>> _answered = [];
    private readonly TState _empty = empty;
    private JournalHead _head = JournalHead.Start;
    private TState _state = empty;
    private bool _known;

    public async Task<Answer<TEvent>> Handle(RequestId request, TCommand command)
    {
        for (var attempt = 1; ; attempt++)
        {
            await ReadBackAsync();
            if (_answered.TryGetValue(request, out var before))
            {
                return before; // MQTT may deliver a press twice: same request, same answer.
            }

            var now = clock.GetUtcNow();
            var decision = decide(_state, command, now);
            if (decision.Events.Count == 0)
            {
                if (attempt < Attempts && !await IsCurrentAsync())
                {
                    Forget();
                    continue;
                }

                return new(_head.Version, [], decision.Refusal);
            }

            var entry = new Entry(request, decision.Events, decision.Refusal);
            try
            {
                _known = false; // Until the append returns nobody knows what is written.
                _head = await journal.AppendAsync(stream, _head, now, JsonSerializer.SerializeToUtf8Bytes(entry, DomainJson.Options));
                _known = true;
            }
            catch (VersionConflictException) when (attempt < Attempts)
            {
                continue; // Another activation was faster and nothing of ours was written: read back, decide again.
            }

            var answer = Record(entry);
            announcer.Announce(stream, _head.Version, _state, entry.Events);
            return answer;
        }
    }

    /// <summary>The state as of the last durable entry, and its version.</summary>
    /// <param name="atLeast">A version the caller knows of: after a network split another activation may have written it, and this one must look again.</param>
    public async Task<(long Version, TState State)> ViewAsync(long atLeast = 0)
    {
        if (_known && _head.Version < atLeast)
        {
            Forget();
        }

        await ReadBackAsync();
        return (_head.Version, _state);
    }

    /// <summary>The next call reads everything from the journal.</summary>
    public void Forget() => _known = false;

    /// <summary>At first and after a failed append nothing is believed: all is read from the journal.</summary>
    private async Task ReadBackAsync()
    {
        if (_known)
        {
            return;
        }

        (_state, _head) = (_empty, JournalHead.Start);
        _answered.Clear();
        try
        {
            await foreach (var stored in journal.ReadAsync(stream, CancellationToken.None))
            {
                _head = new JournalHead(stored.Version, stored.Hash);
                Record(JsonSerializer.Deserialize<Entry>(stored.Entry.Span, DomainJson.Options)
                    ?? throw new InvalidDataException($"Entry {stored.Version} of {stream} is null."));
            }
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }

        _known = true;
        announcer.Announce(stream, _head.Version, _state, happened: null);
    }

    /// <summary>A no writes nothing, so nothing fences off an activation that a network split left behind: it must look before it says no to what another has done.</summary>
    private async Task<bool> IsCurrentAsync()
    {
        try
        {
            return await journal.LastVersionAsync(stream) == _head.Version;
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }

    private Answer<TEvent> Record(Entry entry)
    {
        _state = entry.Events.Aggregate(_state, apply);
        return _answered[entry.Request] = new Answer<TEvent>(_head.Version, entry.Events, entry.Refusal);
    }
}
