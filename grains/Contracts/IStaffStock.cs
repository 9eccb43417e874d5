using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>The numbered pieces that procedures of an authority need, for those who look after them.</summary>
public interface IStaffStock
{
    /// <summary>All items that a procedure names, also those that have no pieces yet.</summary>
    Task<IReadOnlyList<StockRow>> ListAsync(string authority);

    /// <returns>Null: no procedure names it.</returns>
    Task<StockView?> FindAsync(string authority, string item);

    /// <returns>Null: it was done.</returns>
    Task<Refusal?> DoAsync(string authority, string item, StockCommand command, RequestId request);
}

/// <param name="Parts">Its name, or else that of the procedure, and the choices that it belongs to.</param>
/// <param name="Free">On this day.</param>
public sealed record StockRow(string Item, IReadOnlyList<Texts> Parts, int Pieces, int Free, int Out, int Overdue);

/// <param name="Pieces">All numbers that are there or with somebody.</param>
/// <param name="Loans">By their first days. Those of applications that are not sent are left out.</param>
public sealed record StockView(StockRow Row, IReadOnlyList<int> Pieces, IReadOnlyList<StockLoan> Loans);

/// <param name="Until">Null: none is agreed.</param>
/// <param name="IsMissing">It has no piece, or one that another borrower should have brought back.</param>
public sealed record StockLoan(string Number, IReadOnlyList<int> Pieces, DateOnly From, DateOnly? Until, bool IsOut, bool IsOverdue,
    bool IsMissing);
