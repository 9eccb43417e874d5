using Aufruf.Contracts;
using Aufruf.Domain.Reports;
using Aufruf.Grains.Reports;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Reports;

/// <summary>Reads reports: the days from the projection, the sums from the domain.</summary>
internal sealed class OfficeReports(OfficeDirectory offices, ReportProjection projection, ClockWatch watch, TimeProvider clock) : IReports
{
    public Office? Office(string key) => offices.Find(key);

    public DateOnly Today(Office office) => office.Day(clock.GetUtcNow());

    public async Task<OfficeReport> ReadAsync(Office office, ReportQuery query, CancellationToken cancellationToken)
    {
        var scope = new ReportScope(office, query, clock.GetUtcNow());
        return OfficeReport.Of(await projection.ReadAsync(scope, cancellationToken, maySettle: watch.Step is null), scope);
    }
}

internal static class ReportSetup
{
    public static IServiceCollection AddReports(this IServiceCollection services, string? postgres, HubOptions hub) => services
        .AddSingleton(_ => Store(postgres, hub.Data))
        .AddSingleton<ReportProjection>()
        .AddSingleton<IReports, OfficeReports>();

    public static ReportStore Store(string? postgres, string data) => postgres is { Length: > 0 }
        ? ReportStore.InPostgres(Npgsql.NpgsqlDataSource.Create(postgres))
        : ReportStore.InSqlite(Path.Combine(data, "reports.db"));
}
