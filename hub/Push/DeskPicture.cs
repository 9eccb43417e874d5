using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Hub.Push;

/// <summary>The place and clerk of a desk, and the facts it shows beside its own queue.</summary>
/// <param name="Emergencies">Of the whole office.</param>
/// <param name="Remark">Decrypts a ticket's remark.</param>
public sealed record DeskView(
    Office Office, WaitingArea Area, CounterId Counter, ClerkId Clerk, IReadOnlyList<DeskEmergency> Emergencies,
    Func<Ticket, string?> Remark)
{
    /// <summary>With the clerks who sit in other areas.</summary>
    public Setting Setting { get; init; } = new(Office, Area);

    /// <summary>Decrypts the citizen of a ticket.</summary>
    public Func<Ticket, TicketPerson?> Person { get; init; } = _ => null;

    /// <summary>The title of a case, if the clerk works on it; null: this clerk opens no cases.</summary>
    public Func<string, Texts?>? Case { get; init; }

    /// <summary>Boards of the office that show nothing current.</summary>
    public IReadOnlyList<DeskBoard> SilentBoards { get; init; } = [];

    /// <summary>Its kiosks that show nothing current.</summary>
    public IReadOnlyList<DeskBoard> SilentKiosks { get; init; } = [];

    public DeskRefusal? Refusal { get; init; }

    /// <summary>Today's queues of other areas that the counter may call from.</summary>
    public IReadOnlyList<Queue> Others { get; init; } = [];

    public DeskAppointments? Appointments { get; init; }

    /// <summary>Clerks in other areas whose calls are seen here: a ticket can be kept for them.</summary>
    public IReadOnlyList<DeskSeat> Seats { get; init; } = [];
}

/// <summary>The picture of a queue at a desk: all tickets that may still be called today, the next one, and the step to undo.</summary>
public static class DeskPicture
{
    // A clerk calls the next one; the rest of the line shows how many wait there.
    private const int MostFurther = 20;

    public static DeskSnapshot Whole(DeskView desk, AreaState now, IReadOnlyList<DeskDevice> devices, DateTimeOffset at, string build)
    {
        var (office, area, queue, moving) = (desk.Office, desk.Area, now.Queue, DeskMoving.Of(desk, now.Queue, at));
        return new(
            queue.Key, now.Version, at, build, office.Name, area.Name, office.Languages, office.TimeZone,
            desk.Counter, desk.Clerk,
            [.. area.Counters.Select(c => c.Id).Union(queue.Counters.Keys).Select(c => CounterOf(queue, area, c))],
            [.. area.Services.Select(s => new DeskService(s.Id, s.Letter, s.Name, s.UsualMinutes, IsMine(desk, queue, s.Id)))],
            [.. queue.Tickets.Values.Where(IsShown).OrderBy(t => t.TakenAt).ThenBy(t => t.Place).Select(t => TicketOf(desk, queue, t))],
            moving.Next, queue.ServedAt(desk.Counter), moving.Undo, StopsOf(queue), moving.Emergencies, devices,
            [.. area.Profiles.Select(p => new DeskName(p.Id, p.Name))],
            [.. office.Priorities.Select(p => new DeskName(p.Id, p.Name))],
            [.. office.Areas.Select(a => TargetOf(desk, queue, a))],
            new(area.Rules.MayCallAny, area.Rules.MissedReturns, area.Rules.MissedReturnsAfter, area.Rules.KeptMinutes, area.Rules.AskName,
                desk.Case is not null),
            queue.Ended, moving.SilentBoards, moving.SilentKiosks, moving.Refusal, moving.Appointments, moving.Further, moving.Seats);
    }

    /// <summary>False: another work profile calls other services, and only a whole picture shows them.</summary>
    public static bool CanBeChanged(CounterId counter, AreaState shown, AreaState now) =>
        shown.Queue.At(counter).Profile == now.Queue.At(counter).Profile;

    /// <param name="changed">The tickets that changed between the two states.</param>
    public static DeskChange Change(DeskView desk, AreaState shown, AreaState now, IReadOnlyCollection<TicketId> changed, DateTimeOffset at)
    {
        var (queue, moving) = (now.Queue, DeskMoving.Of(desk, now.Queue, at));
        // Another ticket's call may release a held-back one.
        var tickets = changed
            .Union(queue.Waiting.Held.Where(t => IsHeldBack(t, shown.Queue) != IsHeldBack(t, queue)).Select(t => t.Id))
            .Select(id => queue.Tickets[id]).ToArray();
        return new(
            queue.Key, shown.Version, now.Version, at,
            [.. tickets.Where(IsShown).OrderBy(t => t.TakenAt).ThenBy(t => t.Place).Select(t => TicketOf(desk, queue, t))],
            [.. tickets.Where(t => !IsShown(t)).Select(t => t.Id)],
            [.. queue.Counters.Keys.Where(c => shown.Queue.At(c) != queue.At(c)).Select(c => CounterOf(queue, desk.Area, c))],
            moving.Next, queue.ServedAt(desk.Counter), moving.Undo, StopsOf(queue), moving.Emergencies, queue.Ended,
            moving.SilentBoards, moving.SilentKiosks, moving.Refusal, moving.Appointments, moving.Further, moving.Seats);
    }

    /// <summary>The first tickets of other areas that the counter may call, and the next one.</summary>
    /// <remarks>Their remarks stay closed until then.</remarks>
    internal static IReadOnlyList<DeskTicket> FurtherOf(DeskView desk, Queue home, DateTimeOffset at, Ticket? next)
    {
        var closed = desk with { Person = _ => null };
        return [.. desk.Others.SelectMany(
            queue => queue.CallableBy(home, desk.Counter, desk.Setting, at).OrderBy(t => t.Id != next?.Id).Take(MostFurther),
            (queue, t) => TicketOf(closed, queue, t, remark: null) with { RemarkIsClosed = false, Area = queue.Key.AreaKey })];
    }

    /// <summary>It may still be called today, or be put back into the queue.</summary>
    private static bool IsShown(Ticket ticket) =>
        ticket.Alive || ticket.State is TicketState.Missed or TicketState.Lapsed or TicketState.Cancelled;

    private static bool IsHeldBack(Ticket ticket, Queue queue) => ticket.State is TicketState.Waiting
        && ticket.NotBeforeCall > queue.CallsMade;

    private static bool IsMine(DeskView desk, Queue queue, ServiceId service) =>
        !desk.Area.IsCalledBySomebody(service)
        || (desk.Area.Profile(queue.At(desk.Counter).Profile) is { } profile
            ? profile.Groups.Any(group => group.Contains(service)) || profile.Also.Any(also => also.Service == service)
            : desk.Area.Counter(desk.Counter)?.Services.Contains(service) is true);

    private static DeskCounter CounterOf(Queue queue, WaitingArea area, CounterId id)
    {
        var state = queue.At(id);
        return new(id, area.Counter(id)?.Label ?? id.Value, state.Open, state.Revision, state.Ticket, state.Clerk, state.Presence,
            state.Profile);
    }

    internal static DeskTicket TicketOf(DeskView desk, Queue queue, Ticket t) => TicketOf(desk, queue, t, desk.Remark(t));

    private static DeskTicket TicketOf(DeskView desk, Queue queue, Ticket t, string? remark) => new(
        t.Id, t.Number, t.Service, t.Language, t.State, t.TakenAt, t.Calls, t.Counter, t.CalledAt, t.LastCallAt, t.ArrivedAt,
        t.Class, t.DueAt, t.Booked, t.Priority, t.Also, remark, t.Remark is not null && remark is null, t.ForCounter, t.ForClerk,
        t.NotBefore, IsHeldBack(t, queue), t.WakeAt, t.Misses, t.Parts, KeyOf(desk.Office, t.FromArea), KeyOf(desk.Office, t.ToArea),
        t.Home is { } home ? new(home.Earliest, home.ArriveBy, home.CameAt) : null,
        t.ParkedBy, desk.Person(t), t.Notice?.Kind, t.Outcome, t.EndedAt, t.KeptFrom)
    {
        Case = t.Case is { } about ? new(about, desk.Case?.Invoke(about)) : null,
    };

    private static DeskTarget TargetOf(DeskView desk, Queue queue, WaitingArea area)
    {
        var own = area.Id == desk.Area.Id;
        var further = FurtherCalls.ServicesIn(queue, area.Id, desk.Counter, desk.Setting);
        return new(
            $"{desk.Office.Key}.{area.Id}", area.Name, own,
            own || !area.Services.Any(s => desk.Area.Services.Any(mine => mine.Letter == s.Letter)),
            area.Rules.MayCallAny,
            [.. area.Services.Select(s => new DeskTargetService(s.Id, s.Name, further.Contains(s.Id)))],
            [.. area.Counters.Select(c => new DeskTargetCounter(c.Id, c.Label))]);
    }

    private static DeskStop[] StopsOf(Queue queue) =>
        [.. queue.Stopped.OrderBy(s => s.Key.Value, StringComparer.Ordinal).Select(s => new DeskStop(s.Key, s.Value))];

    private static string? KeyOf(Office office, string? area) => area is null ? null : $"{office.Key}.{area}";
}

/// <summary>The parts of a desk's picture that change with time alone, or elsewhere in the office.</summary>
public sealed record DeskMoving(DeskNext? Next, DeskUndo? Undo, IReadOnlyList<DeskEmergency> Emergencies,
    IReadOnlyList<DeskBoard> SilentBoards, IReadOnlyList<DeskBoard> SilentKiosks, DeskRefusal? Refusal, DeskAppointments? Appointments,
    IReadOnlyList<DeskTicket> Further, IReadOnlyList<DeskSeat> Seats)
{
    public static DeskMoving Of(DeskView desk, Queue queue, DateTimeOffset at) => Of(desk, queue, at,
        queue.IsOver(desk.Setting, at) ? null : queue.NextOver(desk.Counter, desk.Setting, desk.Others, at)?.Next);

    private static DeskMoving Of(DeskView desk, Queue queue, DateTimeOffset at, NextTicket? next) => new(
        next is null ? null : new(next.Ticket.Id, next.Why),
        queue.Undoable(desk.Counter, at) is { } step
            ? new(step.Before.Id, step.Before.Number, step.Became, step.At + Undoing.Limit, step.Ended?.Before.Number) : null,
        desk.Emergencies, desk.SilentBoards, desk.SilentKiosks, desk.Refusal, desk.Appointments,
        DeskPicture.FurtherOf(desk, queue, at, next?.Ticket), desk.Seats);

    /// <summary>The emergency calls of all areas, the oldest first.</summary>
    /// <param name="queueOf">Today's queue of an area, by its id; null when it is not known.</param>
    public static IReadOnlyList<DeskEmergency> EmergenciesOf(Office office, Func<string, Queue?> queueOf) =>
        [.. office.Areas.SelectMany(area => queueOf(area.Id)?.Emergencies.Values ?? [], (area, call) => new DeskEmergency(
                $"{office.Key}.{area.Id}", call.Counter, LabelOf(office, call.Counter), call.RaisedAt,
                [.. call.Coming.Select(from => new DeskComing(from, LabelOf(office, from)))]))
            .OrderBy(call => call.RaisedAt).ThenBy(call => call.Counter.Value, StringComparer.Ordinal)];

    public bool IsSame(DeskMoving? other) => other is not null && Next == other.Next && Undo == other.Undo && Refusal == other.Refusal
        && Appointments == other.Appointments && Seats.SequenceEqual(other.Seats)
        && SilentBoards.SequenceEqual(other.SilentBoards) && SilentKiosks.SequenceEqual(other.SilentKiosks)
        && Emergencies.Select(Known).SequenceEqual(other.Emergencies.Select(Known))
        && Further.Select(Known).SequenceEqual(other.Further.Select(Known));

    private static (TicketId, ServiceId, WaitingClass, DateTimeOffset) Known(DeskTicket t) => (t.Id, t.Service, t.Class, t.DueAt);

    // The list of those who come only grows.
    private static (CounterId, DateTimeOffset, int) Known(DeskEmergency call) => (call.Counter, call.RaisedAt, call.Coming.Count);

    private static string LabelOf(Office office, CounterId counter) => office.Counter(counter)?.Counter.Label ?? counter.Value;
}
