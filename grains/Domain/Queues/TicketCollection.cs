using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Aufruf.Domain.Queues;

/// <summary>Every ticket of a day, in order of arrival, found by its id and by its code.</summary>
/// <remarks>
/// Immutable: a change gives a new collection that shares all but a few pages with the one before. Where a ticket stands never changes,
/// so all that grew out of one share the index too; what it says is checked against the page, for some of them are older or went another way.
/// </remarks>
public sealed class TicketCollection : IReadOnlyDictionary<TicketId, Ticket>
{
    private const int Bits = 3;
    private const int PerPage = 1 << Bits;

    private sealed class Index
    {
        public ConcurrentDictionary<TicketId, long> Ids { get; } = new(concurrencyLevel: 1, capacity: 31);
        public ConcurrentDictionary<TicketCode, long> Codes { get; } = new(concurrencyLevel: 1, capacity: 31);
    }

    private readonly Index _index;
    private readonly object?[] _pages;
    private readonly int _levels;

    private TicketCollection(Index index, object?[] pages, int levels, int count) => (_index, _pages, _levels, Count) = (index, pages, levels, count);

    /// <summary>Without tickets, and with an index of its own.</summary>
    public static TicketCollection New() => new(new(), new object?[PerPage], levels: 1, count: 0);

    /// <param name="tickets">In order of their places, from 1 on.</param>
    internal static TicketCollection Of(IReadOnlyList<Ticket> tickets)
    {
        var index = new Index();
        foreach (var ticket in tickets)
        {
            index.Ids[ticket.Id] = ticket.Place;
            index.Codes[ticket.Code] = ticket.Place;
        }

        object?[][] pages = [.. tickets.Chunk(PerPage).Select(Page)];
        var levels = 1;
        for (; pages.Length > 1; levels++)
        {
            pages = [.. pages.Chunk(PerPage).Select(Page)];
        }

        return new(index, pages is [var root] ? root : new object?[PerPage], levels, tickets.Count);

        static object?[] Page(object?[] content)
        {
            var page = new object?[PerPage];
            content.CopyTo(page, 0);
            return page;
        }
    }

    public int Count { get; }

    public Ticket this[TicketId id] => TryGetValue(id, out var ticket) ? ticket : throw new KeyNotFoundException($"There is no ticket {id} today.");

    public IEnumerable<TicketId> Keys => Values.Select(ticket => ticket.Id);

    /// <summary>In order of arrival.</summary>
    public IEnumerable<Ticket> Values
    {
        get
        {
            for (var place = 1; place <= Count; place++)
            {
                yield return At(place);
            }
        }
    }

    public bool ContainsKey(TicketId key) => TryGetValue(key, out _);

    public bool TryGetValue(TicketId key, [MaybeNullWhen(false)] out Ticket value)
    {
        value = _index.Ids.TryGetValue(key, out var place) && place <= Count ? At(place) : null;
        value = value?.Id == key ? value : null;
        return value is not null;
    }

    /// <summary>Null: none of these tickets has the code.</summary>
    public Ticket? Find(TicketCode code) =>
        _index.Codes.TryGetValue(code, out var place) && place <= Count && At(place) is var ticket && ticket.Code == code ? ticket : null;

    /// <summary>A ticket more, at the next place.</summary>
    internal TicketCollection Add(Ticket ticket)
    {
        if (ticket.Place != Count + 1 || ContainsKey(ticket.Id))
        {
            throw new ArgumentException($"{ticket.Number} cannot have place {ticket.Place} behind {Count} others.", nameof(ticket));
        }

        var index = Knows(ticket) ? _index : Reindexed(ticket);
        return Count < 1 << (_levels * Bits)
            ? new(index, With(_pages, _levels, ticket), _levels, Count + 1)
            : new(index, With([_pages, .. new object?[PerPage - 1]], _levels + 1, ticket), _levels + 1, Count + 1);
    }

    /// <summary>The same ticket, as it is now.</summary>
    internal TicketCollection Set(Ticket ticket) => new(_index, With(_pages, _levels, ticket), _levels, Count);

    public IEnumerator<KeyValuePair<TicketId, Ticket>> GetEnumerator() => Values.Select(ticket => KeyValuePair.Create(ticket.Id, ticket)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Ticket At(long place)
    {
        var page = _pages;
        for (var level = _levels - 1; level > 0; level--)
        {
            page = (object?[])page[Slot(place, level)]!;
        }

        return (Ticket)page[Slot(place, 0)]!;
    }

    private static object?[] With(object?[]? page, int levels, Ticket ticket)
    {
        var copy = new object?[PerPage];
        page?.CopyTo(copy, 0);
        ref var slot = ref copy[Slot(ticket.Place, levels - 1)];
        slot = levels == 1 ? ticket : With((object?[]?)slot, levels - 1, ticket);
        return copy;
    }

    private static int Slot(long place, int level) => (int)((place - 1) >> (level * Bits)) & (PerPage - 1);

    private bool Knows(Ticket ticket) => _index.Ids.GetOrAdd(ticket.Id, ticket.Place) == ticket.Place && _index.Codes.GetOrAdd(ticket.Code, ticket.Place) == ticket.Place;

    /// <summary>In a collection that went another way the same ticket stands elsewhere: this one needs an index of its own.</summary>
    private Index Reindexed(Ticket last)
    {
        var index = new Index();
        foreach (var ticket in Values.Append(last))
        {
            index.Ids[ticket.Id] = ticket.Place;
            index.Codes[ticket.Code] = ticket.Place;
        }

        return index;
    }
}
