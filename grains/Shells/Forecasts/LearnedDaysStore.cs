using System.Data.Common;
using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Aufruf.Grains.Forecasts;

/// <summary>The experience of each waiting area from its days: one row per area, replaced when a day has ended.</summary>
/// <remarks>A lost row is learned again from the journal's last weeks.</remarks>
public sealed class LearnedDaysStore
{
    // Changes with what is learned from an event, and with its form.
    private const int Form = 1;

    private readonly DbDataSource _database;
    private readonly string _schema;
    private bool _isPrepared;

    private LearnedDaysStore(DbDataSource database, string before) => (_database, _schema) = (database, $"""
        {before};
        CREATE TABLE IF NOT EXISTS learned_days(area text PRIMARY KEY, form int NOT NULL, learned text NOT NULL);
        """);

    /// <summary>Beside the days of the reports.</summary>
    public static LearnedDaysStore InSqlite(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        var address = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ToString();
        return new(SqliteFactory.Instance.CreateDataSource(address), "PRAGMA journal_mode=WAL");
    }

    public static LearnedDaysStore InPostgres(NpgsqlDataSource database) => new(database, "SELECT pg_advisory_xact_lock(4158)");

    /// <param name="area">"alsdorf.rathaus.erdgeschoss".</param>
    public async Task<LearnedDays?> FindAsync(string area, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.With(
            "SELECT learned FROM learned_days WHERE area = @area AND form = @form", ("area", area), ("form", Form));
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken) is string json
                ? JsonSerializer.Deserialize<LearnedDays>(json, DomainJson.Options) : null;
        }
        catch (JsonException)
        {
            return null; // It is learned again.
        }
    }

    /// <summary>Two hubs that learn the same days save the same row.</summary>
    public async Task SaveAsync(string area, LearnedDays learned, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.With("""
            INSERT INTO learned_days(area, form, learned) VALUES (@area, @form, @learned)
            ON CONFLICT (area) DO UPDATE SET form = excluded.form, learned = excluded.learned
            """, ("area", area), ("form", Form), ("learned", JsonSerializer.Serialize(learned, DomainJson.Options)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await _database.OpenConnectionAsync(cancellationToken);
        if (!_isPrepared)
        {
            await using var command = connection.With(_schema);
            await command.ExecuteNonQueryAsync(cancellationToken);
            _isPrepared = true;
        }

        return connection;
    }
}
