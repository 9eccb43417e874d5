using System.Text.Json.Serialization;
using Aufruf.Domain.Forecasts;

namespace Aufruf.Domain.Queues;

/// <summary>Wishes to one queue. The names in quotes cross grain calls: add to them, never rename one.</summary>
[JsonDerivedType(typeof(TakeTicket), "take-ticket")]
[JsonDerivedType(typeof(CheckIn), "check-in")]
[JsonDerivedType(typeof(TakeOver), "take-over")]
[JsonDerivedType(typeof(ConfirmTakeOver), "confirm-take-over")]
[JsonDerivedType(typeof(CallNext), "call-next")]
[JsonDerivedType(typeof(CallTicket), "call-ticket")]
[JsonDerivedType(typeof(Recall), "recall")]
[JsonDerivedType(typeof(MarkArrived), "mark-arrived")]
[JsonDerivedType(typeof(Finish), "finish")]
[JsonDerivedType(typeof(MarkMissed), "mark-missed")]
[JsonDerivedType(typeof(ReturnTicket), "return-ticket")]
[JsonDerivedType(typeof(Park), "park")]
[JsonDerivedType(typeof(Resume), "resume")]
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
[JsonDerivedType(typeof(Reactivate), "reactivate")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Prioritise), "prioritise")]
[JsonDerivedType(typeof(WriteRemark), "write-remark")]
[JsonDerivedType(typeof(StopService), "stop-service")]
[JsonDerivedType(typeof(ReleaseService), "release-service")]
[JsonDerivedType(typeof(EndDay), "end-day")]
[JsonDerivedType(typeof(IgnorePress), "ignore-press")]
[JsonDerivedType(typeof(IgnoreTicket), "ignore-ticket")]
public abstract record QueueCommand
{
    private QueueCommand() { }

    /// <summary>Somebody joins without a booking, at a kiosk or printer, or entered by a clerk.</summary>
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

        /// <summary>What was said about the wait before the ticket was taken.</summary>
        public WaitRange? Forecast { get; init; }
    }

    /// <summary>A booked citizen has come.</summary>
    /// <param name="Booked">Start of the appointment.</param>
    public sealed record CheckIn(TicketId Ticket, TicketCode Code, ServiceId Service, string Language, DateTimeOffset Booked) : QueueCommand;

    /// <summary>A ticket that another area sent here, with its number and its first arrival.</summary>
    public sealed record TakeOver(TicketId Ticket, TicketCode Code, TicketNumber Number, ServiceId Service, string Language, string FromArea, DateTimeOffset TakenAt) : QueueCommand
    {
        public DateTimeOffset? Booked { get; init; }
        public string? Priority { get; init; }
        public string? Remark { get; init; }
        public IReadOnlyList<ServiceId> Also { get; init; } = [];
        public CounterId? ForCounter { get; init; }

        /// <summary>The nth time that it is sent from area to area.</summary>
        public required int Journey { get; init; }
    }

    /// <summary>The other area has the ticket: it need not be sent again. Or it cannot have it: then it waits here again.</summary>
    /// <param name="Journey">Of the <see cref="TakeOver"/> that was answered.</param>
    public sealed record ConfirmTakeOver(TicketId Ticket, bool Taken, int Journey) : QueueCommand;

    /// <summary>A wish made at one counter.</summary>
    /// <param name="Seen">Revision of the counter that the clerk saw; null when the wish comes from something that shows none.</param>
    public abstract record AtCounter(CounterId Counter, long? Seen) : QueueCommand;

    /// <summary>Calls the next ticket; a visit still open at the counter is finished by it.</summary>
    public sealed record CallNext(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen)
    {
        /// <summary>From a button box: there pressing twice says that the first citizen did not come.</summary>
        public bool ByButton { get; init; }
    }

    /// <summary>Calls this ticket, whoever would be next: one that waits, is parked or comes for its finished document.</summary>
    public sealed record CallTicket(CounterId Counter, TicketId Ticket, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record Recall(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record MarkArrived(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record Finish(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen)
    {
        /// <summary>What was really done; empty: the ticket's service, once.</summary>
        public IReadOnlyList<GivenService> Given { get; init; } = [];

        /// <summary>The citizen comes back today for the finished document.</summary>
        public bool ForPickup { get; init; }
    }

    public sealed record MarkMissed(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Puts the counter's ticket back into the queue.</summary>
    /// <param name="After">For <see cref="ReturnWay.After"/>: after how many other calls, 1 to 50.</param>
    /// <param name="Until">For <see cref="ReturnWay.AtTime"/>: not before this time, today.</param>
    public sealed record ReturnTicket(CounterId Counter, ReturnWay Way, int? After = null, DateTimeOffset? Until = null, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Sets the counter's ticket aside; the counter is free for others.</summary>
    /// <param name="WakeAt">When clerks are reminded of it; null: not at all.</param>
    public sealed record Park(CounterId Counter, DateTimeOffset? WakeAt = null, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Goes on without a call with a ticket that is parked or comes for its document: the citizen stands at the counter.</summary>
    public sealed record Resume(CounterId Counter, TicketId Ticket, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Sends the counter's ticket on, with its number.</summary>
    public sealed record Transfer(CounterId Counter, TransferTarget To, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Goes on with another service of the same visit.</summary>
    public sealed record SwitchService(CounterId Counter, ServiceId Service, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Takes back the counter's last step, for ten seconds.</summary>
    public sealed record UndoStep(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record OpenCounter(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>Closes the counter and logs its clerk out.</summary>
    public sealed record CloseCounter(CounterId Counter, long? Seen = null) : AtCounter(Counter, Seen);

    /// <summary>A clerk takes a seat at the counter, and leaves the one before.</summary>
    /// <param name="Profile">Work profile; null: the counter's own services.</param>
    public sealed record LogIn(CounterId Counter, ClerkId Clerk, string? Profile = null, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record SetPresence(CounterId Counter, Presence Presence, long? Seen = null) : AtCounter(Counter, Seen);
    public sealed record RaiseEmergency(CounterId Counter) : AtCounter(Counter, null);
    public sealed record EndEmergency(CounterId Counter) : AtCounter(Counter, null);

    /// <param name="Counter">Where help is needed.</param>
    /// <param name="From">Counter from which somebody comes, of any area of the office.</param>
    public sealed record AcceptEmergency(CounterId Counter, CounterId From) : AtCounter(Counter, null);

    /// <summary>A wish about one ticket, wherever it is.</summary>
    public abstract record OfTicket(TicketId Ticket) : QueueCommand;

    /// <summary>A missed or cancelled ticket waits again, with its first arrival.</summary>
    public sealed record Reactivate(TicketId Ticket) : OfTicket(Ticket);

    /// <param name="By">The clerk; null when the citizen gave the ticket back.</param>
    public sealed record Cancel(TicketId Ticket, ClerkId? By = null) : OfTicket(Ticket);

    /// <param name="Reason">Id from the office's list; null takes the priority away.</param>
    public sealed record Prioritise(TicketId Ticket, string? Reason) : OfTicket(Ticket);

    /// <param name="Remark">Sealed text; null deletes it.</param>
    public sealed record WriteRemark(TicketId Ticket, string? Remark) : OfTicket(Ticket);

    /// <param name="Automatic">Because no more visits fit in before closing; released by itself when they do.</param>
    public sealed record StopService(ServiceId Service, bool Automatic = false) : QueueCommand;
    public sealed record ReleaseService(ServiceId Service, bool Automatic = false) : QueueCommand;

    /// <summary>The day is over: nothing waits over night.</summary>
    public sealed record EndDay : QueueCommand;

    /// <summary>A press that must be recorded but not executed.</summary>
    public sealed record IgnorePress(CounterId Counter, Refusal Reason) : QueueCommand;

    /// <summary>A wish for a ticket that came too late: who wanted it has gone. Recorded, no ticket given.</summary>
    public sealed record IgnoreTicket(ServiceId Service, Refusal Reason) : QueueCommand;
}
