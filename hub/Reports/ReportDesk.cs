using Aufruf.Contracts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Reports;
using Aufruf.Grains.Reports;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Reports;

/// <summary>Answers for reports: the days from the projection, the sums from the domain.</summary>
internal sealed class ReportDesk(OfficeBook offices, ReportProjection projection, TimeProvider clock) : IReports
{
    public Office? Office(string key) => offices.Find(key);

    public DateOnly Today(Office office) => office.Day(clock.GetUtcNow());

    public async Task<OfficeReport> ReadAsync(Office office, ReportQuery query, CancellationToken cancellationToken)
    {
        var scope = new ReportScope(office, query, clock.GetUtcNow());
        return OfficeReport.Of(await projection.ReadAsync(scope, cancellationToken), scope);
    }
}

internal static class ReportSetup
{
    public static IServiceCollection AddReports(this IServiceCollection services, string? postgres, HubOptions hub) => services
        .AddSingleton(_ => Store(postgres, hub.Data))
        .AddSingleton<ReportProjection>()
        .AddSingleton<IReports, ReportDesk>();

    public static IReportStore Store(string? postgres, string data) => postgres is { Length: > 0 }
        ? new PostgresReportStore(Npgsql.NpgsqlDataSource.Create(postgres))
        : new SqliteReportStore(Path.Combine(data, "reports.db"));
}
