using System.Text.Json.Serialization;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Domain.Queues;

/// <summary>Facts of one queue. The names in quotes are written to the journal: add to them, never rename one.</summary>
[JsonDerivedType(typeof(TicketTaken), "ticket-taken")]
[JsonDerivedType(typeof(CheckedIn), "checked-in")]
[JsonDerivedType(typeof(TicketTakenOver), "ticket-taken-over")]
[JsonDerivedType(typeof(TakeOverDeclined), "take-over-declined")]
[JsonDerivedType(typeof(TakeOverConfirmed), "take-over-confirmed")]
[JsonDerivedType(typeof(TakeOverRefused), "take-over-refused")]
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
[JsonDerivedType(typeof(TicketTransferred), "ticket-transferred")]
[JsonDerivedType(typeof(ServiceSwitched), "service-switched")]
[JsonDerivedType(typeof(ServicesChosen), "services-chosen")]
[JsonDerivedType(typeof(StepUndone), "step-undone")]
[JsonDerivedType(typeof(TicketReactivated), "ticket-reactivated")]
[JsonDerivedType(typeof(TicketCancelled), "ticket-cancelled")]
[JsonDerivedType(typeof(PriorityGiven), "priority-given")]
[JsonDerivedType(typeof(RemarkWritten), "remark-written")]
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
[JsonDerivedType(typeof(PressIgnored), "press-ignored")]
[JsonDerivedType(typeof(TicketIgnored), "ticket-ignored")]
public abstract record QueueEvent(DateTimeOffset At)
{
    public sealed record TicketTaken(TicketId Ticket, TicketCode Code, TicketNumber Number, ServiceId Service, string Language, DateTimeOffset At) : QueueEvent(At);

    /// <summary>A booked citizen came and has a ticket.</summary>
    public sealed record CheckedIn(TicketId Ticket, TicketCode Code, TicketNumber Number, ServiceId Service, string Language, DateTimeOffset Booked, DateTimeOffset At) : QueueEvent(At);

    /// <summary>Came from another area, with its number.</summary>
    /// <param name="TakenAt">First arrival, in the area where it began.</param>
    /// <param name="Journey">The nth time that it was sent from area to area.</param>
    public sealed record TicketTakenOver(
        TicketId Ticket, TicketCode Code, TicketNumber Number, ServiceId Service, string Language, string FromArea, DateTimeOffset TakenAt,
        DateTimeOffset? Booked, CounterId? ForCounter, int Journey, DateTimeOffset At) : QueueEvent(At);

    /// <summary>Another area's ticket could not be had here; it stays so for that journey, however often the message comes.</summary>
    public sealed record TakeOverDeclined(TicketId Ticket, int Journey, Refusal Reason, DateTimeOffset At) : QueueEvent(At);

    /// <summary>The area it was sent to has it.</summary>
    public sealed record TakeOverConfirmed(TicketId Ticket, DateTimeOffset At) : QueueEvent(At);

    /// <summary>The area it was sent to could not take it: it waits here again, with its first arrival.</summary>
    public sealed record TakeOverRefused(TicketId Ticket, DateTimeOffset At) : QueueEvent(At);

    /// <summary>What the citizen was told, in minutes to the first call; its outcome is that call.</summary>
    public sealed record ForecastGiven(TicketId Ticket, double P10, double P50, double P90, DateTimeOffset At) : QueueEvent(At);

    public sealed record TicketCalled(
        TicketId Ticket, CounterId Counter, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Why? Why = null) : QueueEvent(At);
    public sealed record TicketRecalled(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketArrived(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);

    /// <summary>What was really done in a visit.</summary>
    public sealed record ServicesGiven(TicketId Ticket, CounterId Counter, IReadOnlyList<GivenService> Given, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketServed(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);

    /// <summary>Served but for the document, which will be fetched today.</summary>
    public sealed record PickupPromised(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);

    /// <summary>Did not come, for the last time.</summary>
    public sealed record TicketMissed(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);

    /// <summary>Waits again.</summary>
    /// <param name="After">Not before so many other calls.</param>
    /// <param name="Until">Not before this time.</param>
    /// <param name="Missed">The citizen did not come, and gets another chance.</param>
    public sealed record TicketReturned(TicketId Ticket, CounterId Counter, ReturnWay Way, int? After, DateTimeOffset? Until, bool Missed, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketParked(TicketId Ticket, CounterId Counter, DateTimeOffset? WakeAt, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketResumed(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketTransferred(TicketId Ticket, CounterId Counter, TransferTarget To, DateTimeOffset At) : QueueEvent(At);
    public sealed record ServiceSwitched(TicketId Ticket, CounterId Counter, ServiceId Service, DateTimeOffset At) : QueueEvent(At);
    public sealed record ServicesChosen(TicketId Ticket, IReadOnlyList<ServiceId> Also, DateTimeOffset At) : QueueEvent(At);

    /// <summary>The counter's last step did not happen.</summary>
    public sealed record StepUndone(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketReactivated(TicketId Ticket, DateTimeOffset At) : QueueEvent(At);

    /// <param name="By">Null: given back by the citizen.</param>
    public sealed record TicketCancelled(TicketId Ticket, ClerkId? By, DateTimeOffset At) : QueueEvent(At);
    public sealed record PriorityGiven(TicketId Ticket, string? Reason, DateTimeOffset At) : QueueEvent(At);
    public sealed record RemarkWritten(TicketId Ticket, string? Remark, DateTimeOffset At) : QueueEvent(At);
    public sealed record CounterOpened(CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record CounterClosed(CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record ClerkLoggedIn(CounterId Counter, ClerkId Clerk, string? Profile, DateTimeOffset At) : QueueEvent(At);
    public sealed record PresenceChanged(CounterId Counter, Presence Presence, DateTimeOffset At) : QueueEvent(At);
    public sealed record EmergencyRaised(CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record EmergencyAccepted(CounterId Counter, CounterId From, DateTimeOffset At) : QueueEvent(At);
    public sealed record EmergencyEnded(CounterId Counter, DateTimeOffset At) : QueueEvent(At);
    public sealed record ServiceStopped(ServiceId Service, StopKind Kind, DateTimeOffset At) : QueueEvent(At);
    public sealed record ServiceReleased(ServiceId Service, DateTimeOffset At) : QueueEvent(At);

    /// <summary>The day ended during the visit: its times are not accurate.</summary>
    public sealed record VisitCutOff(TicketId Ticket, CounterId Counter, DateTimeOffset At) : QueueEvent(At);

    /// <summary>The day ended before anybody called.</summary>
    public sealed record TicketExpired(TicketId Ticket, DateTimeOffset At) : QueueEvent(At);
    public sealed record DayEnded(DateTimeOffset At) : QueueEvent(At);
    public sealed record PressIgnored(CounterId Counter, Refusal Reason, DateTimeOffset At) : QueueEvent(At);
    public sealed record TicketIgnored(ServiceId Service, Refusal Reason, DateTimeOffset At) : QueueEvent(At);
}
