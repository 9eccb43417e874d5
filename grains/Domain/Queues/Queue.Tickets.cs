using System.Diagnostics;
using Aufruf.Domain.Offices;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Queues;

// Wishes about one ticket, wherever it is.
public sealed partial record Queue
{
    private Decision<QueueEvent> DecideTicket(OfTicket command, Setting setting, DateTimeOffset now)
    {
        if (!Tickets.TryGetValue(command.Ticket, out var ticket))
        {
            return Refusal.UnknownTicket;
        }

        return command switch
        {
            Reactivate when ticket.State is not (TicketState.Missed or TicketState.Cancelled) => Refusal.NotMissed,
            Reactivate when Ended => Refusal.DayIsOver,
            Reactivate when Numbers.Contains(ticket.Number) => Refusal.NumberTaken,
            Reactivate => new TicketReactivated(ticket.Id, now),
            Cancel when ticket.State is TicketState.Cancelled => NothingToDo,
            Cancel when ticket.State is not (TicketState.Waiting or TicketState.Parked or TicketState.Pickup) => Refusal.NotWaiting,
            Cancel wish => new TicketCancelled(ticket.Id, wish.By, now),
            Prioritise { Reason: { } reason } when setting.Office.Priorities.All(p => p.Id != reason) => Refusal.UnknownPriority,
            Prioritise when !ticket.Alive => Refusal.NotWaiting,
            Prioritise wish when ticket.Priority == wish.Reason => NothingToDo,
            Prioritise wish => new PriorityGiven(ticket.Id, wish.Reason, now),
            WriteRemark wish when ticket.Remark == wish.Remark => NothingToDo,
            WriteRemark wish => new RemarkWritten(ticket.Id, wish.Remark, now),
            _ => throw new UnreachableException(),
        };
    }

    private Decision<QueueEvent> DecideStop(QueueCommand command, Setting setting, DateTimeOffset now) => command switch
    {
        StopService wish when setting.Area.Service(wish.Service) is null => Refusal.UnknownService,
        StopService { Automatic: true } wish when Stopped.ContainsKey(wish.Service) => NothingToDo,
        StopService wish when Stopped.GetValueOrDefault(wish.Service, StopKind.Automatic) is StopKind.ByClerk => NothingToDo,
        StopService wish => new ServiceStopped(wish.Service, wish.Automatic ? StopKind.Automatic : StopKind.ByClerk, now),
        // What a clerk stopped, no forecast sets going again.
        ReleaseService wish when !Stopped.TryGetValue(wish.Service, out var kind) || (wish.Automatic && kind is StopKind.ByClerk) => NothingToDo,
        ReleaseService wish => new ServiceReleased(wish.Service, now),
        _ => throw new UnreachableException(),
    };

    private Queue ApplyTicket(QueueEvent happened) => happened switch
    {
        TicketReactivated e => Changed(Tickets[e.Ticket] with { State = TicketState.Waiting, Counter = null, ArrivedAt = null, EndedAt = null, Misses = 0 }),
        TicketCancelled e => Changed(Tickets[e.Ticket] with { State = TicketState.Cancelled, EndedAt = e.At, NotBefore = null, NotBeforeCall = null, WakeAt = null }),
        PriorityGiven e => Changed(Tickets[e.Ticket] with { Priority = e.Reason }),
        RemarkWritten e => Changed(Tickets[e.Ticket] with { Remark = e.Remark }),
        _ => throw new UnreachableException(),
    };
}
