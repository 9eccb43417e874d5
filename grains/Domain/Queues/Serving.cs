namespace Aufruf.Domain.Queues;

/// <summary>The visit at a counter: the citizen arrives, services change, the visit is finished, at once or with a pickup later.</summary>
public static class Serving
{
    private const int MostGiven = 99;

    extension(Refusal)
    {
        public static Refusal CounterIdle => new("counter-idle",
            "An diesem Schalter ist gerade niemand aufgerufen.", "No ticket is called to this counter.");

        public static Refusal AlreadyArrived => new("already-arrived",
            "Die Person ist schon am Schalter.", "The person is already at the counter.");

        public static Refusal VisitOpen => new("visit-open",
            "Bitte beenden Sie zuerst die laufende Bedienung.", "Please finish the current visit first.");

        public static Refusal WrongQuantity => new("wrong-quantity",
            "Bitte geben Sie eine Anzahl von 1 bis 99 an.", "Please enter a quantity from 1 to 99.");
    }

    internal static Decision<QueueEvent> Decide(MarkArrived command, Ticket visit, DateTimeOffset now) =>
        visit.State is TicketState.Serving ? Refusal.AlreadyArrived : new TicketArrived(visit.Id, command.Counter, now);

    internal static Decision<QueueEvent> Decide(SwitchService command, Ticket visit, Setting setting, DateTimeOffset now) =>
        !Fetching.IsGiven(command.Service, visit, setting) ? Refusal.UnknownService
        : visit.Service == command.Service ? Queue.NothingToDo
        : new Decision<QueueEvent>([
            .. visit.State is TicketState.Called ? [new TicketArrived(visit.Id, command.Counter, now)] : (QueueEvent[])[],
            new ServiceSwitched(visit.Id, command.Counter, command.Service, now),
        ]);

    internal static Decision<QueueEvent> Decide(Queue queue, Finish command, Ticket visit, Setting setting, DateTimeOffset now)
    {
        var counter = command.Counter;
        return command.Given.Any(g => !Fetching.IsGiven(g.Service, visit, setting)) ? Refusal.UnknownService
            : command.Given.Count > MostGiven || command.Given.Any(g => g.Quantity is not (>= 1 and <= MostGiven)) ? Refusal.WrongQuantity
            : Staffing.Leave(queue, counter, [
                .. command is { Given.Count: > 0, Outcome: not ServedOutcome.NothingDone }
                    ? [new ServicesGiven(visit.Id, counter, command.Given, now)] : (QueueEvent[])[],
                command.ForPickup ? new PickupPromised(visit.Id, counter, now) : new TicketServed(visit.Id, counter, now, command.Outcome),
            ]);
    }

    internal static Queue Apply(Queue queue, TicketArrived e) => Undoing.Step(queue, e.Counter, e.At,
        queue.Tickets[e.Ticket] with { State = TicketState.Serving, ArrivedAt = e.At });

    internal static Queue Apply(Queue queue, ServiceSwitched e)
    {
        var ticket = queue.Tickets[e.Ticket].EndPart(e.At);
        // The events of one command have one time: an arrival that it noted is part of the step.
        var called = queue.At(e.Counter).LastStep is { Before: { State: TicketState.Called } before } step && step.At == e.At
            && before.Id == e.Ticket ? before : null;
        return Undoing.Step(queue, e.Counter, e.At, ticket with
        {
            Service = e.Service,
            Also = [.. ticket.Also.Where(s => s != e.Service)],
            PartCalledAt = e.At,
            ArrivedAt = e.At,
        }, before: called);
    }

    internal static Queue Apply(Queue queue, ServicesGiven e) => queue.With(e.Counter, c => c);

    internal static Queue Apply(Queue queue, TicketServed e) => Undoing.Step(queue, e.Counter, e.At,
        queue.Tickets[e.Ticket].EndPart(e.At) with { State = TicketState.Served, EndedAt = e.At, Outcome = e.Outcome },
        c => c.Free() with { Served = c.Served + 1 });

    internal static Queue Apply(Queue queue, PickupPromised e) => Undoing.Step(queue, e.Counter, e.At,
        queue.Tickets[e.Ticket].EndPart(e.At) with { State = TicketState.Pickup }, c => c.Free() with { Served = c.Served + 1 });
}

/// <summary>Why a visit ended without the wished service.</summary>
[JsonConverter(typeof(KebabEnum<ServedOutcome>))]
public enum ServedOutcome
{
    NothingDone,
    /// <summary>The citizen has to come again with further papers.</summary>
    PapersMissing,
}

/// <summary>A service that was really given, and how often: one visit, three identity cards.</summary>
public sealed record GivenService(ServiceId Service, int Quantity);
