namespace Aufruf.Domain.Queues;

/// <summary>The waiting tickets in lines of equals: the next one is the first of some line, however many wait.</summary>
public sealed record Waiting
{
    /// <summary>Equals: one service, one class, sent to nobody, or to the same counter or clerk at the same time.</summary>
    public readonly record struct Line(ServiceId Service, WaitingClass Class, CounterId? Counter, ClerkId? Clerk, DateTimeOffset? KeptFrom);

    /// <summary>In the order of <see cref="Candidate.CompareTo"/>.</summary>
    private static readonly ImmutableSortedSet<Ticket> NoTickets = ImmutableSortedSet.Create<Ticket>(
        Comparer<Ticket>.Create((one, other) => (one.DueAt, one.Place).CompareTo((other.DueAt, other.Place))));

    private Waiting() { }

    public static Waiting None { get; } = new();

    /// <summary>No line is empty.</summary>
    private ImmutableDictionary<Line, ImmutableSortedSet<Ticket>> Lines { get; init; } =
        ImmutableDictionary<Line, ImmutableSortedSet<Ticket>>.Empty;

    private ImmutableDictionary<ServiceId, int> Counts { get; init; } = ImmutableDictionary<ServiceId, int>.Empty;

    private ImmutableSortedDictionary<long, Ticket> HeldBack { get; init; } = ImmutableSortedDictionary<long, Ticket>.Empty;

    public int Count { get; private init; }

    /// <summary>How many wait for one service.</summary>
    public int CountOf(ServiceId service) => Counts.GetValueOrDefault(service);

    /// <summary>How many wait for services of one kind.</summary>
    public int CountOf(Func<ServiceId, bool> services) => Counts.Sum(count => services(count.Key) ? count.Value : 0);

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
        var (line, counted) = (LineOf(ticket), Counted(ticket.Service, 1));
        return ticket.Held
            ? counted with { HeldBack = HeldBack.Add(ticket.Place, ticket) }
            : counted with { Lines = Lines.SetItem(line, Lines.GetValueOrDefault(line, NoTickets).Add(ticket)) };
    }

    internal Waiting Remove(Ticket ticket)
    {
        var (line, counted) = (LineOf(ticket), Counted(ticket.Service, -1));
        if (ticket.Held)
        {
            return counted with { HeldBack = HeldBack.Remove(ticket.Place) };
        }

        var others = Lines[line].Remove(ticket);
        return counted with { Lines = others.IsEmpty ? Lines.Remove(line) : Lines.SetItem(line, others) };
    }

    private Waiting Counted(ServiceId service, int more) =>
        this with { Count = Count + more, Counts = Counts.SetItem(service, CountOf(service) + more) };

    internal static Line LineOf(Ticket ticket) => new(ticket.Service, ticket.Class, ticket.ForCounter, ticket.ForClerk, ticket.KeptFrom);
}
