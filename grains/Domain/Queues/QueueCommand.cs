namespace Aufruf.Domain.Queues;

/// <summary>Commands to one queue, each with the name under which it crosses grain calls.</summary>
[JsonDerivedType(typeof(TakeTicket), "take-ticket")]
[JsonDerivedType(typeof(CheckIn), "check-in")]
[JsonDerivedType(typeof(TakeAtHome), "take-at-home")]
[JsonDerivedType(typeof(ComeIn), "come-in")]
[JsonDerivedType(typeof(UndoComeIn), "undo-come-in")]
[JsonDerivedType(typeof(EndLate), "end-late")]
[JsonDerivedType(typeof(OfferTransfer), "offer-transfer")]
[JsonDerivedType(typeof(CloseTransfer), "close-transfer")]
[JsonDerivedType(typeof(ReleaseTransfer), "release-transfer")]
[JsonDerivedType(typeof(CloseWithdrawal), "close-withdrawal")]
[JsonDerivedType(typeof(CallNext), "call-next")]
[JsonDerivedType(typeof(CallTicket), "call-ticket")]
[JsonDerivedType(typeof(Recall), "recall")]
[JsonDerivedType(typeof(MarkArrived), "mark-arrived")]
[JsonDerivedType(typeof(Finish), "finish")]
[JsonDerivedType(typeof(MarkMissed), "mark-missed")]
[JsonDerivedType(typeof(ReturnTicket), "return-ticket")]
[JsonDerivedType(typeof(Park), "park")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(ReopenVisit), "reopen-visit")]
[JsonDerivedType(typeof(Transfer), "transfer")]
[JsonDerivedType(typeof(SwitchService), "switch-service")]
[JsonDerivedType(typeof(UndoStep), "undo-step")]
[JsonDerivedType(typeof(OpenCounter), "open-counter")]
[JsonDerivedType(typeof(CloseCounter), "close-counter")]
[JsonDerivedType(typeof(LogIn), "log-in")]
[JsonDerivedType(typeof(SetPresence), "set-presence")]
[JsonDerivedType(typeof(RaiseEmergency), "raise-emergency")]
[JsonDerivedType(typeof(AcceptEmergency), "accept-emergency")]
[JsonDerivedType(typeof(EndEmergency), "end-emergency")]
[JsonDerivedType(typeof(Fetch), "fetch")]
[JsonDerivedType(typeof(Reactivate), "reactivate")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Prioritise), "prioritise")]
[JsonDerivedType(typeof(WriteRemark), "write-remark")]
[JsonDerivedType(typeof(WritePerson), "write-person")]
[JsonDerivedType(typeof(AttachCase), "attach-case")]
[JsonDerivedType(typeof(Mend), "mend")]
[JsonDerivedType(typeof(SendOn), "send-on")]
[JsonDerivedType(typeof(Notify), "notify")]
[JsonDerivedType(typeof(StopService), "stop-service")]
[JsonDerivedType(typeof(ReleaseService), "release-service")]
[JsonDerivedType(typeof(EndDay), "end-day")]
[JsonDerivedType(typeof(IgnorePress), "ignore-press")]
[JsonDerivedType(typeof(IgnoreTicket), "ignore-ticket")]
public abstract partial record QueueCommand
{
    private QueueCommand() { }

    /// <summary>After this time a press at a device is recorded only. A hub may stand still with it on the way to the queue.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The command as a repeat of it must be; null: it is not compared, because the hub made its request id.</summary>
    /// <remarks>Every repeat has a new code, forecast and seal. It may also come from a screen that has changed since.</remarks>
    public QueueCommand? Compared() => this switch
    {
        IgnorePress or IgnoreTicket or Fetch or OfferTransfer or CloseTransfer or ReleaseTransfer or CloseWithdrawal or EndDay
            or EndLate => null,
        TakeTicket c => c with { Code = new(""), Forecast = null, Remark = null, Person = null, NotAfter = null },
        CheckIn c => c with { Code = new("") },
        TakeAtHome c => c with { Code = new(""), Wait = null },
        WriteRemark c => c with { Remark = null },
        WritePerson c => c with { Person = null },
        Notify c => c with { Text = null },
        AtCounter c => c with { Seen = null, NotAfter = null, Elsewhere = false, WaitsElsewhere = false },
        _ => this,
    };

    /// <summary>A citizen joins without a booking, at a kiosk or printer, or entered by a clerk.</summary>
    public sealed record TakeTicket(TicketId Ticket, TicketCode Code, ServiceId Service, string Language) : QueueCommand
    {
        /// <summary>Further services of the same visit, one after the other.</summary>
        public IReadOnlyList<ServiceId> Also { get; init; } = [];

        /// <summary>The clerk who entered the ticket. Clerks may enter somebody when kiosks no longer give tickets.</summary>
        public ClerkId? By { get; init; }

        /// <summary>Id of a stated reason to be called before others.</summary>
        public string? Priority { get; init; }

        /// <summary>A note for clerks, sealed.</summary>
        public string? Remark { get; init; }

        /// <summary>Name, phone and number of persons, sealed.</summary>
        public string? Person { get; init; }

        /// <summary>The wait that was shown before the ticket was taken.</summary>
        public WaitRange? Forecast { get; init; }
    }

    /// <summary>A booked citizen has come.</summary>
    /// <param name="Booked">Start of the appointment.</param>
    public sealed record CheckIn(TicketId Ticket, TicketCode Code, ServiceId Service, string Language, DateTimeOffset Booked)
        : QueueCommand
    {
        /// <summary>First character of its number; null: the service's.</summary>
        public char? Letter { get; init; }

        /// <summary>Further services of the same appointment.</summary>
        public IReadOnlyList<ServiceId> Also { get; init; } = [];
    }

    /// <summary>A citizen joins from home, and comes later.</summary>
    public sealed record TakeAtHome(TicketId Ticket, TicketCode Code, ServiceId Service, string Language) : QueueCommand
    {
        /// <summary>The wait of somebody who joined at the office now; null: unknown.</summary>
        public WaitRange? Wait { get; init; }
    }

    /// <summary>Ends the tickets from home whose citizens did not come in time.</summary>
    public sealed record EndLate : QueueCommand;

    /// <summary>To the receiving queue: another area offers a ticket, with its number and its first arrival.</summary>
    /// <param name="Attempt">The nth transfer of this ticket between areas.</param>
    public sealed record OfferTransfer(TicketId Ticket, TicketCode Code, TicketNumber Number, ServiceId Service, string Language,
        string FromArea, DateTimeOffset TakenAt, int Attempt) : QueueCommand
    {
        public DateTimeOffset? Booked { get; init; }
        public string? Priority { get; init; }
        public string? Remark { get; init; }
        public string? Person { get; init; }
        public string? Case { get; init; }
        public IReadOnlyList<ServiceId> Also { get; init; } = [];
        public CounterId? ForCounter { get; init; }

        /// <summary>It is called there at once, or not taken; null: it waits there.</summary>
        public FetchCall? Call { get; init; }

        /// <summary>Its wait goes on; null: it begins anew.</summary>
        public GoingWait? Wait { get; init; }
    }

    /// <summary>To the queue where a ticket waits: a counter of another area calls it.</summary>
    /// <param name="Changes">Of the ticket as the caller saw it.</param>
    public sealed record Fetch(TicketId Ticket, int Changes, FetchCall Call) : QueueCommand;

    /// <summary>To the sending queue: the other area has answered its offer.</summary>
    /// <param name="Outcome">Accepted or rejected.</param>
    public sealed record CloseTransfer(TicketId Ticket, TransferState Outcome, int Attempt) : QueueCommand;

    /// <summary>To the receiving queue: the sending area takes its ticket back.</summary>
    public sealed record ReleaseTransfer(TicketId Ticket, string FromArea, int Attempt) : QueueCommand;

    /// <summary>To the sending queue: the other area has answered the withdrawal.</summary>
    /// <param name="Outcome">Accepted: the ticket stays there. Rejected: it is here again.</param>
    public sealed record CloseWithdrawal(TicketId Ticket, TransferState Outcome, int Attempt) : QueueCommand;

    /// <summary>A command given at one counter.</summary>
    /// <param name="Seen">Revision of the counter that the clerk saw; null when the command comes from something that shows none.</param>
    public abstract record AtCounter(CounterId Counter, long? Seen) : QueueCommand
    {
        /// <summary>From a button box, which cannot ask back.</summary>
        public bool ByButton { get; init; }

        /// <summary>The clerk who gives it; null for a button box.</summary>
        public ClerkId? By { get; init; }

        /// <summary>The clerk sits elsewhere, and acts here in the own name.</summary>
        public bool Elsewhere { get; init; }

        /// <summary>The ticket to call waits in another area: the queue only repeats what it answered to this request before.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool WaitsElsewhere { get; init; }
    }

    /// <summary>Calls the next ticket; a visit still open at the counter is finished by it.</summary>
    public sealed record CallNext(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen)
    {
        /// <summary>Only of this service, also when the counter does not list it; null: of all that the counter calls.</summary>
        public ServiceId? Service { get; init; }

        /// <summary>The end of a visit that is open at the counter, when no arrival was marked.</summary>
        public VisitOutcome? Became { get; init; }
    }

    /// <summary>Calls this ticket and not the next one. It waits, is parked or is a pickup.</summary>
    public sealed record CallTicket(CounterId Counter, TicketId Ticket, long? Seen = null) : AtCounter(Counter, Seen)
    {
        /// <summary>The end of a visit that is open at the counter, when no arrival was marked.</summary>
        public VisitOutcome? Became { get; init; }
    }

    public sealed record Recall(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record MarkArrived(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record Finish(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen)
    {
        /// <summary>The services that were really given; empty: the ticket's service, once.</summary>
        public IReadOnlyList<GivenService> Given { get; init; } = [];

        /// <summary>The citizen comes back today for the finished document.</summary>
        public bool ForPickup { get; init; }

        /// <summary>Null: the citizen got what he or she came for.</summary>
        public ServedOutcome? Outcome { get; init; }
    }

    public sealed record MarkMissed(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Puts the counter's ticket back into the queue.</summary>
    /// <param name="After">For <see cref="ReturnWay.After"/>: after how many other calls, 1 to 50.</param>
    /// <param name="Until">For <see cref="ReturnWay.AtTime"/>: not before this time, today.</param>
    public sealed record ReturnTicket(CounterId Counter, ReturnWay Way, int? After = null, DateTimeOffset? Until = null, long? Seen = null)
        : AtCounter(Counter, Seen);

    /// <summary>Sets the counter's ticket aside; the counter is free for others.</summary>
    /// <param name="WakeAt">When clerks are reminded of it; null: not at all.</param>
    public sealed record Park(CounterId Counter, DateTimeOffset? WakeAt = null, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Continues a parked ticket or a pickup without a call: the citizen stands at the counter.</summary>
    public sealed record Resume(CounterId Counter, TicketId Ticket, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Goes on with a finished visit: the citizen stands at the counter again.</summary>
    public sealed record ReopenVisit(CounterId Counter, TicketId Ticket, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Sends the counter's ticket on, with its number.</summary>
    public sealed record Transfer(CounterId Counter, TransferTarget To, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Goes on with another service of the same visit.</summary>
    public sealed record SwitchService(CounterId Counter, ServiceId Service, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Undoes the counter's last step, for ten seconds.</summary>
    public sealed record UndoStep(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record OpenCounter(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Closes the counter and logs its clerk out.</summary>
    public sealed record CloseCounter(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>A clerk takes a seat at the counter, and leaves the one before.</summary>
    /// <param name="Profile">Work profile; null: the counter's own services.</param>
    public sealed record LogIn(CounterId Counter, ClerkId Clerk, string? Profile = null, long? Seen = null) : AtCounter(Counter, Seen)
    {
        /// <summary>The clerk knows that it closes the counter where he or she sat before.</summary>
        public bool Move { get; init; }
    }

    public sealed record SetPresence(CounterId Counter, Presence Presence, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record RaiseEmergency(CounterId Counter) : AtCounter(Counter, null);
    public sealed record EndEmergency(CounterId Counter) : AtCounter(Counter, null);

    /// <param name="Counter">The counter that needs help.</param>
    /// <param name="From">Counter from which somebody comes, of any area of the office.</param>
    public sealed record AcceptEmergency(CounterId Counter, CounterId From) : AtCounter(Counter, null);

    /// <param name="Automatic">No more visits fit in before closing; released automatically when they do.</param>
    public sealed record StopService(ServiceId Service, bool Automatic = false) : QueueCommand;
    public sealed record ReleaseService(ServiceId Service, bool Automatic = false) : QueueCommand;

    /// <summary>The day is over: nothing waits over night.</summary>
    public sealed record EndDay : QueueCommand;

    /// <summary>A press that must be recorded but not executed.</summary>
    public sealed record IgnorePress(CounterId Counter, Refusal Reason) : QueueCommand;

    /// <summary>A request for a ticket that came too late: the citizen has gone. It is recorded and gives no ticket.</summary>
    public sealed record IgnoreTicket(ServiceId Service, Refusal Reason) : QueueCommand;
}
