using System.Collections.Immutable;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Domain.Queues;

/// <summary>Who waits, in lines of equals: who is next is found by looking at the first of each line, however many wait.</summary>
public sealed record Waiting
{
    /// <summary>Equals: one service, one class, sent to nobody or to the same counter or clerk.</summary>
    public readonly record struct Line(ServiceId Service, WaitingClass Class, CounterId? Counter, ClerkId? Clerk);

    private Waiting() { }

    public static Waiting None { get; } = new();

    private ImmutableDictionary<Line, ImmutableSortedSet<Ticket>> Lines { get; init; } = ImmutableDictionary<Line, ImmutableSortedSet<Ticket>>.Empty;

    private static readonly ImmutableSortedSet<Ticket> Nobody = ImmutableSortedSet.Create<Ticket>(new ByTurn());

    /// <summary>Those whose time or turn has not come: never many.</summary>
    private ImmutableSortedDictionary<long, Ticket> HeldBack { get; init; } = ImmutableSortedDictionary<long, Ticket>.Empty;

    private ImmutableDictionary<ServiceId, int> Counts { get; init; } = ImmutableDictionary<ServiceId, int>.Empty;

    public int Count { get; private init; }

    /// <summary>How many wait for one service.</summary>
    public int CountOf(ServiceId service) => Counts.GetValueOrDefault(service);

    /// <summary>How many wait for services of one kind.</summary>
    public int CountOf(Func<ServiceId, bool> services) => Counts.Where(count => services(count.Key)).Sum(count => count.Value);

    /// <summary>The first of each line, and the line; held back ones are not among them.</summary>
    public IEnumerable<(Line Line, Candidate First)> Heads => Lines.Select(line => (line.Key, CandidateIn(line.Key, line.Value[0])));

    /// <summary>Waiting tickets that are held back.</summary>
    public IEnumerable<Ticket> Held => HeldBack.Values;

    /// <summary>Everybody who waits, held back or not.</summary>
    public IEnumerable<TicketId> Tickets => All.Select(x => x.Candidate.Ticket).Concat(HeldBack.Values.Select(t => t.Id));

    /// <summary>Everybody in the lines, line by line.</summary>
    public IEnumerable<(Line Line, Candidate Candidate)> All => Lines.SelectMany(line => line.Value, (line, ticket) => (line.Key, CandidateIn(line.Key, ticket)));

    internal Waiting Add(Ticket ticket)
    {
        var counted = this with { Counts = Counts.SetItem(ticket.Service, CountOf(ticket.Service) + 1), Count = Count + 1 };
        return ticket.Held
            ? counted with { HeldBack = HeldBack.Add(ticket.Place, ticket) }
            : counted with { Lines = Lines.SetItem(LineOf(ticket), (Lines.GetValueOrDefault(LineOf(ticket)) ?? Nobody).Add(ticket)) };
    }

    internal Waiting Remove(Ticket ticket)
    {
        var left = CountOf(ticket.Service) - 1;
        var counted = this with { Counts = left == 0 ? Counts.Remove(ticket.Service) : Counts.SetItem(ticket.Service, left), Count = Count - 1 };
        if (ticket.Held)
        {
            return counted with { HeldBack = HeldBack.Remove(ticket.Place) };
        }

        var line = Lines[LineOf(ticket)].Remove(ticket);
        return counted with { Lines = line.IsEmpty ? Lines.Remove(LineOf(ticket)) : Lines.SetItem(LineOf(ticket), line) };
    }

    private static Candidate CandidateIn(Line line, Ticket ticket) => new(ticket.Id, line.Service, line.Class, ticket.DueAt, ticket.Place);

    internal static Line LineOf(Ticket ticket) => new(ticket.Service, ticket.Class, ticket.ForCounter, ticket.ForClerk);

    /// <summary>As candidates are compared; of a ticket that waits, nothing else counts here.</summary>
    private sealed class ByTurn : IComparer<Ticket>
    {
        public int Compare(Ticket? x, Ticket? y) => x!.DueAt.CompareTo(y!.DueAt) is not 0 and var due ? due : x.Place.CompareTo(y.Place);
    }
}
