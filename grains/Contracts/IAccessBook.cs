using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>The log of access, of all authorities of this hub.</summary>
public interface IAccessBook
{
    /// <summary>Returns when the entry is durable: then the data may be shown.</summary>
    /// <param name="authority">"alsdorf"</param>
    /// <param name="access">The look at somebody's data.</param>
    /// <exception cref="JournalUnavailableException">It could not be written: nothing may be shown.</exception>
    Task NoteAsync(string authority, Access access);

    /// <summary>The rows of the log, the latest first, with the changes of configuration and credentials.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    Task<AccessFound> SearchAsync(string authority, AccessQuery query, CancellationToken cancellationToken);

    /// <summary>All rows, the earliest first and one after the other, for a file.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    IAsyncEnumerable<AccessRow> ReadAsync(string authority, AccessQuery query, CancellationToken cancellationToken);
}

/// <param name="From">By UTC, as the log is kept.</param>
/// <param name="To">The last day.</param>
/// <param name="Who">A part of the holder's name; null: all.</param>
/// <param name="What">Null: all.</param>
/// <param name="Most">More rows are left out; a file has all.</param>
public sealed record AccessQuery(DateOnly From, DateOnly To, string? Who, string? What, int Most)
{
    /// <summary>The longest span that is searched at once.</summary>
    public const int MostDays = 366;
}

/// <param name="IsCut">There are more rows than were asked for.</param>
/// <param name="Entries">So many entries were read, and the hash of each fits the one before it.</param>
/// <param name="Faults">Where the chain is broken; empty: it is whole up to its signed end.</param>
public sealed record AccessFound(IReadOnlyList<AccessRow> Rows, bool IsCut, long Entries, IReadOnlyList<string> Faults);

/// <param name="What">"appointment-list", or the event of a change: "office-published".</param>
/// <param name="Way">Null: the change says none.</param>
public sealed record AccessRow(DateTimeOffset At, string? Who, string? Office, string What, string Subject, string? Way);
