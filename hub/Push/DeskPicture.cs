using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Push;

/// <summary>What a desk shows of a queue: everybody who waits or is at a counter, and who would be next.</summary>
public static class DeskPicture
{
    public static DeskSnapshot Whole(
        Office office, WaitingArea area, CounterId counter, AreaState now, IReadOnlyList<DeskDevice> devices, DateTimeOffset at, string build) => new(
        now.Queue.Key, now.Version, at, build, office.Name, area.Name, office.Languages, office.TimeZone,
        counter,
        [.. area.Counters.Select(c => c.Id).Union(now.Queue.Counters.Keys).Select(c => CounterOf(now.Queue, area, c))],
        [.. area.Services.Select(s => new DeskService(s.Id, s.Letter, s.Name, s.UsualMinutes, area.Counter(counter) is { } mine && area.MayCall(mine, s.Id)))],
        [.. now.Queue.Tickets.Values.Where(t => t.Alive).OrderBy(t => t.Place).Select(TicketOf)],
        now.Queue.NextFor(counter, new(office, area), at)?.Ticket.Id,
        now.Queue.ServedAt(counter),
        devices);

    /// <param name="changed">The tickets that changed between the two states.</param>
    public static DeskChange Change(
        Office office, WaitingArea area, CounterId counter, AreaState shown, AreaState now, IReadOnlyCollection<TicketId> changed, DateTimeOffset at) => new(
        now.Queue.Key, shown.Version, now.Version, at,
        [.. changed.Select(id => now.Queue.Tickets[id]).Where(t => t.Alive).OrderBy(t => t.Place).Select(TicketOf)],
        [.. changed.Where(id => !now.Queue.Tickets[id].Alive)],
        [.. now.Queue.Counters.Keys.Where(c => shown.Queue.At(c) != now.Queue.At(c)).Select(c => CounterOf(now.Queue, area, c))],
        now.Queue.NextFor(counter, new(office, area), at)?.Ticket.Id,
        now.Queue.ServedAt(counter));

    private static DeskCounter CounterOf(Queue queue, WaitingArea area, CounterId id)
    {
        var state = queue.At(id);
        return new(id, area.Counter(id)?.Label ?? id.Value, state.Open, state.Revision, state.Ticket);
    }

    private static DeskTicket TicketOf(Ticket t) => new(
        t.Id, t.Number, t.Service, t.Language, t.State, t.TakenAt, t.Calls, t.Counter, t.CalledAt, t.LastCallAt, t.ArrivedAt);
}
