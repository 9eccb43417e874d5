using Aufruf.Domain.Reports;

namespace Aufruf.Grains.Reports;

/// <summary>Where the days of the reports are kept. All of it can be dropped and read again from the journal.</summary>
public interface IReportStore
{
    /// <summary>How far each day of an office has been read, first and last day included.</summary>
    Task<IReadOnlyDictionary<string, DayProgress>> ProgressAsync(string office, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>The days themselves, in the order of their streams.</summary>
    IAsyncEnumerable<DayFacts> ReadAsync(string office, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>Puts a day in the place of what was known of it, in one transaction: whoever reads finds the one or the other, and never a part.</summary>
    Task SaveAsync(DayFacts day, DayProgress progress);

    /// <summary>Forgets the days of an office that were read under another mark; of all offices where none is named.</summary>
    /// <param name="mark">Null: forgets every day.</param>
    Task ForgetAsync(string? office, string? mark);
}

/// <summary>How far a queue's stream has been read into the reports.</summary>
/// <param name="Version">Of the last entry that is in it.</param>
/// <param name="Settled">The day is over: it is not looked at again.</param>
/// <param name="Mark">What was kept and in which form; a day read under another mark is read again.</param>
public sealed record DayProgress(long Version, bool Settled, string Mark);
