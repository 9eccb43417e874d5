using Aufruf.Domain.Offices;
using Aufruf.Domain.Reports;

namespace Aufruf.Contracts;

/// <summary>The reports for the portal: answered by the hub it runs in.</summary>
public interface IReports
{
    /// <summary>The office as it is configured now; null when there is no such office.</summary>
    Office? Office(string key);

    /// <summary>The offices of an authority, by name.</summary>
    IReadOnlyList<Office> OfficesOf(string authority);

    /// <summary>The present day on the office's clock.</summary>
    DateOnly Today(Office office);

    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    Task<ReportAnswer> ReadAsync(Office office, ReportQuery query, CancellationToken cancellationToken);
}

/// <summary>The figures, and how good they are.</summary>
/// <param name="IsBehind">The figures end earlier than now: <see cref="OfficeReport.AsOf"/>. In 1970: none could be read yet.</param>
/// <param name="Rebuilt">How much of a rebuild is done, in percent; null: none runs. Until its end, the old figures are served.</param>
public sealed record ReportAnswer(OfficeReport Report, bool IsBehind, int? Rebuilt);
