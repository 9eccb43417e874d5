using Aufruf.Domain;
using Aufruf.Domain.Cases;
using static Aufruf.Domain.Cases.StockCommand;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>Numbered pieces: none is promised twice for the same day, and those that are out stay out until they are back.</summary>
public class StockTests
{
    private static readonly DateOnly Monday = new(2026, 11, 30);
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly ClerkId Anna = new("anna");

    private Stock _stock = Stock.Empty;

    [Fact]
    public void A_piece_is_reserved_for_some_days_and_free_on_the_others()
    {
        Do(new AddPieces(1, 2, Anna));
        Do(Wish("a", 2, Monday, Monday.AddDays(6)));
        Assert.Equal("stock-short", Do(Wish("b", 1, Monday.AddDays(6), Monday.AddDays(7))));
        Assert.Null(Do(Wish("b", 1, Monday.AddDays(7), Monday.AddDays(9))));
        Assert.Equal([2], FreeOn(Monday.AddDays(8)));
        Assert.Equal([1, 2], FreeOn(Monday.AddDays(10)));
    }

    [Fact]
    public void An_application_that_changes_its_days_keeps_its_pieces_and_one_that_is_never_sent_loses_them()
    {
        Do(new AddPieces(1, 1, Anna));
        Do(Wish("a", 1, Monday, Monday.AddDays(2)) with { HeldUntil = Now.AddDays(1) });
        Assert.Null(Do(Wish("a", 1, Monday.AddDays(1), Monday.AddDays(3)) with { HeldUntil = Now.AddDays(1) }));
        Assert.Equal([1], FreeOn(Monday));
        Assert.Empty(FreeOn(Monday.AddDays(3)));
        Assert.Null(Do(Wish("b", 1, Monday, Monday.AddDays(9)), Now.AddDays(1)));
    }

    [Fact]
    public void A_case_has_the_pieces_of_its_application_however_often_it_asks()
    {
        Do(new AddPieces(7, 1, Anna));
        Do(Wish("hash", 1, Monday, Monday) with { HeldUntil = Now.AddDays(1) });
        Assert.Null(Do(new Assign("hash", "10-1")));
        Assert.Null(Do(new Assign("hash", "10-1")));
        Assert.Equal([7], _stock.Loans["10-1"].Pieces);
        Assert.Null(_stock.Loans["10-1"].HeldUntil);
        Assert.Equal("loan-unknown", Do(new Assign("other", "10-2")));
        Assert.Null(Do(new Release("10-1")));
        Assert.Equal([7], FreeOn(Monday));
    }

    [Fact]
    public void A_piece_that_is_overdue_or_lost_is_replaced_for_the_next_one_if_another_is_free()
    {
        Do(new AddPieces(1, 2, Anna));
        Do(Wish("late", 1, Monday, Monday.AddDays(1)));
        Do(new GiveOut("late", false));
        Do(Wish("next", 1, Monday.AddDays(2), Monday.AddDays(3)));
        Do(Wish("third", 1, Monday.AddDays(4), Monday.AddDays(5)));
        Assert.Equal([1], _stock.Loans["next"].Pieces);
        Do(new NoteOverdue("late", Monday.AddDays(2)), Now.AddDays(2));
        Assert.Equal([2], _stock.Loans["next"].Pieces);
        Assert.Equal([2], _stock.Loans["third"].Pieces);
        Assert.Null(_stock.Loans["next"].HeldUntil);

        // Of a lost one nothing is left to give: the promise stands without a piece, and the clerk sees it.
        Do(new EndPiece(2, PieceEnd.Lost, Anna), Now.AddDays(2));
        Assert.Empty(_stock.Loans["next"].Pieces);
        Assert.Empty(_stock.Loans["third"].Pieces);
        Assert.Equal([1], _stock.Loans["late"].Pieces);
    }

    [Fact]
    public void A_hold_that_ended_before_the_case_has_a_number_gets_other_pieces_or_none()
    {
        Do(new AddPieces(1, 2, Anna));
        Do(Wish("late", 1, Monday, Monday) with { HeldUntil = Now.AddHours(1) });
        Assert.Null(Do(Wish("quick", 1, Monday, Monday), Now.AddHours(2)));
        Assert.Equal("loan-unknown", Do(new GiveOut("late", false), Now.AddHours(2)));
        Assert.Null(Do(new Assign("late", "10-1"), Now.AddHours(2)));
        Assert.Equal([1], _stock.Loans["quick"].Pieces);
        Assert.Equal([2], _stock.Loans["10-1"].Pieces);
        Do(Wish("later", 1, Monday.AddDays(1), Monday.AddDays(1)) with { HeldUntil = Now.AddHours(1) });
        Do(Wish("all", 2, Monday.AddDays(1), Monday.AddDays(1)), Now.AddHours(2));
        Assert.Equal("stock-short", Do(new Assign("later", "10-2"), Now.AddHours(2)));
    }

    [Fact]
    public void That_which_is_out_stays_out_after_its_last_day_until_it_is_back()
    {
        Do(new AddPieces(1, 1, Anna));
        Do(Wish("a", 1, Monday, Monday.AddDays(1)));
        Assert.Null(Do(new GiveOut("a", ForGood: false)));
        Assert.Null(Do(new GiveOut("a", ForGood: false)));
        Assert.Equal("pieces-are-out", Do(new Release("a")));
        Assert.Null(Do(new NoteOverdue("a", Monday.AddDays(1)))); // Its last day.
        Assert.False(_stock.Loans["a"].IsOverdue);
        Do(new NoteOverdue("a", Monday.AddDays(2)));
        Assert.True(_stock.Loans["a"].IsOverdue);
        Assert.Empty(_stock.FreeIn(Monday.AddDays(5), Monday.AddDays(6), null, Now, Monday.AddDays(3)));
        Do(new TakeBack("a"));
        Assert.Equal([1], _stock.FreeIn(Monday.AddDays(5), Monday.AddDays(6), null, Now, Monday.AddDays(3)));
    }

    [Fact]
    public void That_which_is_sold_is_gone_and_a_lost_piece_leaves_its_loan()
    {
        Do(new AddPieces(1, 3, Anna));
        Do(Wish("a", 1, Monday, null));
        Do(new GiveOut("a", ForGood: true));
        Assert.Equal([2, 3], _stock.Pieces);
        Assert.Empty(_stock.Loans);
        Do(Wish("b", 2, Monday, Monday));
        Do(new EndPiece(3, PieceEnd.Lost, Anna));
        Assert.Equal([2], _stock.Loans["b"].Pieces);
        Assert.Equal("piece-unknown", Do(new EndPiece(3, PieceEnd.Lost, Anna)));
    }

    [Theory]
    [InlineData(0, 1, "stock-malformed")]
    [InlineData(1, 0, "stock-malformed")]
    [InlineData(999_999, 2, "stock-malformed")]
    [InlineData(1, 20_001, "stock-malformed")]
    [InlineData(10, 5, "piece-known")]
    public void Numbers_are_new_and_within_bounds(int from, int count, string refusal)
    {
        Do(new AddPieces(12, 1, Anna));
        Assert.Equal(refusal, Do(new AddPieces(from, count, Anna)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_a_thousand_random_wishes_no_piece_is_promised_twice_for_a_day(int seed)
    {
        Random random = new(seed);
        Do(new AddPieces(1, 5, Anna));
        for (var n = 0; n < 1_000; n++)
        {
            var (holder, from) = ($"h{random.Next(40)}", Monday.AddDays(random.Next(30)));
            Do(random.Next(6) switch
            {
                0 => new Release(holder),
                1 => new GiveOut(holder, ForGood: false),
                2 => new TakeBack(holder),
                3 => new Assign(holder, $"h{random.Next(40)}"),
                _ => Wish(holder, 1 + random.Next(3), from, from.AddDays(random.Next(8))) with
                {
                    HeldUntil = Now.AddHours(random.Next(48)),
                },
            }, Now.AddHours(n / 20));
            var good = _stock.Loans.Values.Where(loan => loan.IsGoodAt(Now.AddHours(n / 20))).ToList();
            foreach (var day in Enumerable.Range(0, 40).Select(Monday.AddDays))
            {
                var promised = good.Where(loan => loan.From <= day && day <= loan.Until).SelectMany(loan => loan.Pieces).ToList();
                Assert.Equal(promised.Count, promised.Distinct().Count());
            }
        }
    }

    private static Reserve Wish(string holder, int quantity, DateOnly from, DateOnly? until) =>
        new(holder, quantity, from, until, null, Monday);

    private IEnumerable<int> FreeOn(DateOnly day) => _stock.FreeIn(day, day, null, Now, Monday);

    /// <returns>Null, or the refusal's code.</returns>
    private string? Do(StockCommand command, DateTimeOffset? at = null)
    {
        var decided = _stock.Decide(command, at ?? Now);
        _stock = decided.Events.Aggregate(_stock, (stock, happened) => stock.Apply(happened));
        return decided.Refusal?.Code;
    }
}
