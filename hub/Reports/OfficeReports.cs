using Aufruf.Contracts;
using Aufruf.Domain.Reports;
using Aufruf.Grains;
using Aufruf.Grains.Forecasts;
using Aufruf.Grains.Reports;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Reports;

/// <summary>Reads reports: the days from the projection's rows, the sums from the domain.</summary>
internal sealed class OfficeReports(OfficeDirectory offices, ReportProjection projection, ReportStore store, TimeProvider clock) : IReports
{
    public Office? Office(string key) => offices.Find(key);

    public IReadOnlyList<Office> OfficesOf(string authority) => [.. offices.All.Where(office => office.Authority.Id == authority)
        .OrderBy(office => office.Name.In("de"), StringComparer.Ordinal).ThenBy(office => office.Key, StringComparer.Ordinal)];

    public DateOnly Today(Office office) => office.Day(clock.GetUtcNow());

    public async Task<ReportAnswer> ReadAsync(Office office, ReportQuery query, CancellationToken cancellationToken)
    {
        var scope = new ReportScope(office, query, clock.GetUtcNow());
        var (days, until) = await projection.ReadAsync(scope, cancellationToken);
        return new(OfficeReport.Of(days, scope with { Now = until ?? scope.Now }), until is not null,
            await store.RebuiltAsync(clock.GetUtcNow(), cancellationToken));
    }
}

internal static class ReportSetup
{
    public static IServiceCollection AddReports(this IServiceCollection services, string? postgres, HubOptions hub) => services
        .AddSingleton(_ => Store(postgres, hub.Data))
        .AddSingleton(_ => postgres is { Length: > 0 }
            ? LearnedDaysStore.InPostgres(Npgsql.NpgsqlDataSource.Create(postgres))
            : LearnedDaysStore.InSqlite(Path.Combine(hub.Data, "reports.db")))
        .AddSingleton<ReportProjection>(s => new(s.GetRequiredService<ReportStore>(), s.GetRequiredService<IJournal>(),
            () => ClerksIn(s.GetRequiredService<OfficeDirectory>()), s.GetRequiredService<ILeases>(),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ReportProjection>>()))
        .AddSingleton<IFollower>(s => s.GetRequiredService<ReportProjection>())
        .AddSingleton<IReports, OfficeReports>();

    public static ReportStore Store(string? postgres, string data) => postgres is { Length: > 0 }
        ? ReportStore.InPostgres(Npgsql.NpgsqlDataSource.Create(postgres))
        : ReportStore.InSqlite(Path.Combine(data, "reports.db"));

    /// <summary>The offices, and whether each wants figures of single clerks.</summary>
    public static Dictionary<string, bool> ClerksIn(OfficeDirectory offices) =>
        offices.All.ToDictionary(office => office.Key, office => office.Reports.PerClerk);
}
