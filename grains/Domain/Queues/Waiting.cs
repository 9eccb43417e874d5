using System.Collections.Immutable;

namespace Aufruf.Domain.Queues;

/// <summary>Who waits, per service in order of arrival: the next ticket of a counter is found without looking at everybody.</summary>
public sealed record Waiting
{
    private Waiting(ImmutableDictionary<ServiceId, ImmutableSortedDictionary<long, TicketId>> lines, int count) => (Lines, Count) = (lines, count);

    public static Waiting None { get; } = new(ImmutableDictionary<ServiceId, ImmutableSortedDictionary<long, TicketId>>.Empty, 0);

    private ImmutableDictionary<ServiceId, ImmutableSortedDictionary<long, TicketId>> Lines { get; }

    public int Count { get; }

    /// <summary>How many wait for one service.</summary>
    public int CountOf(ServiceId service) => Lines.TryGetValue(service, out var line) ? line.Count : 0;

    /// <summary>How many wait for services of one kind.</summary>
    public int CountOf(Func<ServiceId, bool> services) => Lines.Where(line => services(line.Key)).Sum(line => line.Value.Count);

    /// <summary>The earliest arrival among services of one kind; null when nobody waits for them.</summary>
    public TicketId? First(Func<ServiceId, bool> services)
    {
        (long Place, TicketId Ticket)? first = null;
        foreach (var (service, line) in Lines)
        {
            if (services(service))
            {
                using var earliest = line.GetEnumerator();
                if (earliest.MoveNext() && (first is null || earliest.Current.Key < first.Value.Place))
                {
                    first = (earliest.Current.Key, earliest.Current.Value);
                }
            }
        }

        return first?.Ticket;
    }

    /// <summary>How many arrived before a place, among services of one kind.</summary>
    public int CountBefore(long place, Func<ServiceId, bool> services) =>
        Lines.Where(line => services(line.Key)).Sum(line => line.Value.Keys.TakeWhile(other => other < place).Count());

    internal Waiting Add(Ticket ticket)
    {
        var line = Lines.GetValueOrDefault(ticket.Service, ImmutableSortedDictionary<long, TicketId>.Empty);
        return new(Lines.SetItem(ticket.Service, line.Add(ticket.Place, ticket.Id)), Count + 1);
    }

    internal Waiting Remove(Ticket ticket)
    {
        var line = Lines[ticket.Service].Remove(ticket.Place);
        return new(line.IsEmpty ? Lines.Remove(ticket.Service) : Lines.SetItem(ticket.Service, line), Count - 1);
    }
}
