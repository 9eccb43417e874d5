using static Aufruf.Domain.Cases.StockCommand;
using static Aufruf.Domain.Cases.StockEvent;

namespace Aufruf.Domain.Cases;

/// <summary>The numbered pieces of one thing that a town lends, sells or gives out, with their holders by day.</summary>
/// <param name="Pieces">Those that are there, or with somebody. A lost or worn one is none any more.</param>
/// <param name="Loans">By holder: the hash of an application's code, then its file number. One that is over is gone.</param>
public sealed record Stock(ImmutableSortedSet<int> Pieces, ImmutableDictionary<string, Loan> Loans)
    : IAggregate<Stock, StockCommand, StockEvent>
{
    public const string StreamKind = "stock";

    /// <summary>A town has some thousand tags.</summary>
    public const int MostPieces = 20_000, HighestNumber = 999_999;

    private const int LongestHolder = 100;

    public static int Schema => 1;

    public static Stock Empty { get; } = new([], ImmutableDictionary<string, Loan>.Empty);

    /// <summary>"stock/alsdorf.chair-white".</summary>
    public static string StreamOf(string authority, string item) => $"{StreamKind}/{authority}.{item}";

    /// <summary>The pieces that nobody has or has reserved on any of these days, the lowest numbers first.</summary>
    /// <param name="until">The last day; null: it does not come back.</param>
    /// <param name="holder">The one who asks: own pieces are free.</param>
    public IEnumerable<int> FreeIn(DateOnly from, DateOnly? until, string? holder, DateTimeOffset now, DateOnly today)
    {
        var taken = Loans.Where(loan => loan.Key != holder && loan.Value.IsGoodAt(now)
                && loan.Value.From <= (until ?? DateOnly.MaxValue) && from <= loan.Value.EndOn(today))
            .SelectMany(loan => loan.Value.Pieces).ToHashSet();
        return Pieces.Where(piece => !taken.Contains(piece));
    }

    public Decision<StockEvent> Decide(StockCommand command, DateTimeOffset now) => command switch
    {
        AddPieces c => Add(c, now),
        EndPiece c => !Pieces.Contains(c.Number) ? Refusal.PieceUnknown
            : WithOthers(new PieceEnded(c.Number, c.Why, c.By, now), [c.Number], now, DateOnly.FromDateTime(now.UtcDateTime)),
        Reserve c => Hold(c, now),
        Assign c => Loans.ContainsKey(c.Case) ? Array.Empty<StockEvent>()
            : Loans.GetValueOrDefault(c.Holder) is not { } loan ? Refusal.LoanUnknown
            : c.Case.Length is 0 or > LongestHolder ? Refusal.StockMalformed : Own(c, loan, now),
        Release c => Loans.GetValueOrDefault(c.Holder) is not { } loan ? Array.Empty<StockEvent>()
            : loan.IsOut ? Refusal.PiecesAreOut : new PiecesReleased(c.Holder, now),
        // A repeat finds the loan gone where the pieces went for good.
        GiveOut c => Loans.GetValueOrDefault(c.Case) is not { HeldUntil: null } loan ? Refusal.LoanUnknown
            : loan.IsOut ? Array.Empty<StockEvent>() : new PiecesGivenOut(c.Case, c.ForGood, now),
        TakeBack c => Loans.GetValueOrDefault(c.Case) is not { IsOut: true } ? Array.Empty<StockEvent>() : new PiecesTakenBack(c.Case, now),
        NoteOverdue c => Loans.GetValueOrDefault(c.Case) is not { IsOut: true, IsOverdue: false, Until: { } until } || until >= c.Today
            ? Array.Empty<StockEvent>() : WithOthers(new LoanOverdue(c.Case, now), Loans[c.Case].Pieces, now, c.Today),
        _ => throw new UnreachableException(),
    };

    public Stock Apply(StockEvent happened) => happened switch
    {
        PiecesAdded e => this with { Pieces = Pieces.Union(Enumerable.Range(e.From, e.Count)) },
        PieceEnded e => this with
        {
            Pieces = Pieces.Remove(e.Number),
            Loans = Loans.SetItems(Loans.Where(loan => loan.Value.Pieces.Contains(e.Number))
                .Select(loan => KeyValuePair.Create(loan.Key, loan.Value with { Pieces = loan.Value.Pieces.Remove(e.Number) }))),
        },
        PiecesReserved e => With(e.Holder, new([.. e.Pieces], e.From, e.Until, e.HeldUntil, false, false)),
        PiecesAssigned e => this with { Loans = Loans.Remove(e.Holder).Add(e.Case, Loans[e.Holder] with { HeldUntil = null }) },
        PiecesReleased e => this with { Loans = Loans.Remove(e.Holder) },
        PiecesGivenOut { ForGood: true } e => new(Pieces.Except(Loans[e.Case].Pieces), Loans.Remove(e.Case)),
        PiecesGivenOut e => With(e.Case, Loans[e.Case] with { IsOut = true }),
        PiecesTakenBack e => this with { Loans = Loans.Remove(e.Case) },
        LoanOverdue e => With(e.Case, Loans[e.Case] with { IsOverdue = true }),
        _ => throw new UnreachableException(),
    };

    /// <summary>Some pieces are not there. Those to whom they are promised get others while there are any, the next one first.</summary>
    private Decision<StockEvent> WithOthers(StockEvent missing, ImmutableSortedSet<int> pieces, DateTimeOffset now, DateOnly today)
    {
        var (after, events) = (Apply(missing), new List<StockEvent> { missing });
        foreach (var (holder, loan) in Loans.Where(loan => !loan.Value.IsOut && loan.Value.IsGoodAt(now)
            && loan.Value.Pieces.Overlaps(pieces)).OrderBy(loan => loan.Value.From).ThenBy(loan => loan.Key, StringComparer.Ordinal))
        {
            var kept = loan.Pieces.Except(pieces);
            var others = after.FreeIn(loan.From, loan.Until, holder, now, today).Except(pieces).Except(kept)
                .Take(loan.Pieces.Count - kept.Count).ToArray();
            if (kept.Count + others.Length == loan.Pieces.Count)
            {
                events.Add(new PiecesReserved(holder, [.. kept.Union(others)], loan.From, loan.Until, loan.HeldUntil, now));
                after = after.Apply(events[^1]);
            }
        }

        return events.ToArray();
    }

    private Stock With(string holder, Loan loan) => this with { Loans = Loans.SetItem(holder, loan) };

    private Decision<StockEvent> Add(AddPieces c, DateTimeOffset now) =>
        c.From < 1 || c.Count < 1 || c.From > HighestNumber - c.Count + 1 || Pieces.Count + c.Count > MostPieces ? Refusal.StockMalformed
        : Enumerable.Range(c.From, c.Count).Any(Pieces.Contains) ? Refusal.PieceKnown
        : new PiecesAdded(c.From, c.Count, c.By, now);

    /// <summary>A hold that ended meanwhile gets other pieces, if there are any.</summary>
    private Decision<StockEvent> Own(Assign c, Loan loan, DateTimeOffset now)
    {
        PiecesAssigned assigned = new(c.Holder, c.Case, now);
        if (loan.IsGoodAt(now))
        {
            return assigned;
        }

        var free = FreeIn(loan.From, loan.Until, c.Holder, now, DateOnly.FromDateTime(now.UtcDateTime)).Take(loan.Pieces.Count).ToArray();
        return free.Length < loan.Pieces.Count ? Refusal.StockShort
            : new StockEvent[] { new PiecesReserved(c.Holder, free, loan.From, loan.Until, now, now), assigned };
    }

    /// <summary>The holder's own reservation does not stand in its way: other days replace it.</summary>
    private Decision<StockEvent> Hold(Reserve c, DateTimeOffset now)
    {
        if (c.Quantity < 1 || c.Until < c.From || c.Holder.Length is 0 or > LongestHolder)
        {
            return Refusal.StockMalformed;
        }

        if (Loans.GetValueOrDefault(c.Holder) is { } own)
        {
            if (own.IsOut || own.HeldUntil is null)
            {
                return Array.Empty<StockEvent>(); // It is the case's own by now.
            }

            if ((own.From, own.Until, own.Pieces.Count) == (c.From, c.Until, c.Quantity) && own.IsGoodAt(now))
            {
                return Array.Empty<StockEvent>();
            }
        }

        var free = FreeIn(c.From, c.Until, c.Holder, now, c.Today).Take(c.Quantity).ToArray();
        return free.Length < c.Quantity ? Refusal.StockShort
            : new PiecesReserved(c.Holder, free, c.From, c.Until, c.HeldUntil, now);
    }
}

/// <param name="Pieces">Their numbers.</param>
/// <param name="Until">The last day; null: they do not come back.</param>
/// <param name="HeldUntil">So long it is kept for an application that is not sent; null: it belongs to a case.</param>
/// <param name="IsOut">They were given out.</param>
/// <param name="IsOverdue">They should be back.</param>
public sealed record Loan(ImmutableSortedSet<int> Pieces, DateOnly From, DateOnly? Until, DateTimeOffset? HeldUntil, bool IsOut,
    bool IsOverdue)
{
    public bool IsGoodAt(DateTimeOffset now) => HeldUntil is not { } end || now < end;

    /// <summary>Pieces that are out stay out until they are back, whatever was agreed.</summary>
    public DateOnly EndOn(DateOnly today) => Until is not { } end || (IsOut && end < today) ? DateOnly.MaxValue : end;
}

public static class StockRefusals
{
    extension(Refusal)
    {
        public static Refusal StockShort => new("stock-short",
            "An diesen Tagen sind nicht so viele Stücke frei.", "There are not so many free pieces on these days.");

        public static Refusal StockUnknown => new("stock-unknown",
            "Diesen Gegenstand braucht kein Verfahren.", "No procedure needs this item.", RefusalKind.NotFound);

        public static Refusal StockMalformed => new("stock-malformed",
            "Nummern, Anzahl oder Tage stimmen nicht.", "The numbers, the quantity or the days are not right.");

        public static Refusal PieceKnown => new("piece-known",
            "Eine dieser Nummern gibt es schon.", "One of these numbers exists already.");

        public static Refusal PieceUnknown => new("piece-unknown",
            "Diese Nummer gibt es nicht.", "There is no piece with this number.", RefusalKind.NotFound);

        public static Refusal LoanUnknown => new("loan-unknown",
            "Dafür ist nichts reserviert.", "Nothing is reserved for this.", RefusalKind.NotFound);

        public static Refusal PiecesAreOut => new("pieces-are-out",
            "Die Stücke sind schon ausgegeben.", "The pieces are given out already.");
    }
}
