using Aufruf.Contracts;
using Aufruf.Domain.Cases;

namespace Aufruf.Hub.Cases;

/// <summary>Lists the pieces of all items of an authority, and changes them as a clerk says.</summary>
internal sealed class StaffStock(Procedures procedures, IGrainFactory grains, TimeProvider clock) : IStaffStock
{
    public async Task<IReadOnlyList<StockRow>> ListAsync(string authority) =>
        [.. (await Task.WhenAll(Items(authority).Select(item => RowAsync(authority, item)))).Select(found => found.Row)];

    public async Task<StockView?> FindAsync(string authority, string item)
    {
        if (Items(authority).FirstOrDefault(known => known.Id == item) is not { } known)
        {
            return null;
        }

        var (row, stock) = await RowAsync(authority, known);
        var overdue = stock.Loans.Values.Where(loan => loan.IsOverdue).SelectMany(loan => loan.Pieces).ToHashSet();
        return new(row, [.. stock.Pieces], [.. stock.Loans.Where(loan => loan.Value.HeldUntil is null)
            .OrderBy(loan => loan.Value.From).ThenBy(loan => loan.Key, StringComparer.Ordinal)
            .Select(loan => new StockLoan(loan.Key, [.. loan.Value.Pieces], loan.Value.From, loan.Value.Until, loan.Value.IsOut,
                loan.Value.IsOverdue, !loan.Value.IsOut && (loan.Value.Pieces.Count == 0 || loan.Value.Pieces.Overlaps(overdue))))]);
    }

    public async Task<Refusal?> DoAsync(string authority, string item, StockCommand command, RequestId request) =>
        Items(authority).Any(known => known.Id == item)
            ? (await grains.GetGrain<IStockGrain>(Stock.StreamOf(authority, item)).Handle(request, command)).Refusal
            : Refusal.StockUnknown;

    private sealed record Item(string Id, IReadOnlyList<Texts> Parts, string TimeZone);

    /// <summary>Every combination of choices is an item of its own.</summary>
    private IEnumerable<Item> Items(string authority) => (
        from known in procedures.OfferedIn(authority)
        from stock in known.Is.Stock
        let fields = known.Is.Pages.SelectMany(page => page.Fields).ToList()
        let first = new Item(stock.Item, [stock.Label ?? known.Is.Title], known.Version.TimeZone)
        from item in stock.By.Aggregate((IEnumerable<Item>)[first], (before, name) =>
            from item in before
            from code in known.Is.Tables.Codes[fields.First(field => field.Path == name).List!].Codes
            select item with { Id = $"{item.Id}-{code.Id}", Parts = [.. item.Parts, code.Label] })
        select item).DistinctBy(item => item.Id).OrderBy(item => item.Id, StringComparer.Ordinal);

    private async Task<(StockRow Row, Stock Stock)> RowAsync(string authority, Item item)
    {
        var stock = await grains.GetGrain<IStockGrain>(Stock.StreamOf(authority, item.Id)).View();
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(item.TimeZone)).DateTime);
        return (new(item.Id, item.Parts, stock.Pieces.Count, stock.FreeIn(today, today, null, now, today).Count(),
            stock.Loans.Values.Where(loan => loan.IsOut).Sum(loan => loan.Pieces.Count),
            stock.Loans.Values.Where(loan => loan.IsOverdue).Sum(loan => loan.Pieces.Count)), stock);
    }
}
