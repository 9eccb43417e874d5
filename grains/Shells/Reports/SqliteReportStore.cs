using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Reports;
using Microsoft.Data.Sqlite;

namespace Aufruf.Grains.Reports;

/// <summary>The days of the reports in an SQLite file of their own: deleting it costs nothing but the time to read the journal again.</summary>
public sealed class SqliteReportStore : IReportStore
{
    private readonly string _connectionString;

    public SqliteReportStore(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ToString();
        using var connection = Open();
        using var command = connection.CreateCommand();
        // Nothing here is the truth, so a commit need not wait for the disk; WAL keeps it whole even so.
        command.CommandText = """
            PRAGMA journal_mode=WAL;
            CREATE TABLE IF NOT EXISTS report_days(
                stream TEXT PRIMARY KEY, office TEXT NOT NULL, day TEXT NOT NULL,
                version INTEGER NOT NULL, settled INTEGER NOT NULL, mark TEXT NOT NULL, facts TEXT NOT NULL) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS report_days_of_office ON report_days(office, day);
            """;
        command.ExecuteNonQuery();
    }

    public async Task<IReadOnlyDictionary<string, DayProgress>> ProgressAsync(string office, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var command = Between(connection, "SELECT stream, version, settled, mark FROM report_days", office, from, to);
        using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var progress = new Dictionary<string, DayProgress>();
        while (await rows.ReadAsync(cancellationToken))
        {
            progress[rows.GetString(0)] = new(rows.GetInt64(1), rows.GetInt64(2) != 0, rows.GetString(3));
        }

        return progress;
    }

    public async IAsyncEnumerable<DayFacts> ReadAsync(string office, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var command = Between(connection, "SELECT facts FROM report_days", office, from, to);
        using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return ReportRows.FactsOf(rows.GetString(0));
        }
    }

    public async Task SaveAsync(DayFacts day, DayProgress progress)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = ReportRows.Upsert;
        command.Parameters.AddWithValue("@stream", day.Queue.ToString());
        command.Parameters.AddWithValue("@office", day.Queue.OfficeKey);
        command.Parameters.AddWithValue("@day", ReportRows.Text(day.Queue.Day));
        command.Parameters.AddWithValue("@version", progress.Version);
        command.Parameters.AddWithValue("@settled", progress.Settled ? 1 : 0);
        command.Parameters.AddWithValue("@mark", progress.Mark);
        command.Parameters.AddWithValue("@facts", ReportRows.TextOf(day));
        await command.ExecuteNonQueryAsync();
    }

    public async Task ForgetAsync(string? office, string? mark)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = ReportRows.Forget;
        command.Parameters.AddWithValue("@office", office ?? "");
        command.Parameters.AddWithValue("@mark", mark ?? "");
        await command.ExecuteNonQueryAsync();
    }

    private static SqliteCommand Between(SqliteConnection connection, string select, string office, DateOnly from, DateOnly to)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"{select} WHERE office = @office AND day BETWEEN @from AND @to ORDER BY stream";
        command.Parameters.AddWithValue("@office", office);
        command.Parameters.AddWithValue("@from", ReportRows.Text(from));
        command.Parameters.AddWithValue("@to", ReportRows.Text(to));
        return command;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }
}

/// <summary>What both databases have in common: a day is one row, and one statement puts it in its place.</summary>
internal static class ReportRows
{
    /// <summary>A slower reader never puts an older day in the place of a newer one.</summary>
    public const string Upsert = """
        INSERT INTO report_days(stream, office, day, version, settled, mark, facts) VALUES (@stream, @office, @day, @version, @settled, @mark, @facts)
        ON CONFLICT (stream) DO UPDATE SET version = excluded.version, settled = excluded.settled, mark = excluded.mark, facts = excluded.facts
        WHERE excluded.version >= report_days.version OR excluded.mark <> report_days.mark
        """;

    public const string Forget = "DELETE FROM report_days WHERE (@office = '' OR office = @office) AND (@mark = '' OR mark <> @mark)";

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string TextOf(DayFacts day) => JsonSerializer.Serialize(day, DomainJson.Options);

    public static DayFacts FactsOf(string text) => JsonSerializer.Deserialize<DayFacts>(text, DomainJson.Options) ?? throw new InvalidDataException("A day of the reports is null.");
}
