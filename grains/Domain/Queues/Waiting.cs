namespace Aufruf.Domain.Queues;

/// <summary>The waiting tickets in lines of equals: the next one is the first of some line, however many wait.</summary>
public sealed record Waiting
{
    /// <summary>Equals: one service, one class, sent to nobody or to the same counter or clerk.</summary>
    public readonly record struct Line(ServiceId Service, WaitingClass Class, CounterId? Counter, ClerkId? Clerk);

    /// <summary>In the order of <see cref="Candidate.CompareTo"/>.</summary>
    private static readonly ImmutableSortedSet<Ticket> NoTickets = ImmutableSortedSet.Create<Ticket>(
        Comparer<Ticket>.Create((one, other) => (one.DueAt, one.Place).CompareTo((other.DueAt, other.Place))));

    private Waiting() { }

    public static Waiting None { get; } = new();

    /// <summary>No line is empty.</summary>
    private ImmutableDictionary<Line, ImmutableSortedSet<Ticket>> Lines { get; init; } =
        ImmutableDictionary<Line, ImmutableSortedSet<Ticket>>.Empty;

    private ImmutableSortedDictionary<long, Ticket> HeldBack { get; init; } = ImmutableSortedDictionary<long, Ticket>.Empty;

    public int Count { get; private init; }

    /// <summary>How many wait for one service.</summary>
    public int CountOf(ServiceId service) => CountOf(other => other == service);

    /// <summary>How many wait for services of one kind.</summary>
    public int CountOf(Func<ServiceId, bool> services) =>
        Lines.Sum(line => services(line.Key.Service) ? line.Value.Count : 0) + HeldBack.Values.Count(t => services(t.Service));

    /// <summary>The first ticket of each line; held back tickets are not among them.</summary>
    public IEnumerable<(Line Line, Candidate First)> Heads => Lines.Select(line => (line.Key, line.Value[0].Candidate));

    /// <summary>Tickets that wait for a time or a number of calls; never many.</summary>
    public IEnumerable<Ticket> Held => HeldBack.Values;

    /// <summary>All waiting tickets, held back ones included.</summary>
    public IEnumerable<TicketId> Tickets => All.Select(x => x.Candidate.Ticket).Concat(Held.Select(t => t.Id));

    /// <summary>All tickets in lines, line by line.</summary>
    public IEnumerable<(Line Line, Candidate Candidate)> All =>
        Lines.SelectMany(line => line.Value, (line, ticket) => (line.Key, ticket.Candidate));

    internal Waiting Add(Ticket ticket)
    {
        var line = LineOf(ticket);
        return ticket.Held
            ? this with { Count = Count + 1, HeldBack = HeldBack.Add(ticket.Place, ticket) }
            : this with { Count = Count + 1, Lines = Lines.SetItem(line, Lines.GetValueOrDefault(line, NoTickets).Add(ticket)) };
    }

    internal Waiting Remove(Ticket ticket)
    {
        if (ticket.Held)
        {
            return this with { Count = Count - 1, HeldBack = HeldBack.Remove(ticket.Place) };
        }

        var line = LineOf(ticket);
        var others = Lines[line].Remove(ticket);
        return this with { Count = Count - 1, Lines = others.IsEmpty ? Lines.Remove(line) : Lines.SetItem(line, others) };
    }

    internal static Line LineOf(Ticket ticket) => new(ticket.Service, ticket.Class, ticket.ForCounter, ticket.ForClerk);
}
