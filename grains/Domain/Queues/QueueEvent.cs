namespace Aufruf.Domain.Queues;

/// <summary>Facts of one queue, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(TicketTaken), "ticket-taken")]
[JsonDerivedType(typeof(CheckedIn), "checked-in")]
[JsonDerivedType(typeof(TicketTakenAtHome), "ticket-taken-at-home")]
[JsonDerivedType(typeof(CameIn), "came-in")]
[JsonDerivedType(typeof(CameInUndone), "came-in-undone")]
[JsonDerivedType(typeof(TicketLapsed), "ticket-lapsed")]
[JsonDerivedType(typeof(TransferAccepted), "transfer-accepted")]
[JsonDerivedType(typeof(TransferRejected), "transfer-rejected")]
[JsonDerivedType(typeof(TransferClosed), "transfer-closed")]
[JsonDerivedType(typeof(TransferWithdrawn), "transfer-withdrawn")]
[JsonDerivedType(typeof(TransferReleased), "transfer-released")]
[JsonDerivedType(typeof(ForecastGiven), "forecast-given")]
[JsonDerivedType(typeof(TicketCalled), "ticket-called")]
[JsonDerivedType(typeof(TicketRecalled), "ticket-recalled")]
[JsonDerivedType(typeof(TicketArrived), "ticket-arrived")]
[JsonDerivedType(typeof(ServicesGiven), "services-given")]
[JsonDerivedType(typeof(TicketServed), "ticket-served")]
[JsonDerivedType(typeof(PickupPromised), "pickup-promised")]
[JsonDerivedType(typeof(TicketMissed), "ticket-missed")]
[JsonDerivedType(typeof(TicketReturned), "ticket-returned")]
[JsonDerivedType(typeof(TicketParked), "ticket-parked")]
[JsonDerivedType(typeof(TicketResumed), "ticket-resumed")]
[JsonDerivedType(typeof(TicketReopened), "ticket-reopened")]
[JsonDerivedType(typeof(TicketTransferred), "ticket-transferred")]
[JsonDerivedType(typeof(ServiceSwitched), "service-switched")]
[JsonDerivedType(typeof(ServicesChosen), "services-chosen")]
[JsonDerivedType(typeof(StepUndone), "step-undone")]
[JsonDerivedType(typeof(TicketReactivated), "ticket-reactivated")]
[JsonDerivedType(typeof(TicketCancelled), "ticket-cancelled")]
[JsonDerivedType(typeof(PriorityGiven), "priority-given")]
[JsonDerivedType(typeof(RemarkWritten), "remark-written")]
[JsonDerivedType(typeof(PersonWritten), "person-written")]
[JsonDerivedType(typeof(CaseAttached), "case-attached")]
[JsonDerivedType(typeof(TicketMended), "ticket-mended")]
[JsonDerivedType(typeof(TicketSentOn), "ticket-sent-on")]
[JsonDerivedType(typeof(TicketFetched), "ticket-fetched")]
[JsonDerivedType(typeof(TicketSentHome), "ticket-sent-home")]
[JsonDerivedType(typeof(CitizenNotified), "citizen-notified")]
[JsonDerivedType(typeof(CounterOpened), "counter-opened")]
[JsonDerivedType(typeof(CounterClosed), "counter-closed")]
[JsonDerivedType(typeof(ClerkLoggedIn), "clerk-logged-in")]
[JsonDerivedType(typeof(PresenceChanged), "presence-changed")]
[JsonDerivedType(typeof(EmergencyRaised), "emergency-raised")]
[JsonDerivedType(typeof(EmergencyAccepted), "emergency-accepted")]
[JsonDerivedType(typeof(EmergencyEnded), "emergency-ended")]
[JsonDerivedType(typeof(ServiceStopped), "service-stopped")]
[JsonDerivedType(typeof(ServiceReleased), "service-released")]
[JsonDerivedType(typeof(VisitCutOff), "visit-cut-off")]
[JsonDerivedType(typeof(TicketExpired), "ticket-expired")]
[JsonDerivedType(typeof(DayEnded), "day-ended")]
[JsonDerivedType(typeof(ActedElsewhere), "acted-elsewhere")]
[JsonDerivedType(typeof(PressIgnored), "press-ignored")]
[JsonDerivedType(typeof(TicketIgnored), "ticket-ignored")]
public abstract record QueueEvent(DateTimeOffset At)
{
    public sealed record TicketTaken(TicketId Ticket, TicketCode Code, TicketNumber Number, ServiceId Service, string Language,
        DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>A booked citizen came and has a ticket.</summary>
    public sealed record CheckedIn(TicketId Ticket, TicketCode Code, TicketNumber Number, ServiceId Service, string Language,
        DateTimeOffset Booked, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>A citizen has a ticket and is still at home.</summary>
    /// <param name="Earliest">It is not called before.</param>
    /// <param name="ArriveBy">The citizen loses the number by coming later.</param>
    public sealed record TicketTakenAtHome(TicketId Ticket, TicketCode Code, TicketNumber Number, ServiceId Service, string Language,
        DateTimeOffset Earliest, DateTimeOffset ArriveBy, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>The citizen has come, and waits at the place of the time at which the ticket was taken.</summary>
    /// <param name="By">The clerk; null: at a kiosk or on the ticket's page.</param>
    public sealed record CameIn(TicketId Ticket, ClerkId? By, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>It was somebody else: the citizen is still on the way.</summary>
    public sealed record CameInUndone(TicketId Ticket, ClerkId By, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>The citizen did not come in time.</summary>
    public sealed record TicketLapsed(TicketId Ticket, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>The receiving queue has the ticket of another area, with its number.</summary>
    /// <param name="TakenAt">First arrival, in the area where it began.</param>
    /// <param name="Attempt">The nth transfer of this ticket between areas.</param>
    /// <param name="Wait">It goes on; null: it begins anew.</param>
    public sealed record TransferAccepted(
        TicketId Ticket, TicketCode Code, TicketNumber Number, ServiceId Service, string Language, string FromArea, DateTimeOffset TakenAt,
        DateTimeOffset? Booked, CounterId? ForCounter, int Attempt, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GoingWait? Wait = null) : QueueEvent(At), ITicketEvent;

    /// <summary>The receiving queue cannot have the ticket of another area; the answer stays the same for this attempt.</summary>
    public sealed record TransferRejected(TicketId Ticket, int Attempt, Refusal Reason, DateTimeOffset At) : QueueEvent(At);

    /// <summary>The sending queue has the other area's answer.</summary>
    /// <param name="Outcome">Accepted, rejected (the ticket waits here again) or expired (the day was over).</param>
    public sealed record TransferClosed(TicketId Ticket, TransferState Outcome, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>The clerk takes the transfer to another area back; that area has not answered.</summary>
    public sealed record TransferWithdrawn(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At), IVisitEvent;

    /// <summary>The receiving queue gives the ticket back to the area that sent it; it was not called here.</summary>
    public sealed record TransferReleased(TicketId Ticket, string ToArea, int Attempt, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>The wait that the citizen was shown, in minutes to the first call; its outcome is that call.</summary>
    public sealed record ForecastGiven(TicketId Ticket, double P10, double P50, double P90, DateTimeOffset At)
        : QueueEvent(At), ITicketEvent;

    public sealed record TicketCalled(
        TicketId Ticket, CounterId Counter, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Why? Why = null) : QueueEvent(At), IVisitEvent;
    public sealed record TicketRecalled(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At), IVisitEvent;
    public sealed record TicketArrived(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At), IVisitEvent;

    /// <summary>The services that were really given in a visit.</summary>
    public sealed record ServicesGiven(TicketId Ticket, CounterId Counter, IReadOnlyList<GivenService> Given, DateTimeOffset At)
        : QueueEvent(At), IVisitEvent;

    /// <param name="Outcome">Null: the citizen got what he or she came for.</param>
    public sealed record TicketServed(
        TicketId Ticket, CounterId Counter, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ServedOutcome? Outcome = null)
        : QueueEvent(At), IVisitEvent;

    /// <summary>Served but for the document, which will be fetched today.</summary>
    public sealed record PickupPromised(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At), IVisitEvent;

    /// <summary>The citizen did not come, for the last time.</summary>
    public sealed record TicketMissed(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At), IVisitEvent;

    /// <summary>Waits again.</summary>
    /// <param name="After">Not before so many other calls.</param>
    /// <param name="Until">Not before this time.</param>
    /// <param name="Missed">The citizen did not come, and may be called again.</param>
    public sealed record TicketReturned(TicketId Ticket, CounterId Counter, ReturnWay Way, int? After, DateTimeOffset? Until, bool Missed,
        DateTimeOffset At) : QueueEvent(At), IVisitEvent;

    /// <param name="By">Null: by a button; then it was the clerk of the counter.</param>
    public sealed record TicketParked(
        TicketId Ticket, CounterId Counter, DateTimeOffset? WakeAt, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClerkId? By = null) : QueueEvent(At), IVisitEvent;
    public sealed record TicketResumed(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At), IVisitEvent;

    /// <summary>A finished visit goes on at a counter.</summary>
    public sealed record TicketReopened(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At), IVisitEvent;
    public sealed record TicketTransferred(TicketId Ticket, CounterId Counter, TransferTarget To, DateTimeOffset At)
        : QueueEvent(At), IVisitEvent;
    public sealed record ServiceSwitched(TicketId Ticket, CounterId Counter, ServiceId Service, DateTimeOffset At)
        : QueueEvent(At), IVisitEvent;
    public sealed record ServicesChosen(TicketId Ticket, IReadOnlyList<ServiceId> Also, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>The counter's last step did not happen.</summary>
    public sealed record StepUndone(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At), IVisitEvent;
    public sealed record TicketReactivated(TicketId Ticket, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <param name="By">Null: given back by the citizen.</param>
    public sealed record TicketCancelled(TicketId Ticket, ClerkId? By, DateTimeOffset At) : QueueEvent(At), ITicketEvent;
    public sealed record PriorityGiven(TicketId Ticket, string? Reason, DateTimeOffset At) : QueueEvent(At), ITicketEvent;
    /// <param name="Case">The file number; null: the ticket is for no case.</param>
    public sealed record CaseAttached(TicketId Ticket, string? Case, ClerkId? By, DateTimeOffset At) : QueueEvent(At), ITicketEvent;
    public sealed record RemarkWritten(TicketId Ticket, string? Remark, DateTimeOffset At) : QueueEvent(At), ITicketEvent;
    public sealed record PersonWritten(TicketId Ticket, string? Person, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>A waiting ticket was corrected; all parts as they are now.</summary>
    public sealed record TicketMended(TicketId Ticket, ServiceId Service, IReadOnlyList<ServiceId> Also, string Language, ClerkId By,
        DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>A waiting ticket was sent on without a call.</summary>
    public sealed record TicketSentOn(TicketId Ticket, TransferTarget To, ClerkId By, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>A counter of another area calls the ticket, if that area takes it.</summary>
    public sealed record TicketFetched(TicketId Ticket, FetchCall Call, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>A fetched ticket goes back to the area where it waited.</summary>
    public sealed record TicketSentHome(TicketId Ticket, DateTimeOffset At) : QueueEvent(At), ITicketEvent;

    /// <summary>The ticket's page shows a message of a clerk.</summary>
    /// <param name="Text">Sealed; null: the fixed text of the kind.</param>
    public sealed record CitizenNotified(TicketId Ticket, NoticeKind Kind, string? Text, ClerkId By, DateTimeOffset At)
        : QueueEvent(At), ITicketEvent;
    public sealed record CounterOpened(CounterId Counter, DateTimeOffset At) : QueueEvent(At), ICounterEvent;
    public sealed record CounterClosed(CounterId Counter, DateTimeOffset At) : QueueEvent(At), ICounterEvent;
    public sealed record ClerkLoggedIn(CounterId Counter, ClerkId Clerk, string? Profile, DateTimeOffset At)
        : QueueEvent(At), ICounterEvent;
    public sealed record PresenceChanged(CounterId Counter, Presence Presence, DateTimeOffset At) : QueueEvent(At), ICounterEvent;
    public sealed record EmergencyRaised(CounterId Counter, DateTimeOffset At) : QueueEvent(At), ICounterEvent;
    public sealed record EmergencyAccepted(CounterId Counter, CounterId From, DateTimeOffset At) : QueueEvent(At), ICounterEvent;
    public sealed record EmergencyEnded(CounterId Counter, DateTimeOffset At) : QueueEvent(At), ICounterEvent;
    public sealed record ServiceStopped(ServiceId Service, StopKind Kind, DateTimeOffset At) : QueueEvent(At);
    public sealed record ServiceReleased(ServiceId Service, DateTimeOffset At) : QueueEvent(At);

    /// <summary>The day ended during the visit: its times are not accurate.</summary>
    public sealed record VisitCutOff(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At), IVisitEvent;

    /// <summary>A clerk who does not sit at the counter did the rest of this entry.</summary>
    public sealed record ActedElsewhere(CounterId Counter, ClerkId Clerk, DateTimeOffset At) : QueueEvent(At), ICounterEvent;

    /// <summary>The day ended before a call.</summary>
    public sealed record TicketExpired(TicketId Ticket, DateTimeOffset At) : QueueEvent(At), ITicketEvent;
    public sealed record DayEnded(DateTimeOffset At) : QueueEvent(At);
    public sealed record PressIgnored(CounterId Counter, Refusal Reason, DateTimeOffset At) : QueueEvent(At), ICounterEvent;
    public sealed record TicketIgnored(ServiceId Service, Refusal Reason, DateTimeOffset At) : QueueEvent(At);
}

/// <summary>An event of one ticket of the queue.</summary>
public interface ITicketEvent
{
    TicketId Ticket { get; }
}

/// <summary>An event at one counter.</summary>
public interface ICounterEvent
{
    CounterId Counter { get; }
}

/// <summary>An event of one ticket at one counter.</summary>
public interface IVisitEvent : ITicketEvent, ICounterEvent;
