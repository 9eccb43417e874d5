using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using Aufruf.Grains.Journal;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Simulation.Promises;

/// <summary>The durable state: every version of every queue, folded from the entries when they reach the disk.</summary>
internal sealed class Truth(World world)
{
    /// <summary>An entry as an auditor reads it; the shell has its own record of the same form.</summary>
    internal sealed record Entry(RequestId Request, IReadOnlyList<QueueEvent> Events, Refusal? Refusal = null);

    private readonly Dictionary<QueueKey, List<Version>> _versions = [];
    private readonly Dictionary<RequestId, (QueueKey Queue, long Version, Entry Entry)> _entries = [];

    public IEnumerable<QueueKey> Queues => _versions.Keys;

    public IReadOnlyDictionary<RequestId, (QueueKey Queue, long Version, Entry Entry)> Entries => _entries;

    public Entry? Of(Guid request) => _entries.TryGetValue(new RequestId(request), out var found) ? found.Entry : null;

    /// <summary>A queue at a version; null when that version is not durable.</summary>
    public Version? At(QueueKey key, long version) =>
        version == 0 ? Version.Empty(key)
        : _versions.TryGetValue(key, out var versions) && version <= versions.Count ? versions[(int)version - 1]
        : null;

    public long LastOf(QueueKey key) => _versions.TryGetValue(key, out var versions) ? versions.Count : 0;

    public Ticket? Ticket(Guid id) => _versions.Values.Select(v => v[^1].Queue.Tickets.GetValueOrDefault(new TicketId(id))).OfType<Ticket>()
        .FirstOrDefault();

    /// <summary>An entry has just become durable.</summary>
    public void Written(JournalEntry stored)
    {
        var entry = JsonSerializer.Deserialize<Entry>(stored.Entry.Span, DomainJson.Options) ?? throw new InvalidDataException(
            "An entry is null.");
        var key = QueueKey.TryParseStream(stored.Stream, out var parsed) ? parsed.Value
            : throw new InvalidDataException($"{stored.Stream} is no queue.");
        var before = At(key, stored.Version - 1) ?? throw new InvalidDataException("A version is missing.");
        world.Tally.Entries++;
        world.Log($"journal: {key.Area} {stored.Version} {entry.Request} {string.Join(' ', entry.Events.Select(Word))} {entry.Refusal}");
        world.Promise(_entries.TryAdd(entry.Request, (key, stored.Version, entry)) || IsIgnoredOnAnotherDay(entry, key), () =>
            $"Request {entry.Request} has an effect twice.");
        world.Witness.CarriedOut(entry, before.Queue, stored.At);

        var now = before;
        foreach (var happened in entry.Events)
        {
            Check(before, now, happened, world.Offices.For(key)!);
            now = now.After(happened);
        }

        Check(now);
        if (!_versions.TryGetValue(key, out var versions))
        {
            _versions[key] = versions = [];
        }

        versions.Add(now);
    }

    // A press settled yesterday, on a full disk that could not delete it: see "Known holes" in the README. It calls no ticket.
    private bool IsIgnoredOnAnotherDay(Entry entry, QueueKey key) =>
        _entries[entry.Request].Queue.Day != key.Day && entry.Events.All(e => e is PressIgnored or TicketIgnored);

    /// <param name="decided">The time of the command: a ticket that is being finished or missed at the counter is not the next one
    /// there.</param>
    private void Check(Version decided, Version before, QueueEvent happened, Setting setting)
    {
        switch (happened)
        {
            case TicketTaken e:
                world.Tally.Tickets++;
                world.Promise(!before.Queue.Tickets.ContainsKey(e.Ticket), () => $"Ticket {e.Ticket} was taken twice.");
                world.Promise(before.Alive.All(t => t.Number != e.Number), () => $"Two living tickets have the number {e.Number}.");
                break;
            case TicketCalled e:
                world.Tally.Calls++;
                var called = before.Queue.Tickets[e.Ticket];
                var isChosen = e.Why?.Kind is WhyKind.Chosen;
                // It came from another area with this entry: here nobody waited before it.
                var isFetched = !isChosen && decided.Queue.Tickets.GetValueOrDefault(e.Ticket) is not { State: TicketState.Waiting };
                world.Promise(called.State is TicketState.Waiting || (isChosen && called.State is TicketState.Parked or TicketState.Pickup),
                    () => $"{called.Number} was called to counter {e.Counter} but did not wait.");
                world.Promise(isChosen || isFetched || decided.IsNext(e.Ticket, setting, e.Counter, e.At), () => $"Counter {e.Counter} "
                    + $"called {called.Number}, but {decided.NextFor(setting, e.Counter, e.At)?.Number} had come before.");
                world.Promise(before.VisitAt(e.Counter) is null, () =>
                    $"{called.Number} was called to counter {e.Counter} while somebody was there.");
                break;
            case TicketResumed e:
                world.Promise(before.Queue.Tickets[e.Ticket].State is TicketState.Parked or TicketState.Pickup, () =>
                    $"{e.Ticket} was gone on with at counter {e.Counter} but was not set aside.");
                world.Promise(before.VisitAt(e.Counter) is null, () =>
                    $"{e.Ticket} was gone on with at counter {e.Counter} while somebody was there.");
                break;
            case StepUndone e:
                world.Promise(before.WhyNotUndone(e) is null, () =>
                    $"A step of counter {e.Counter} was taken back, but {before.WhyNotUndone(e)}.");
                break;
            case TransferAccepted e:
                world.Promise(before.Alive.All(t => t.Id != e.Ticket && t.Number != e.Number), () =>
                    $"{e.Number} came from {e.FromArea} and is here already.");
                break;
            case DayEnded:
                world.Promise(before.Alive.Count == 0, () =>
                    $"The day ended and {before.Alive[0].Number} is {before.Alive[0].State}: nothing waits over night.");
                break;
            case PressIgnored or TicketIgnored:
                world.Tally.Ignored++;
                break;
        }
    }

    private void Check(Version now)
    {
        var places = now.Alive.Where(t => t.AtCounter).ToList();
        world.Promise(places.Select(t => t.Counter).Distinct().Count() == places.Count, () => "Two tickets are at one counter.");
        world.Promise(places.All(t => now.Queue.At(t.Counter!.Value).Ticket == t.Id), () =>
            "A ticket is at a counter that does not know of it.");
        world.Promise(now.Queue.Counters.Values.Count(c => c.Ticket is not null) == places.Count, () =>
            "A counter has a ticket that is not there.");
        world.Promise(now.Queue.Waiting.Count == now.Alive.Count(t => t.State is TicketState.Waiting), () =>
            "The queue miscounts who waits.");
    }

    /// <summary>Whether a clerk sits in another area whose calls are seen in this one.</summary>
    public bool SitsElsewhere(QueueKey queue, Office office, ClerkId clerk) => Last.Any(other => other.Queue.Key.Day == queue.Day
        && other.Queue.Key.Area != queue.Area && office.SeesCalls(queue.Area, other.Queue.Key.Area)
        && other.Queue.SeatOf(clerk) is not null);

    /// <summary>The last durable version of every queue.</summary>
    public IEnumerable<Version> Last => _versions.Values.Select(versions => versions[^1]);

    private static string Word(QueueEvent happened) => happened switch
    {
        TicketTaken e => $"taken {e.Number}",
        TicketCalled e => $"called to {e.Counter}",
        TicketRecalled e => $"recalled to {e.Counter}",
        TicketArrived e => $"arrived at {e.Counter}",
        TicketServed e => $"served at {e.Counter}",
        TicketMissed e => $"missed at {e.Counter}",
        CounterOpened e => $"opened {e.Counter}",
        CounterClosed e => $"closed {e.Counter}",
        PressIgnored e => $"ignored at {e.Counter}",
        TicketIgnored => "ignored",
        _ => happened.GetType().Name,
    };
}
