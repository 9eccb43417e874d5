namespace Aufruf.Domain.Queues;

/// <summary>One waiting area on one day: its tickets, its counters and the order of calls. Numbers start at 1 every day.</summary>
/// <remarks>
/// Immutable: every event gives a new queue that shares what did not change.
/// This file holds the state, its indexes and the dispatch; each ability stands in a file of its own with its rules, limits and refusals.
/// </remarks>
[JsonConverter(typeof(QueueJson))]
public sealed record Queue : ISaved
{
    private Queue(QueueKey key) => Key = key;

    public static Queue Empty(QueueKey key) => new(key);

    /// <summary>The number of the queue's JSON form. It changes with the form and with what an event makes of a queue.</summary>
    public const int Schema = 9;

    static int ISaved.Schema => Schema;

    /// <summary>A day that is over is not read again; only the last one before a long weekend may still have to end.</summary>
    static TimeSpan? ISaved.UsefulFor => TimeSpan.FromDays(4);

    public QueueKey Key { get; }

    /// <summary>Every ticket of the day.</summary>
    public ImmutableDictionary<TicketId, Ticket> Tickets { get; private init; } = ImmutableDictionary<TicketId, Ticket>.Empty;

    /// <summary>Every counter that was used today.</summary>
    public ImmutableDictionary<CounterId, CounterState> Counters { get; internal init; } =
        ImmutableDictionary<CounterId, CounterState>.Empty;

    /// <summary>The waiting tickets in the order of calls.</summary>
    public Waiting Waiting { get; private init; } = Waiting.None;

    /// <summary>How many calls were made today; recalls do not count.</summary>
    public long CallsMade { get; internal init; }

    /// <summary>Services for which no tickets are given now.</summary>
    public ImmutableDictionary<ServiceId, StopKind> Stopped { get; internal init; } = ImmutableDictionary<ServiceId, StopKind>.Empty;

    /// <summary>Calls for help that are not over.</summary>
    public ImmutableDictionary<CounterId, Emergency> Emergencies { get; internal init; } = ImmutableDictionary<CounterId, Emergency>.Empty;

    /// <summary>The day is over: nothing more begins.</summary>
    public bool Ended { get; internal init; }

    /// <summary>Offers of other areas that this one rejected, each with its latest attempt.</summary>
    internal ImmutableDictionary<TicketId, int> RejectedOffers { get; init; } = ImmutableDictionary<TicketId, int>.Empty;

    /// <summary>Tickets between two areas: the other one has not answered.</summary>
    internal ImmutableHashSet<TicketId> Underway { get; private init; } = [];

    /// <summary>Tickets whose citizens are still on their way from home.</summary>
    public ImmutableHashSet<TicketId> Coming { get; private init; } = [];

    private ImmutableDictionary<TicketCode, TicketId> Codes { get; init; } = ImmutableDictionary<TicketCode, TicketId>.Empty;
    private ImmutableHashSet<TicketNumber> NumbersInUse { get; init; } = [];
    private ImmutableDictionary<char, TicketNumber> LastNumbers { get; init; } = ImmutableDictionary<char, TicketNumber>.Empty;
    private ImmutableDictionary<ServiceId, int> Taken { get; init; } = ImmutableDictionary<ServiceId, int>.Empty;

    /// <summary>The state of a counter; closed and unused when nothing happened there today.</summary>
    public CounterState At(CounterId counter) => Counters.GetValueOrDefault(counter) ?? new CounterState(counter, FirstRevision);

    /// <summary>The ticket called to or served at a counter; null when there is none.</summary>
    public Ticket? VisitAt(CounterId counter) => At(counter).Ticket is { } id ? Tickets[id] : null;

    /// <summary>How many visits were finished at a counter today.</summary>
    public int ServedAt(CounterId counter) => At(counter).Served;

    public Ticket? Find(TicketCode code) => Codes.TryGetValue(code, out var id) ? Tickets[id] : null;

    /// <summary>How many tickets were taken for a service today, as its daily cap counts them.</summary>
    public int TakenFor(ServiceId service) => Taken.GetValueOrDefault(service);

    // Revisions grow over days, so a sign that was off over night does not show yesterday's. A day has fewer than 100,000 changes.
    private long FirstRevision => Key.Day.DayNumber * 100_000L;

    internal static Decision<QueueEvent> NothingToDo { get; } = new([]);

    /// <summary>The events that a command leads to, or the reason why it is refused.</summary>
    public Decision<QueueEvent> Decide(QueueCommand command, Setting setting, DateTimeOffset now) =>
        Fetching.SentHome(this, DecideHere(command, setting, now), setting, now);

    private Decision<QueueEvent> DecideHere(QueueCommand command, Setting setting, DateTimeOffset now) => command switch
    {
        AtCounter { WaitsElsewhere: true } => Refusal.NobodyWaiting,
        TakeTicket c when now > c.NotAfter => Outdated.Decide(new IgnoreTicket(c.Service, Refusal.TooLate), now),
        AtCounter c when now > c.NotAfter => Outdated.Decide(c, Refusal.TooLate, now),
        TakeTicket c => Taking.Decide(this, c, setting, now),
        CheckIn c => Taking.Decide(this, c, setting, now),
        TakeAtHome c => ComingFromHome.Decide(this, c, setting, now),
        EndLate => ComingFromHome.Decide(this, now),
        Fetch c => Fetching.Decide(this, c, setting, now),
        OfferTransfer c => Transfers.Decide(this, c, setting, now),
        CloseTransfer c => Transfers.Decide(this, c, now),
        ReleaseTransfer c => Withdrawing.Decide(this, c, now),
        CloseWithdrawal c => Withdrawing.Decide(this, c, now),
        StopService c => Stopping.Decide(this, c, setting, now),
        ReleaseService c => Stopping.Decide(this, c, now),
        EndDay => EndOfDay.Decide(this, now),
        IgnorePress c => Outdated.Decide(c, now),
        IgnoreTicket c => Outdated.Decide(c, now),
        OfTicket c => Tickets.TryGetValue(c.Ticket, out var ticket) ? DecideOf(ticket, c, setting, now) : Refusal.UnknownTicket,
        AtCounter c => Staffing.Named(c, DecideAt(c, setting, now), now),
        _ => throw new UnreachableException(),
    };

    private Decision<QueueEvent> DecideOf(Ticket ticket, OfTicket command, Setting setting, DateTimeOffset now) => command switch
    {
        ComeIn c => ComingFromHome.Decide(this, c, ticket, setting, now),
        UndoComeIn c => ComingFromHome.Decide(c, ticket, now),
        Reactivate => Missing.Decide(this, ticket, setting, now),
        Cancel c => TicketChanges.Decide(c, ticket, now),
        Prioritise c => TicketChanges.Decide(c, ticket, setting, now),
        Mend c => Mending.Decide(c, ticket, setting, now),
        SendOn c => Mending.Decide(this, c, ticket, setting, now),
        Notify c => Notifying.Decide(this, c, ticket, setting, now),
        WritePerson or WriteRemark or AttachCase => TicketChanges.DecideWritten(this, command, ticket, setting, now),
        _ => throw new UnreachableException(),
    };

    private Decision<QueueEvent> DecideAt(AtCounter command, Setting setting, DateTimeOffset now) => command switch
    {
        // A call for help is answered and ended even when its counter has left the configuration.
        AcceptEmergency c => EmergencyCalls.Decide(this, c, setting, now),
        EndEmergency c => EmergencyCalls.Decide(this, c, now),
        _ when setting.Area.Counter(command.Counter) is null && !Staffing.IsStillUsed(this, command) => Refusal.UnknownCounter,
        RaiseEmergency c => EmergencyCalls.Decide(this, c, now),
        _ when Staffing.IsTakenByAnother(this, command) => Refusal.CounterTaken,
        { Seen: { } seen } when seen != At(command.Counter).Revision => Outdated.Decide(command, Refusal.StaleFace, now),
        _ when Outdated.IsTooSoon(this, command, setting, now) => Outdated.Decide(command, Refusal.TooSoon, now),
        CallNext or CallTicket or Resume or ReopenVisit or OpenCounter or CloseCounter or LogIn or SetPresence
            when this.IsOver(setting, now) => Refusal.DayIsOver,
        CallNext c => Calling.Decide(this, c, setting, now),
        CallTicket c => Calling.Decide(this, c, setting, now),
        Resume c => Parking.Decide(this, c, now),
        ReopenVisit c => Reopening.Decide(this, c, now),
        OpenCounter c => Staffing.Decide(this, c, now),
        CloseCounter c => Staffing.Decide(this, c, now),
        LogIn c => Staffing.Decide(this, c, setting, now),
        SetPresence c => Staffing.Decide(this, c, now),
        UndoStep c => Undoing.Decide(this, c, now),
        _ => VisitAt(command.Counter) is { } visit ? DecideFor(visit, command, setting, now) : Refusal.CounterIdle,
    };

    private Decision<QueueEvent> DecideFor(Ticket visit, AtCounter command, Setting setting, DateTimeOffset now) => command switch
    {
        Recall c => Calling.Decide(c, visit, now),
        MarkArrived c => Serving.Decide(c, visit, now),
        SwitchService c => Serving.Decide(c, visit, setting, now),
        Finish c => Serving.Decide(this, c, visit, setting, now),
        MarkMissed c => Missing.Decide(this, c, visit, setting, now),
        ReturnTicket c => Returning.Decide(this, c, visit, setting, now),
        Park c => Parking.Decide(this, c, visit, setting, now),
        Transfer c => Transfers.Decide(this, c, visit, setting, now),
        _ => throw new UnreachableException(),
    };

    /// <summary>The queue after an event.</summary>
    public Queue Apply(QueueEvent happened) => happened switch
    {
        TicketTaken e => Taking.Apply(this, e),
        CheckedIn e => Taking.Apply(this, e),
        ServicesChosen e => Taking.Apply(this, e),
        TicketTakenAtHome e => ComingFromHome.Apply(this, e),
        CameIn e => ComingFromHome.Apply(this, e),
        CameInUndone e => ComingFromHome.Apply(this, e),
        TicketLapsed e => ComingFromHome.Apply(this, e),
        TicketCalled e => Calling.Apply(this, e),
        TicketRecalled e => Calling.Apply(this, e),
        TicketArrived e => Serving.Apply(this, e),
        ServiceSwitched e => Serving.Apply(this, e),
        ServicesGiven e => Serving.Apply(this, e),
        TicketServed e => Serving.Apply(this, e),
        PickupPromised e => Serving.Apply(this, e),
        TicketMissed e => Missing.Apply(this, e),
        TicketReactivated e => Missing.Apply(this, e),
        TicketReopened e => Reopening.Apply(this, e),
        TicketReturned e => Returning.Apply(this, e),
        TicketParked e => Parking.Apply(this, e),
        TicketResumed e => Parking.Apply(this, e),
        TicketTransferred e => Transfers.Apply(this, e),
        TransferAccepted e => Transfers.Apply(this, e),
        TransferRejected e => Transfers.Apply(this, e),
        TransferClosed e => Transfers.Apply(this, e),
        TransferWithdrawn e => Withdrawing.Apply(this, e),
        TransferReleased e => Withdrawing.Apply(this, e),
        StepUndone e => Undoing.Apply(this, e),
        TicketCancelled e => TicketChanges.Apply(this, e),
        PriorityGiven e => TicketChanges.Apply(this, e),
        RemarkWritten e => TicketChanges.Apply(this, e),
        PersonWritten e => TicketChanges.Apply(this, e),
        CaseAttached e => TicketChanges.Apply(this, e),
        TicketMended e => Mending.Apply(this, e),
        TicketSentOn e => Mending.Apply(this, e),
        TicketFetched e => Fetching.Apply(this, e),
        TicketSentHome e => Fetching.Apply(this, e),
        CitizenNotified e => Notifying.Apply(this, e),
        CounterOpened e => Staffing.Apply(this, e),
        CounterClosed e => Staffing.Apply(this, e),
        ClerkLoggedIn e => Staffing.Apply(this, e),
        PresenceChanged e => Staffing.Apply(this, e),
        EmergencyRaised e => EmergencyCalls.Apply(this, e),
        EmergencyAccepted e => EmergencyCalls.Apply(this, e),
        EmergencyEnded e => EmergencyCalls.Apply(this, e),
        ServiceStopped e => Stopping.Apply(this, e),
        ServiceReleased e => Stopping.Apply(this, e),
        VisitCutOff e => EndOfDay.Apply(this, e),
        TicketExpired e => EndOfDay.Apply(this, e),
        DayEnded => EndOfDay.Apply(this),
        ForecastGiven or PressIgnored or TicketIgnored or ActedElsewhere => this,
        _ => throw new UnreachableException(),
    };

    /// <summary>One ticket more.</summary>
    internal Queue WithNew(Ticket ticket) => this with
    {
        Tickets = Tickets.Add(ticket.Id, ticket),
        Codes = Codes.SetItem(ticket.Code, ticket.Id),
        NumbersInUse = ticket.KeepsNumber ? NumbersInUse.Add(ticket.Number) : NumbersInUse,
        Waiting = ticket.State is TicketState.Waiting ? Waiting.Add(ticket) : Waiting,
        Coming = ticket.State is TicketState.Coming ? Coming.Add(ticket.Id) : Coming,
        LastNumbers = ticket.FromArea is null ? LastNumbers.SetItem(ticket.Number.Letter, ticket.Number) : LastNumbers,
        Taken = ticket.CountsForCap ? Taken.SetItem(ticket.Wanted, TakenFor(ticket.Wanted) + 1) : Taken,
    };

    /// <summary>One ticket has changed; the indexes follow.</summary>
    /// <param name="changed">The ticket now.</param>
    /// <param name="isFinal">The step before can no longer be undone.</param>
    internal Queue With(Ticket changed, bool isFinal = true)
    {
        var before = Tickets[changed.Id];
        var after = changed with { Changes = before.Changes + (isFinal ? 1 : 0) };
        var waiting = before.State is TicketState.Waiting ? Waiting.Remove(before) : Waiting;
        return this with
        {
            Tickets = Tickets.SetItem(after.Id, after),
            NumbersInUse = (before.KeepsNumber, after.KeepsNumber) switch
            {
                (true, false) => NumbersInUse.Remove(after.Number),
                (false, true) => NumbersInUse.Add(after.Number),
                _ => NumbersInUse, // The number of a finished ticket may belong to another one by now.
            },
            Taken = before.CountsForCap == after.CountsForCap ? Taken
                : Taken.SetItem(after.Wanted, TakenFor(after.Wanted) + (after.CountsForCap ? 1 : -1)),
            Waiting = after.State is TicketState.Waiting ? waiting.Add(after) : waiting,
            Coming = after.State is TicketState.Coming ? Coming.Add(after.Id) : Coming.Remove(after.Id),
            Underway = after.IsUnderway ? Underway.Add(after.Id) : Underway.Remove(after.Id),
        };
    }

    /// <summary>Something has changed at a counter; its revision grows.</summary>
    internal Queue With(CounterId counter, Func<CounterState, CounterState> change)
    {
        var before = At(counter);
        return this with { Counters = Counters.SetItem(counter, change(before with { Revision = before.Revision + 1 })) };
    }

    /// <summary>The first number after the last one of its letter that no ticket keeps; null when all are in use.</summary>
    internal TicketNumber? FreeNumber(char letter)
    {
        var number = LastNumbers.GetValueOrDefault(letter, new TicketNumber(letter, 0)).Following;
        for (var tried = 0; tried < TicketNumber.Highest; tried++, number = number.Following)
        {
            if (!NumbersInUse.Contains(number))
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>Whether a ticket other than this one keeps a number.</summary>
    internal bool IsTakenByAnother(TicketNumber number, TicketId ticket) => NumbersInUse.Contains(number)
        && !(Tickets.TryGetValue(ticket, out var own) && own.KeepsNumber && own.Number == number);

    internal static Queue Restore(QueueSnapshot snapshot)
    {
        Ticket[] tickets = [.. snapshot.Tickets.OrderBy(t => t.Place)];
        var begunHere = tickets.Where(t => t.FromArea is null).ToArray();
        return new Queue(snapshot.Key)
        {
            Tickets = tickets.ToImmutableDictionary(t => t.Id),
            Codes = ImmutableDictionary<TicketCode, TicketId>.Empty.SetItems(tickets.Select(t => KeyValuePair.Create(t.Code, t.Id))),
            Counters = snapshot.Counters.ToImmutableDictionary(c => c.Id),
            NumbersInUse = [.. tickets.Where(t => t.KeepsNumber).Select(t => t.Number)],
            Waiting = tickets.Where(t => t.State is TicketState.Waiting).Aggregate(Waiting.None, (waiting, t) => waiting.Add(t)),
            Coming = [.. tickets.Where(t => t.State is TicketState.Coming).Select(t => t.Id)],
            LastNumbers = begunHere.GroupBy(t => t.Number.Letter).ToImmutableDictionary(g => g.Key, g => g.Last().Number),
            Taken = begunHere.Where(t => t.CountsForCap).GroupBy(t => t.Wanted).ToImmutableDictionary(g => g.Key, g => g.Count()),
            Underway = [.. tickets.Where(t => t.IsUnderway).Select(t => t.Id)],
            CallsMade = snapshot.CallsMade,
            Stopped = snapshot.Stopped.ToImmutableDictionary(),
            Emergencies = snapshot.Emergencies.ToImmutableDictionary(e => e.Counter),
            RejectedOffers = snapshot.RejectedOffers.ToImmutableDictionary(r => r.Ticket, r => r.Attempt),
            Ended = snapshot.Ended,
        };
    }
}
