using Aufruf.Domain.Offices;
using Aufruf.Domain.Reports;

namespace Aufruf.Contracts;

/// <summary>Where the portal asks for reports: answered by the hub it runs in.</summary>
public interface IReports
{
    /// <summary>The office as it is configured now; null when there is no such office.</summary>
    Office? Office(string key);

    /// <summary>The present day on the office's clock.</summary>
    DateOnly Today(Office office);

    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    Task<OfficeReport> ReadAsync(Office office, ReportQuery query, CancellationToken cancellationToken);
}
