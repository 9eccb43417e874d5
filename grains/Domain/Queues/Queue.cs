using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Aufruf.Domain.Offices;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Queues;

/// <summary>One waiting area on one day: who waits, and who is called where. Numbers start at 1 every day.</summary>
/// <remarks>
/// Immutable: every event gives a new queue that shares what did not change, so a screen may keep the one it has shown.
/// What one can do with it stands in the files beside this one, one ability each.
/// </remarks>
[JsonConverter(typeof(QueueJson))]
public sealed partial record Queue
{
    private Queue(QueueKey key) => Key = key;

    public static Queue Empty(QueueKey key) => new(key);

    public QueueKey Key { get; }

    /// <summary>Every ticket of the day.</summary>
    public TicketCollection Tickets { get; private init; } = TicketCollection.New();

    /// <summary>Every counter that was used today.</summary>
    public ImmutableDictionary<CounterId, CounterState> Counters { get; private init; } = ImmutableDictionary<CounterId, CounterState>.Empty;

    /// <summary>Who waits.</summary>
    public Waiting Waiting { get; private init; } = Waiting.None;

    /// <summary>How many calls were made today, recalls not counted.</summary>
    public long CallsMade { get; private init; }

    /// <summary>Services for which no tickets are given now.</summary>
    public ImmutableDictionary<ServiceId, StopKind> Stopped { get; private init; } = ImmutableDictionary<ServiceId, StopKind>.Empty;

    /// <summary>Calls for help that are not over.</summary>
    public ImmutableDictionary<CounterId, Emergency> Emergencies { get; private init; } = ImmutableDictionary<CounterId, Emergency>.Empty;

    /// <summary>Tickets that another area has not confirmed yet.</summary>
    public ImmutableHashSet<TicketId> OnTheirWay { get; private init; } = [];

    /// <summary>The day is over: nothing more begins.</summary>
    public bool Ended { get; private init; }

    /// <summary>Other areas' tickets that could not be had here, and in which journey.</summary>
    internal ImmutableDictionary<TicketId, int> Declined { get; private init; } = ImmutableDictionary<TicketId, int>.Empty;

    private NumbersInUse Numbers { get; init; } = NumbersInUse.None;
    private ImmutableDictionary<char, TicketNumber> LastNumbers { get; init; } = ImmutableDictionary<char, TicketNumber>.Empty;
    private ImmutableDictionary<ServiceId, int> Wanted { get; init; } = ImmutableDictionary<ServiceId, int>.Empty;

    /// <summary>The state of a counter; closed and unused when nothing happened there today.</summary>
    public CounterState At(CounterId counter) => Counters.GetValueOrDefault(counter) ?? new CounterState(counter, FirstRevision);

    /// <summary>The ticket called to or served at a counter; null when there is none.</summary>
    public Ticket? VisitAt(CounterId counter) => At(counter).Ticket is { } id ? Tickets[id] : null;

    /// <summary>How many visits were finished at a counter today.</summary>
    public int ServedAt(CounterId counter) => At(counter).Served;

    public Ticket? Find(TicketCode code) => Tickets.Find(code);

    /// <summary>How many tickets were taken for a service today.</summary>
    public int TakenFor(ServiceId service) => Wanted.GetValueOrDefault(service);

    // A day never has 100,000 changes at one counter; so revisions grow over days, and a sign that was off over night ignores yesterday's.
    private long FirstRevision => Key.Day.DayNumber * 100_000L;

    private static readonly Decision<QueueEvent> NothingToDo = new([]);

    /// <summary>What a wish leads to: facts to record, or the reason why not.</summary>
    public Decision<QueueEvent> Decide(QueueCommand command, Setting setting, DateTimeOffset now) => command switch
    {
        IgnorePress wish => new([new PressIgnored(wish.Counter, wish.Reason, now)], wish.Reason),
        IgnoreTicket wish => new([new TicketIgnored(wish.Service, wish.Reason, now)], wish.Reason),
        ConfirmTakeOver wish => Settle(wish, now),
        EndDay => End(now),
        TakeTicket wish => Take(wish, setting, now),
        CheckIn wish => Admit(wish, setting, now),
        TakeOver wish => Receive(wish, setting, now),
        StopService or ReleaseService => DecideStop(command, setting, now),
        OfTicket wish => DecideTicket(wish, setting, now),
        AtCounter wish => DecideAtCounter(wish, setting, now),
        _ => throw new UnreachableException(),
    };

    private Decision<QueueEvent> DecideAtCounter(AtCounter command, Setting setting, DateTimeOffset now) => command switch
    {
        AcceptEmergency or EndEmergency => DecideEmergency(command, setting, now), // Also at a counter that has left the configuration since.
        { } wish when setting.Area.Counter(wish.Counter) is null && !IsStillUsed(wish) => Refusal.UnknownCounter,
        RaiseEmergency => DecideEmergency(command, setting, now),
        { Seen: { } seen } wish when seen != At(wish.Counter).Revision => new([new PressIgnored(wish.Counter, Refusal.StaleFace, now)], Refusal.StaleFace),
        CallNext or CallTicket or Resume when Ended => Refusal.DayIsOver,
        CallNext wish => Call(wish, setting, now),
        CallTicket wish => Call(wish, setting, now),
        Resume wish => GoOn(wish, now),
        OpenCounter or CloseCounter or LogIn or SetPresence => DecidePresence(command, setting, now),
        UndoStep wish => Undo(wish, now),
        { } wish when VisitAt(wish.Counter) is { } visit => DecideVisit(wish, visit, setting, now),
        _ => Refusal.CounterIdle,
    };

    /// <summary>A counter that left the configuration: what is open there can still be finished, and then it can be closed.</summary>
    private bool IsStillUsed(AtCounter wish) => At(wish.Counter).Ticket is not null || (wish is CloseCounter && At(wish.Counter).Open);

    /// <summary>The queue after a fact.</summary>
    public Queue Apply(QueueEvent happened) => happened switch
    {
        TicketTaken or CheckedIn or TicketTakenOver or TakeOverDeclined or TakeOverConfirmed or TakeOverRefused or ForecastGiven or ServicesChosen => ApplyTaking(happened),
        TicketCalled or TicketRecalled or TicketArrived or TicketResumed => ApplyCalling(happened),
        ServicesGiven or ServiceSwitched or TicketServed or TicketMissed or PickupPromised or TicketReturned or TicketParked or TicketTransferred => ApplyVisit(happened),
        StepUndone e => Undone(e),
        TicketReactivated or TicketCancelled or PriorityGiven or RemarkWritten => ApplyTicket(happened),
        CounterOpened or CounterClosed or ClerkLoggedIn or PresenceChanged => ApplyPresence(happened),
        EmergencyRaised or EmergencyAccepted or EmergencyEnded => ApplyEmergency(happened),
        ServiceStopped e => this with { Stopped = Stopped.SetItem(e.Service, e.Kind) },
        ServiceReleased e => this with { Stopped = Stopped.Remove(e.Service) },
        VisitCutOff or TicketExpired or DayEnded => ApplyEnding(happened),
        PressIgnored or TicketIgnored => this,
        _ => throw new UnreachableException(),
    };

    private Queue Touched(CounterId counter, Func<CounterState, CounterState> change) => this with { Counters = CountersAfter(counter, change) };

    private ImmutableDictionary<CounterId, CounterState> CountersAfter(CounterId counter, Func<CounterState, CounterState> change)
    {
        var before = At(counter);
        return Counters.SetItem(counter, change(before with { Revision = before.Revision + 1 }));
    }

    private Queue Joined(Ticket ticket) => this with
    {
        Tickets = Tickets.Add(ticket),
        Numbers = ticket.KeepsNumber ? Numbers.Add(ticket.Number) : Numbers,
        Waiting = ticket.State is TicketState.Waiting ? Waiting.Add(ticket) : Waiting,
        LastNumbers = ticket.FromArea is null ? LastNumbers.SetItem(ticket.Number.Letter, ticket.Number) : LastNumbers,
        Wanted = ticket.FromArea is null ? Wanted.SetItem(ticket.Wanted, TakenFor(ticket.Wanted) + 1) : Wanted,
        OnTheirWay = ticket.OnItsWay is null ? OnTheirWay : OnTheirWay.Add(ticket.Id),
    };

    /// <summary>One ticket is different now; everything that is found through it follows.</summary>
    /// <param name="after">A copy that nobody else has: its changes are counted here.</param>
    /// <param name="touches">The counter at which it happened; null: at none.</param>
    /// <param name="change">What is different there, besides the revision.</param>
    private Queue Changed(
        Ticket after, CounterId? touches = null, Func<CounterState, CounterState>? change = null, int calls = 0)
    {
        var before = Tickets[after.Id];
        after.Changes = before.Changes + 1;
        var waiting = before.State is TicketState.Waiting ? Waiting.Remove(before) : Waiting;
        return this with
        {
            Counters = touches is { } counter ? CountersAfter(counter, change ?? (c => c)) : Counters,
            CallsMade = CallsMade + calls,
            Tickets = Tickets.Set(after),
            Numbers = (before.KeepsNumber, after.KeepsNumber) switch
            {
                (true, false) => Numbers.Remove(after.Number),
                (false, true) => Numbers.Add(after.Number),
                _ => Numbers, // A dead ticket's number may be somebody else's by now.
            },
            Waiting = after.State is TicketState.Waiting ? waiting.Add(after) : waiting,
            OnTheirWay = after.OnItsWay is not null ? OnTheirWay.Add(after.Id) : OnTheirWay.IsEmpty ? OnTheirWay : OnTheirWay.Remove(after.Id),
        };
    }

    /// <summary>The same queue from its parts, as it comes from another hub or from before a restart.</summary>
    internal static Queue Restore(QueueKey key, IEnumerable<Ticket> tickets, IReadOnlyList<CounterState> counters, Rest rest)
    {
        Ticket[] all = [.. tickets.OrderBy(t => t.Place)];
        var begunHere = all.Where(t => t.FromArea is null).ToArray();
        return new Queue(key)
        {
            Tickets = TicketCollection.Of(all),
            Counters = counters.ToImmutableDictionary(c => c.Id),
            Numbers = all.Where(t => t.KeepsNumber).Aggregate(NumbersInUse.None, (numbers, ticket) => numbers.Add(ticket.Number)),
            Waiting = all.Where(t => t.State is TicketState.Waiting).Aggregate(Waiting.None, (waiting, ticket) => waiting.Add(ticket)),
            LastNumbers = begunHere.GroupBy(t => t.Number.Letter).ToImmutableDictionary(g => g.Key, g => g.Last().Number),
            Wanted = begunHere.GroupBy(t => t.Wanted).ToImmutableDictionary(g => g.Key, g => g.Count()),
            OnTheirWay = [.. all.Where(t => t.OnItsWay is not null).Select(t => t.Id)],
            CallsMade = rest.CallsMade,
            Stopped = rest.Stopped.ToImmutableDictionary(),
            Emergencies = rest.Emergencies.ToImmutableDictionary(e => e.Counter),
            Declined = rest.Declined.ToImmutableDictionary(d => d.Ticket, d => d.Journey),
            Ended = rest.Ended,
        };
    }

    internal Rest Others => new(CallsMade, Stopped, [.. Emergencies.Values], [.. Declined.Select(d => new No(d.Key, d.Value))], Ended);

    /// <summary>What is neither a ticket nor a counter.</summary>
    internal sealed record Rest(
        long CallsMade, IReadOnlyDictionary<ServiceId, StopKind> Stopped, IReadOnlyList<Emergency> Emergencies,
        IReadOnlyList<No> Declined, bool Ended);

    internal sealed record No(TicketId Ticket, int Journey);
}
