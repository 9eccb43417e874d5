using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Reports;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Aufruf.Grains.Reports;

/// <summary>The days of the reports, one row each. All of it can be dropped and read again from the journal.</summary>
public sealed class ReportStore
{
    private readonly DbDataSource _database;
    private readonly string _schema;
    private bool _isPrepared;

    private ReportStore(DbDataSource database, string before, string collation) => (_database, _schema) = (database, $"""
        {before};
        CREATE TABLE IF NOT EXISTS report_days(
            stream text {collation} PRIMARY KEY, office text NOT NULL, day text {collation} NOT NULL,
            version bigint NOT NULL, settled boolean NOT NULL, mark text NOT NULL, facts text NOT NULL);
        CREATE INDEX IF NOT EXISTS report_days_of_office ON report_days(office, day);
        """);

    /// <summary>In a file of its own. A lost day is read again from the journal, so a commit does not wait for the disk.</summary>
    public static ReportStore InSqlite(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        var address = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ToString();
        return new(SqliteFactory.Instance.CreateDataSource(address), "PRAGMA journal_mode=WAL", "COLLATE binary");
    }

    /// <summary>Beside the journal, in the order of bytes too. The lock lets one of several hubs create the table.</summary>
    public static ReportStore InPostgres(NpgsqlDataSource database) =>
        new(database, "SELECT pg_advisory_xact_lock(4158)", """COLLATE "C" """);

    /// <summary>How far each day of an office has been read; the first and the last day belong to it.</summary>
    public async Task<IReadOnlyDictionary<string, DayProgress>> ProgressAsync(string office, DateOnly from, DateOnly to,
        CancellationToken cancellationToken)
    {
        var progress = new Dictionary<string, DayProgress>();
        await foreach (var row in RowsAsync("stream, version, settled, mark", office, from, to, cancellationToken))
        {
            progress[row.GetString(0)] = new(row.GetInt64(1), row.GetBoolean(2), row.GetString(3));
        }

        return progress;
    }

    /// <summary>The days themselves, in the order of their streams.</summary>
    public IAsyncEnumerable<DayFacts> ReadAsync(string office, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        RowsAsync("facts", office, from, to, cancellationToken).Select(row =>
            JsonSerializer.Deserialize<DayFacts>(row.GetString(0), DomainJson.Options)
                ?? throw new InvalidDataException("A day of the reports is null."));

    /// <summary>Replaces a day in one transaction. A slower reader never replaces a newer day by an older one.</summary>
    public Task SaveAsync(DayFacts day, DayProgress progress) => ExecuteAsync("""
        INSERT INTO report_days(stream, office, day, version, settled, mark, facts)
        VALUES (@stream, @office, @day, @version, @settled, @mark, @facts)
        ON CONFLICT (stream) DO UPDATE
            SET version = excluded.version, settled = excluded.settled, mark = excluded.mark, facts = excluded.facts
            WHERE excluded.version >= report_days.version OR excluded.mark <> report_days.mark
        """,
        ("stream", day.Queue.ToString()), ("office", day.Queue.OfficeKey), ("day", Text(day.Queue.Day)), ("version", progress.Version),
        ("settled", progress.Settled), ("mark", progress.Mark), ("facts", JsonSerializer.Serialize(day, DomainJson.Options)));

    /// <summary>Forgets the days of an office that were read under another mark.</summary>
    public Task ForgetAsync(string office, string mark) => ExecuteAsync(
        "DELETE FROM report_days WHERE office = @office AND mark <> @mark", ("office", office), ("mark", mark));

    /// <summary>Forgets every day of every office.</summary>
    public Task ForgetAllAsync() => ExecuteAsync("DELETE FROM report_days");

    private async IAsyncEnumerable<DbDataReader> RowsAsync(string columns, string office, DateOnly from, DateOnly to,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await PrepareAsync();
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var command = connection.With(
            $"SELECT {columns} FROM report_days WHERE office = @office AND day BETWEEN @from AND @to ORDER BY stream",
            ("office", office), ("from", Text(from)), ("to", Text(to)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return rows;
        }
    }

    private async Task ExecuteAsync(string text, params (string Name, object Value)[] parameters)
    {
        await PrepareAsync();
        await using var connection = await _database.OpenConnectionAsync();
        await using var command = connection.With(text, parameters);
        await command.ExecuteNonQueryAsync();
    }

    private async Task PrepareAsync()
    {
        if (!_isPrepared)
        {
            await using var connection = await _database.OpenConnectionAsync();
            await using var command = connection.With(_schema);
            await command.ExecuteNonQueryAsync();
            _isPrepared = true;
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>How far a queue's stream has been read into the reports.</summary>
/// <param name="Version">Of the last entry that was read.</param>
/// <param name="Settled">The day is over and is not read again.</param>
/// <param name="Mark">The form of the row and what it keeps; a day under another mark is read again.</param>
public sealed record DayProgress(long Version, bool Settled, string Mark);
