using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Appointments;

namespace Aufruf.Hub.Cases;

/// <summary>Says which pieces are free for an application, and reserves them when it is sent.</summary>
internal sealed class StockShelf(IGrainFactory grains, TimeProvider clock)
{
    // A hub that dies between reservation and case goes on within minutes.
    private static readonly TimeSpan Held = TimeSpan.FromDays(1);

    /// <summary>The pieces that are needed before the application is sent, and how many of them are free.</summary>
    public async Task<IReadOnlyList<(EvaluatedStock Need, int Free)>> LookAsync(string authority, string holder, Evaluation found)
    {
        List<(EvaluatedStock, int)> looks = [];
        foreach (var need in AtSending(found))
        {
            var stock = await Grain(authority, need).View();
            looks.Add((need, stock.FreeIn(need.From, need.Until, holder, clock.GetUtcNow(), found.Situation.Today).Count()));
        }

        return looks;
    }

    /// <returns>Null: all of them are reserved. Otherwise none is.</returns>
    public async Task<Refusal?> ReserveAsync(string authority, string holder, Evaluation found)
    {
        foreach (var need in AtSending(found))
        {
            var answer = await Grain(authority, need).Handle(new RequestId(Guid.CreateVersion7()), new StockCommand.Reserve(holder,
                need.Quantity, need.From, need.Until, clock.GetUtcNow() + Held, found.Situation.Today));
            if (answer.Refusal is { } refusal)
            {
                await ReleaseAsync(authority, holder, found);
                return refusal;
            }
        }

        return null;
    }

    /// <summary>The application is not sent, or the case needs nothing any more.</summary>
    public async Task ReleaseAsync(string authority, string holder, Evaluation found)
    {
        foreach (var need in found.Stock)
        {
            await Grain(authority, need).Handle(new RequestId(Guid.CreateVersion7()), new StockCommand.Release(holder));
        }
    }

    /// <summary>The application became a case, and the pieces are the case's now.</summary>
    public async Task AssignAsync(string authority, string holder, string number, Evaluation found)
    {
        foreach (var need in AtSending(found))
        {
            await Grain(authority, need).Handle(Bookings.RequestOf($"stock {need.Item} {number}"), new StockCommand.Assign(holder, number));
        }
    }

    public IStockGrain Grain(string authority, EvaluatedStock need) => grains.GetGrain<IStockGrain>(Stock.StreamOf(authority, need.Item));

    private static IEnumerable<EvaluatedStock> AtSending(Evaluation found) =>
        found.Stock.Where(need => need.Declared.At is CaseState.Submitted);
}
