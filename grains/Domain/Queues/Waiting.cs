using System.Collections.Immutable;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Domain.Queues;

/// <summary>Who waits, in lines of equals: who is next is found by looking at the first of each line, however many wait.</summary>
public sealed record Waiting
{
    /// <summary>Equals: one service, one class, sent to nobody or to the same counter or clerk.</summary>
    public readonly record struct Line(ServiceId Service, WaitingClass Class, CounterId? Counter, ClerkId? Clerk);

    /// <summary>Who stands in one line. The first is at hand: to look for it in every line is what a call would cost most.</summary>
    private sealed class Row(Line line, ImmutableSortedSet<Ticket> tickets)
    {
        public Line Line { get; } = line;
        public ImmutableSortedSet<Ticket> Tickets { get; } = tickets;
        public Candidate First { get; } = CandidateIn(line, tickets[0]);
    }

    private static readonly ImmutableSortedSet<Ticket> Nobody = ImmutableSortedSet.Create<Ticket>(new ByTurn());

    private Waiting() { }

    public static Waiting None { get; } = new();

    /// <summary>Never many, and none is empty.</summary>
    private ImmutableArray<Row> Rows { get; init; } = [];

    /// <summary>Those whose time or turn has not come: never many.</summary>
    private ImmutableSortedDictionary<long, Ticket> HeldBack { get; init; } = ImmutableSortedDictionary<long, Ticket>.Empty;

    private ImmutableDictionary<ServiceId, int> Counts { get; init; } = ImmutableDictionary<ServiceId, int>.Empty;

    public int Count { get; private init; }

    /// <summary>How many wait for one service.</summary>
    public int CountOf(ServiceId service) => Counts.GetValueOrDefault(service);

    /// <summary>How many wait for services of one kind.</summary>
    public int CountOf(Func<ServiceId, bool> services) => Counts.Where(count => services(count.Key)).Sum(count => count.Value);

    /// <summary>The first of each line, and the line; held back ones are not among them.</summary>
    public IEnumerable<(Line Line, Candidate First)> Heads
    {
        get
        {
            foreach (var row in Rows)
            {
                yield return (row.Line, row.First);
            }
        }
    }

    /// <summary>Waiting tickets that are held back.</summary>
    public IEnumerable<Ticket> Held => HeldBack.Values;

    /// <summary>Everybody who waits, held back or not.</summary>
    public IEnumerable<TicketId> Tickets => All.Select(x => x.Candidate.Ticket).Concat(HeldBack.Values.Select(t => t.Id));

    /// <summary>Everybody in the lines, line by line.</summary>
    public IEnumerable<(Line Line, Candidate Candidate)> All => Rows.SelectMany(row => row.Tickets, (row, ticket) => (row.Line, CandidateIn(row.Line, ticket)));

    internal Waiting Add(Ticket ticket)
    {
        var counted = this with { Counts = Counts.SetItem(ticket.Service, CountOf(ticket.Service) + 1), Count = Count + 1 };
        if (ticket.Held)
        {
            return counted with { HeldBack = HeldBack.Add(ticket.Place, ticket) };
        }

        var (line, at) = Find(ticket);
        return counted with { Rows = at < 0 ? Rows.Add(new(line, Nobody.Add(ticket))) : Rows.SetItem(at, new(line, Rows[at].Tickets.Add(ticket))) };
    }

    internal Waiting Remove(Ticket ticket)
    {
        var left = CountOf(ticket.Service) - 1;
        var counted = this with { Counts = left == 0 ? Counts.Remove(ticket.Service) : Counts.SetItem(ticket.Service, left), Count = Count - 1 };
        if (ticket.Held)
        {
            return counted with { HeldBack = HeldBack.Remove(ticket.Place) };
        }

        var (line, at) = Find(ticket);
        var others = Rows[at].Tickets.Remove(ticket);
        return counted with { Rows = others.IsEmpty ? Rows.RemoveAt(at) : Rows.SetItem(at, new(line, others)) };
    }

    private (Line Line, int At) Find(Ticket ticket)
    {
        var (line, at) = (LineOf(ticket), Rows.Length - 1);
        while (at >= 0 && Rows[at].Line != line)
        {
            at--;
        }

        return (line, at);
    }

    private static Candidate CandidateIn(Line line, Ticket ticket) => new(ticket.Id, line.Service, line.Class, ticket.DueAt, ticket.Place);

    internal static Line LineOf(Ticket ticket) => new(ticket.Service, ticket.Class, ticket.ForCounter, ticket.ForClerk);

    /// <summary>As candidates are compared; of a ticket that waits, nothing else counts here.</summary>
    private sealed class ByTurn : IComparer<Ticket>
    {
        public int Compare(Ticket? x, Ticket? y) => x!.DueAt.CompareTo(y!.DueAt) is not 0 and var due ? due : x.Place.CompareTo(y.Place);
    }
}
