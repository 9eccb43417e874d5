namespace Aufruf.Domain.Queues;

/// <summary>The commands about one ticket, wherever it is.</summary>
public abstract partial record QueueCommand
{
    /// <summary>A command about one ticket, wherever it is.</summary>
    public abstract record OfTicket(TicketId Ticket) : QueueCommand;

    /// <summary>A citizen who took the ticket at home is here now.</summary>
    /// <param name="By">The clerk; null: at a kiosk or on the ticket's page.</param>
    public sealed record ComeIn(TicketId Ticket, ClerkId? By = null) : OfTicket(Ticket);

    /// <summary>It was somebody else: the citizen is still on the way.</summary>
    public sealed record UndoComeIn(TicketId Ticket, ClerkId By) : OfTicket(Ticket);

    /// <summary>A served, missed, lapsed or cancelled ticket waits again, with its first arrival.</summary>
    public sealed record Reactivate(TicketId Ticket) : OfTicket(Ticket);

    /// <param name="By">The clerk; null when the citizen gave the ticket back.</param>
    public sealed record Cancel(TicketId Ticket, ClerkId? By = null) : OfTicket(Ticket);

    /// <param name="Reason">Id from the office's list; null takes the priority away.</param>
    public sealed record Prioritise(TicketId Ticket, string? Reason) : OfTicket(Ticket);

    /// <param name="Remark">Sealed text; null deletes it.</param>
    public sealed record WriteRemark(TicketId Ticket, string? Remark) : OfTicket(Ticket);

    /// <param name="Person">Sealed name, phone and number of persons; null deletes them.</param>
    public sealed record WritePerson(TicketId Ticket, string? Person) : OfTicket(Ticket);

    /// <summary>The citizen comes for this case.</summary>
    /// <param name="Case">Its file number; null: for none.</param>
    /// <param name="By">The clerk; null: the appointment was booked for it.</param>
    public sealed record AttachCase(TicketId Ticket, string? Case, ClerkId? By) : OfTicket(Ticket);

    /// <summary>Corrects a ticket that waits, without a call. A part that is null stays.</summary>
    public sealed record Mend(TicketId Ticket, ClerkId By) : OfTicket(Ticket)
    {
        public ServiceId? Service { get; init; }

        /// <summary>All further services.</summary>
        public IReadOnlyList<ServiceId>? Also { get; init; }
        public string? Language { get; init; }
    }

    /// <summary>Sends a waiting ticket on without a call, with its number.</summary>
    public sealed record SendOn(TicketId Ticket, TransferTarget To, ClerkId By) : OfTicket(Ticket);

    /// <summary>Shows a message on the ticket's page.</summary>
    /// <param name="Text">Sealed text, for <see cref="NoticeKind.Text"/>.</param>
    public sealed record Notify(TicketId Ticket, NoticeKind Kind, string? Text, ClerkId By) : OfTicket(Ticket);
}
