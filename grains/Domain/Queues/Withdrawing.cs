namespace Aufruf.Domain.Queues;

/// <summary>Takes a ticket back from another area, while its transfer may be undone and nobody has called it there.</summary>
/// <remarks>
/// As with the transfer itself, two journals cannot commit together. The sending queue keeps the withdrawal until the other one answers,
/// and the hub repeats it until then. The receiving queue gives the ticket back, or records that it never takes that offer.
/// </remarks>
public static class Withdrawing
{
    extension(Refusal)
    {
        public static Refusal CalledThere => new("called-there",
            "Das Ticket wurde dort schon aufgerufen oder wartet dort nicht mehr. Es kommt nicht mehr zurück.",
            "The ticket was already called there, or no longer waits there. It does not come back.");

        public static Refusal OfferWithdrawn => new("offer-withdrawn",
            "Die Weiterleitung wurde zurückgenommen.", "The transfer was taken back.");
    }

    extension(Queue queue)
    {
        /// <summary>The withdrawals that other areas have not answered, in order of arrival.</summary>
        public IEnumerable<(string Area, ReleaseTransfer Release)> OpenWithdrawals =>
            from ticket in queue.Underway.Select(id => queue.Tickets[id])
            where ticket.Transfer is { State: TransferState.Withdrawn }
            orderby ticket.Place
            select (ticket.ToArea!, new ReleaseTransfer(ticket.Id, queue.Key.Area, ticket.Attempt));
    }

    /// <summary>To the receiving queue. An offer that has not come yet must not be accepted any more.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, ReleaseTransfer command, DateTimeOffset now) =>
        queue.RejectedOffers.GetValueOrDefault(command.Ticket) >= command.Attempt ? Queue.NothingToDo
        : queue.Tickets.GetValueOrDefault(command.Ticket) is not { Transfer: { } transfer } known || transfer.Attempt < command.Attempt
            ? new TransferRejected(command.Ticket, command.Attempt, Refusal.OfferWithdrawn, now)
        : transfer.Attempt == command.Attempt && known.State is TicketState.Waiting && known.Calls == transfer.CallsBefore
            ? new TransferReleased(command.Ticket, command.FromArea, command.Attempt, now)
        : Refusal.CalledThere;

    /// <summary>To the sending queue. The ticket is at its counter again, or waits here when the counter has gone on.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, CloseWithdrawal command, DateTimeOffset now)
    {
        if (queue.Tickets.GetValueOrDefault(command.Ticket) is not { Transfer: { State: TransferState.Withdrawn } transfer } ticket
            || transfer.Attempt != command.Attempt)
        {
            return Queue.NothingToDo;
        }

        if (command.Outcome is TransferState.Accepted || queue.Ended)
        {
            return new TransferClosed(ticket.Id,
                command.Outcome is TransferState.Accepted ? TransferState.Accepted : TransferState.Expired, now);
        }

        var closed = new TransferClosed(ticket.Id, TransferState.Rejected, now);
        return ticket.Counter is { } counter && Undoing.LastOf(queue, counter) is { } step && step.Before.Id == ticket.Id
            ? new Decision<QueueEvent>([closed, .. Undoing.Undo(queue, counter, step, now)])
            : closed;
    }

    internal static Queue Apply(Queue queue, TransferWithdrawn e)
    {
        var ticket = queue.Tickets[e.Ticket];
        var asked = ticket with { Counter = e.Counter, Transfer = ticket.Transfer! with { State = TransferState.Withdrawn } };
        return queue.With(asked, isFinal: false)
            .With(e.Counter, c => c);
    }

    internal static Queue Apply(Queue queue, TransferReleased e)
    {
        var ticket = queue.Tickets[e.Ticket];
        return queue.With(ticket with
        {
            State = TicketState.Transferred,
            EndedAt = e.At,
            Transfer = new(e.Attempt, TransferState.Rejected, new(e.ToArea)),
        }) with
        { RejectedOffers = queue.RejectedOffers.SetItem(e.Ticket, e.Attempt) };
    }
}
