using System.Runtime.CompilerServices;
using Aufruf.Domain.Reports;
using Npgsql;

namespace Aufruf.Grains.Reports;

/// <summary>The days of the reports in PostgreSQL, beside the journal.</summary>
public sealed class PostgresReportStore(NpgsqlDataSource database) : IReportStore
{
    private bool _prepared;

    public async Task<IReadOnlyDictionary<string, DayProgress>> ProgressAsync(string office, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await PrepareAsync();
        await using var command = Between("SELECT stream, version, settled, mark FROM report_days", office, from, to);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var progress = new Dictionary<string, DayProgress>();
        while (await rows.ReadAsync(cancellationToken))
        {
            progress[rows.GetString(0)] = new(rows.GetInt64(1), rows.GetBoolean(2), rows.GetString(3));
        }

        return progress;
    }

    public async IAsyncEnumerable<DayFacts> ReadAsync(string office, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await PrepareAsync();
        await using var command = Between("SELECT facts FROM report_days", office, from, to);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return ReportRows.FactsOf(rows.GetString(0));
        }
    }

    public async Task SaveAsync(DayFacts day, DayProgress progress)
    {
        await PrepareAsync();
        await using var command = database.CreateCommand(ReportRows.Upsert);
        command.Parameters.AddWithValue("stream", day.Queue.ToString());
        command.Parameters.AddWithValue("office", day.Queue.OfficeKey);
        command.Parameters.AddWithValue("day", ReportRows.Text(day.Queue.Day));
        command.Parameters.AddWithValue("version", progress.Version);
        command.Parameters.AddWithValue("settled", progress.Settled);
        command.Parameters.AddWithValue("mark", progress.Mark);
        command.Parameters.AddWithValue("facts", ReportRows.TextOf(day));
        await command.ExecuteNonQueryAsync();
    }

    public async Task ForgetAsync(string? office, string? mark)
    {
        await PrepareAsync();
        await using var command = database.CreateCommand(ReportRows.Forget);
        command.Parameters.AddWithValue("office", office ?? "");
        command.Parameters.AddWithValue("mark", mark ?? "");
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Between(string select, string office, DateOnly from, DateOnly to)
    {
        // "C" orders by bytes: the same order on every server, whatever its language.
        var command = database.CreateCommand($"""{select} WHERE office = @office AND day BETWEEN @from AND @to ORDER BY stream COLLATE "C" """);
        command.Parameters.AddWithValue("office", office);
        command.Parameters.AddWithValue("from", ReportRows.Text(from));
        command.Parameters.AddWithValue("to", ReportRows.Text(to));
        return command;
    }

    private async Task PrepareAsync()
    {
        if (_prepared)
        {
            return;
        }

        // The lock keeps two hubs from creating the table at once; it ends with the transaction of these statements.
        await using var connection = await database.OpenConnectionAsync();
        await using var schema = new NpgsqlCommand("""
            SELECT pg_advisory_xact_lock(4158);
            CREATE TABLE IF NOT EXISTS report_days(
                stream text PRIMARY KEY, office text NOT NULL, day text COLLATE "C" NOT NULL,
                version bigint NOT NULL, settled boolean NOT NULL, mark text NOT NULL, facts text NOT NULL);
            CREATE INDEX IF NOT EXISTS report_days_of_office ON report_days(office, day);
            """, connection);
        await schema.ExecuteNonQueryAsync();
        _prepared = true;
    }
}
