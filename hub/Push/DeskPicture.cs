using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Push;

/// <summary>Where a desk stands, who sits there, and what it needs besides its own queue.</summary>
/// <param name="Emergencies">Of the whole office.</param>
/// <param name="Remark">Opens a ticket's remark.</param>
public sealed record DeskView(
    Office Office, WaitingArea Area, CounterId Counter, ClerkId Clerk, IReadOnlyList<DeskEmergency> Emergencies, Func<Ticket, string?> Remark)
{
    public Setting Setting { get; } = new(Office, Area);
}

/// <summary>What a desk shows of a queue: everybody who may still be called today, who would be next and why, and what can be taken back.</summary>
public static class DeskPicture
{
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
            [.. office.Areas.Select(a => TargetOf(desk, a))],
            new(area.Rules.MayCallAny, area.Rules.MissedReturns, area.Rules.MissedReturnsAfter),
            queue.Ended);
    }

    /// <summary>Whether what has happened can be told as a change: another work profile calls other services, which only a whole picture tells.</summary>
    public static bool IsTellable(CounterId counter, AreaState shown, AreaState now) => shown.Queue.At(counter).Profile == now.Queue.At(counter).Profile;

    /// <param name="changed">The tickets that changed between the two states.</param>
    public static DeskChange Change(DeskView desk, AreaState shown, AreaState now, IReadOnlyCollection<TicketId> changed, DateTimeOffset at)
    {
        var (queue, moving) = (now.Queue, DeskMoving.Of(desk, now.Queue, at));
        // A call made for somebody else may be the one that a held back ticket was waiting for.
        var tickets = changed
            .Union(queue.Waiting.Held.Where(t => IsHeldBack(t, shown.Queue) != IsHeldBack(t, queue)).Select(t => t.Id))
            .Select(id => queue.Tickets[id]).ToArray();
        return new(
            queue.Key, shown.Version, now.Version, at,
            [.. tickets.Where(IsShown).OrderBy(t => t.TakenAt).ThenBy(t => t.Place).Select(t => TicketOf(desk, queue, t))],
            [.. tickets.Where(t => !IsShown(t)).Select(t => t.Id)],
            [.. queue.Counters.Keys.Where(c => shown.Queue.At(c) != queue.At(c)).Select(c => CounterOf(queue, desk.Area, c))],
            moving.Next, queue.ServedAt(desk.Counter), moving.Undo, StopsOf(queue), moving.Emergencies, queue.Ended);
    }

    /// <summary>Who may still be called today, and who was missed or given back and could be put back.</summary>
    private static bool IsShown(Ticket ticket) => ticket.Alive || ticket.State is TicketState.Missed or TicketState.Cancelled;

    private static bool IsHeldBack(Ticket ticket, Queue queue) => ticket.State is TicketState.Waiting && ticket.NotBeforeCall > queue.CallsMade;

    private static bool IsMine(DeskView desk, Queue queue, ServiceId service) =>
        !desk.Area.IsCalledBySomebody(service)
        || (desk.Area.Profile(queue.At(desk.Counter).Profile) is { } profile
            ? profile.Groups.Any(group => group.Contains(service)) || profile.Also.Any(also => also.Service == service)
            : desk.Area.Counter(desk.Counter)?.Services.Contains(service) is true);

    private static DeskCounter CounterOf(Queue queue, WaitingArea area, CounterId id)
    {
        var state = queue.At(id);
        return new(id, area.Counter(id)?.Label ?? id.Value, state.Open, state.Revision, state.Ticket, state.Clerk, state.Presence, state.Profile);
    }

    private static DeskTicket TicketOf(DeskView desk, Queue queue, Ticket t) => new(
        t.Id, t.Number, t.Service, t.Language, t.State, t.TakenAt, t.Calls, t.Counter, t.CalledAt, t.LastCallAt, t.ArrivedAt,
        t.Class, t.DueAt, t.Booked, t.Priority, t.Also, desk.Remark(t), t.ForCounter, t.ForClerk, t.NotBefore, IsHeldBack(t, queue), t.WakeAt, t.Misses, t.Parts,
        KeyOf(desk.Office, t.FromArea), KeyOf(desk.Office, t.ToArea));

    private static DeskTarget TargetOf(DeskView desk, WaitingArea area)
    {
        var own = area.Id == desk.Area.Id;
        return new(
            $"{desk.Office.Key}.{area.Id}", area.Name, own,
            own || !area.Services.Any(s => desk.Area.Services.Any(mine => mine.Letter == s.Letter)),
            [.. area.Services.Select(s => new DeskTargetService(s.Id, s.Name))],
            [.. area.Counters.Select(c => new DeskTargetCounter(c.Id, c.Label))]);
    }

    private static DeskStop[] StopsOf(Queue queue) =>
        [.. queue.Stopped.OrderBy(s => s.Key.Value, StringComparer.Ordinal).Select(s => new DeskStop(s.Key, s.Value))];

    private static string? KeyOf(Office office, string? area) => area is null ? null : $"{office.Key}.{area}";
}
