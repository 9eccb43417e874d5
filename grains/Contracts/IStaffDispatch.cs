using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>The dispatch lists of an authority, for people who do or see all case work of it.</summary>
/// <remarks>While the hub reads the lists at its start, it throws <see cref="JournalUnavailableException"/>.</remarks>
public interface IStaffDispatch
{
    bool MaySee(string authority, string who);

    /// <summary>The lists with open letters, and those of the last weeks; the latest first.</summary>
    IReadOnlyList<DispatchRow> List(string authority);

    /// <returns>Null: there is no list of this day.</returns>
    Task<DispatchDay?> FindAsync(string authority, DateOnly day);

    /// <summary>Makes one batch of all letters that wait.</summary>
    /// <returns>Null: it was done.</returns>
    Task<Refusal?> PrintAsync(string authority, DateOnly day, string who, RequestId request);

    /// <summary>The letters of a batch as one PDF, each sheet with its place.</summary>
    /// <returns>Null: there is no such batch.</returns>
    Task<DispatchBatch?> OpenAsync(string authority, DateOnly day, int batch);

    /// <summary>All letters of a batch are at the post. That starts the clocks of their cases.</summary>
    Task<Refusal?> PostAsync(string authority, DateOnly day, int batch, DateOnly? on, string who, RequestId request);

    /// <summary>A letter could not be delivered.</summary>
    Task<Refusal?> TakeBackAsync(string authority, DateOnly day, string number, string document, string? reason, string who,
        RequestId request);
}

/// <param name="IsLate">Its day is over, and not all of its letters are at the post.</param>
public sealed record DispatchRow(DateOnly Day, int Queued, int Printed, int Posted, int CameBack, bool IsLate);

/// <param name="Today">On the authority's clock.</param>
public sealed record DispatchDay(DispatchRow Row, DateOnly Today, IReadOnlyList<DispatchLine> Letters, IReadOnlyList<BatchRow> Batches);

/// <param name="Title">Of the procedure.</param>
/// <param name="Encloses">The names of the things in the envelope, each with the numbers of its pieces.</param>
/// <param name="Refused">Why the case did not take the posting or the return; null: it did.</param>
public sealed record DispatchLine(DispatchLetter Letter, Texts Title, IReadOnlyList<Texts> Encloses, Refusal? Refused);

/// <param name="PostedOn">Null: not yet.</param>
/// <param name="MayPost">It has letters that are printed and not posted.</param>
public sealed record BatchRow(int Batch, int Letters, DateOnly? PostedOn, bool MayPost);

/// <param name="Numbers">The cases whose letters it has.</param>
public sealed record DispatchBatch(CaseDocumentFile File, IReadOnlyList<string> Numbers);
