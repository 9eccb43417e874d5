namespace Aufruf.Domain.Queues;

/// <summary>Calls a ticket to a counter: the next one or one that the clerk chose. A recall shows the same call again.</summary>
public static class Calling
{
    extension(Refusal)
    {
        public static Refusal NobodyWaiting => new("nobody-waiting",
            "Es wartet niemand, den dieser Schalter aufrufen kann.", "Nobody is waiting for this counter.");

        public static Refusal NotWaiting => new("not-waiting",
            "Dieses Ticket wartet nicht mehr. Bitte sehen Sie noch einmal hin.",
            "This ticket is no longer waiting. Please look again.");

        public static Refusal NotPermitted => new("not-permitted",
            "In diesem Wartebereich wird der Reihe nach aufgerufen.", "In this waiting area tickets are called in order.");
    }

    /// <summary>A call also opens the counter and ends the visit there: a clerk with a button box presses one button, not three.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, CallNext command, Setting setting, DateTimeOffset now)
    {
        var counter = command.Counter;
        var ending = Missing.EndingBy(command, command.Became, queue, setting, now);
        if (queue.At(counter) is { Presence: Presence.PauseAfter, Ticket: not null })
        {
            // The announced pause begins instead of a call.
            return ending.Refusal is null ? Staffing.Leave(queue, counter, [.. ending.Events]) : ending;
        }

        if (command.Service is { } only && setting.Area.Service(only) is null)
        {
            return Refusal.UnknownService;
        }

        var opening = Staffing.Opening(queue, command, now);
        return queue.NextFor(counter, setting, now, command.Service) is not { } next ? new(opening, Refusal.NobodyWaiting)
            : command.Service is not null && !MayChoose(queue, counter, next.Ticket, setting, now) ? Refusal.NotPermitted
            : ending.Refusal is not null ? ending
            : new([.. opening, .. ending.Events, new TicketCalled(next.Ticket.Id, counter, now, next.Why)]);
    }

    internal static Decision<QueueEvent> Decide(Queue queue, CallTicket command, Setting setting, DateTimeOffset now)
    {
        var counter = command.Counter;
        if (!queue.Tickets.TryGetValue(command.Ticket, out var ticket))
        {
            return Refusal.UnknownTicket;
        }

        if (ticket.State is TicketState.Coming)
        {
            return Refusal.NotHereYet;
        }

        if (ticket.State is not (TicketState.Waiting or TicketState.Parked or TicketState.Pickup))
        {
            return Refusal.NotWaiting;
        }

        // Every clerk may call the next ticket, and also those that have had their turn: parked ones and pickups.
        if (ticket.State is TicketState.Waiting && !MayChoose(queue, counter, ticket, setting, now))
        {
            return Refusal.NotPermitted;
        }

        var ending = Missing.EndingBy(command, command.Became, queue, setting, now);
        return ending.Refusal is not null ? ending : new([
            .. Staffing.Opening(queue, command, now),
            .. ending.Events,
            new TicketCalled(ticket.Id, counter, now, new(WhyKind.Chosen)),
        ]);
    }

    private static bool MayChoose(Queue queue, CounterId counter, Ticket ticket, Setting setting, DateTimeOffset now) =>
        setting.Area.Rules.MayCallAny || queue.NextFor(counter, setting, now)?.Ticket.Id == ticket.Id;

    internal static Decision<QueueEvent> Decide(Recall command, Ticket visit, DateTimeOffset now) =>
        new TicketRecalled(visit.Id, command.Counter, now);

    internal static Queue Apply(Queue queue, TicketCalled happened)
    {
        var ticket = queue.Tickets[happened.Ticket];
        var counter = queue.At(happened.Counter);
        // The events of one command have one time: the call and the end of the visit before it are one step.
        var ended = counter.LastStep is { } step && step.At == happened.At && step.Before.IsAt(counter.Id) ? step : null;
        return Undoing.Step(queue, counter.Id, happened.At, ticket with
        {
            State = TicketState.Called,
            Counter = happened.Counter,
            Calls = ticket.Calls + 1,
            CalledAt = ticket.CalledAt ?? happened.At,
            LastCallAt = happened.At,
            PartCalledAt = happened.At,
            ArrivedAt = null,
            EndedAt = null,
            NotBefore = null,
            NotBeforeCall = null,
            WakeAt = null,
            ParkedBy = null,
            ForCounter = null,
            ForClerk = null,
            KeptFrom = null,
        }, c => c with { Ticket = ticket.Id }, ended) with
        { CallsMade = queue.CallsMade + 1 };
    }

    internal static Queue Apply(Queue queue, TicketRecalled happened)
    {
        var ticket = queue.Tickets[happened.Ticket];
        return queue.With(ticket with { Calls = ticket.Calls + 1, LastCallAt = happened.At }, isFinal: false)
            .With(happened.Counter, c => c); // No step of its own.
    }
}
