using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
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
            await ReleaseAsync(authority, holder, need);
        }
    }

    public Task ReleaseAsync(string authority, string holder, EvaluatedStock need) =>
        Grain(authority, need).Handle(new RequestId(Guid.CreateVersion7()), new StockCommand.Release(holder));

    /// <summary>The application became a case, and the pieces are the case's now.</summary>
    public async Task AssignAsync(string authority, string holder, string number, Evaluation found)
    {
        foreach (var need in AtSending(found))
        {
            await Grain(authority, need).Handle(Bookings.RequestOf($"stock {need.Item} {number}"), new StockCommand.Assign(holder, number));
        }
    }

    /// <summary>The pieces of a case. They are reserved by this call where the case has come so far.</summary>
    /// <returns>Null: the town keeps no such piece, it is too early, or they are somebody else's for good.</returns>
    /// <exception cref="InvalidOperationException">Not enough are free. The case cannot go on without a number.</exception>
    public async Task<Loan?> LoanAsync(string authority, CitizenCase found, EvaluatedStock need)
    {
        var grain = Grain(authority, need);
        var stock = await grain.View();
        var loan = stock.Loans.GetValueOrDefault(found.Number);
        if (loan is { IsOut: false } && !IsOver(found)
            && (loan.From, loan.Until, loan.Pieces.Count) != (need.From, need.Until, need.Quantity))
        {
            await ReleaseAsync(authority, found.Number, need); // Corrected answers ask for other days, or for more or fewer pieces.
            loan = null;
        }

        if (loan is not null || IsOver(found) || found.State < need.Declared.At || stock.Pieces.Count == 0
            || IsOut(found, need.Declared))
        {
            return loan;
        }

        var answer = await grain.Handle(new RequestId(Guid.CreateVersion7()),
            new StockCommand.Reserve(found.Number, need.Quantity, need.From, need.Until, null, need.From));
        return answer.Refusal is { } refusal ? throw new InvalidOperationException($"{need.Item}: {refusal.English}")
            : (await grain.View()).Loans.GetValueOrDefault(found.Number);
    }

    /// <summary>The pieces that a case has, or would get now. Nothing is reserved.</summary>
    /// <returns>None: the town keeps no such piece. A refusal: not enough are free.</returns>
    public async Task<(IReadOnlyList<int> Pieces, Refusal? Refusal)> ForeseeAsync(string authority, CitizenCase found, EvaluatedStock need)
    {
        var stock = await Grain(authority, need).View();
        if (stock.Loans.GetValueOrDefault(found.Number) is { } loan
            && (loan.IsOut || (loan.From, loan.Until, loan.Pieces.Count) == (need.From, need.Until, need.Quantity)))
        {
            return ([.. loan.Pieces], null);
        }

        int[] free = [.. stock.FreeIn(need.From, need.Until, found.Number, clock.GetUtcNow(), need.From).Take(need.Quantity)];
        return stock.Pieces.Count == 0 || free.Length == need.Quantity ? (free, null) : ([], Refusal.StockShort);
    }

    /// <summary>The case needs no pieces any more.</summary>
    public static bool IsOver(CitizenCase found) => found.Outcome is DecisionOutcome.Refused || found.State
        is CaseState.Withdrawn or CaseState.Lapsed or CaseState.DeemedWithdrawn or CaseState.Rejected;

    /// <summary>They have left the house, or the task that gives them out is done.</summary>
    public static bool IsOut(CitizenCase found, DeclaredStock declared) =>
        declared.Out is { } task ? IsDone(found, task) : found.PostedOn is not null;

    public static bool IsDone(CitizenCase found, string task) => found.Tasks.GetValueOrDefault(task) is { IsOpen: false };

    public IStockGrain Grain(string authority, EvaluatedStock need) => grains.GetGrain<IStockGrain>(Stock.StreamOf(authority, need.Item));

    private static IEnumerable<EvaluatedStock> AtSending(Evaluation found) =>
        found.Stock.Where(need => need.Declared.At is CaseState.Submitted);
}
