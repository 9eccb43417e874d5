using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Reports;
using Aufruf.Grains.Projections;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Aufruf.Grains.Reports;

/// <summary>The days of the reports, one row each. All of it can be dropped and filled again from the journal.</summary>
public sealed class ReportStore : ProjectionStore
{
    private ReportStore(DbDataSource database, string before, string collation)
        : base(database, before, "reports", "report_days", DayFacts.Form, $"""
            CREATE TABLE IF NOT EXISTS report_days(
                generation bigint NOT NULL, stream text {collation} NOT NULL, office text NOT NULL, day text {collation} NOT NULL,
                version bigint NOT NULL, clerks boolean NOT NULL, facts text NOT NULL, PRIMARY KEY(generation, stream));
            CREATE INDEX IF NOT EXISTS report_days_of_office ON report_days(generation, office, day);
            CREATE INDEX IF NOT EXISTS report_days_with_clerks ON report_days(office, clerks)
            """)
    {
    }

    /// <summary>In a file of its own. A lost day is read again from the journal, so a commit does not wait for the disk.</summary>
    public static ReportStore InSqlite(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        var address = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ToString();
        return InSqlite(SqliteFactory.Instance.CreateDataSource(address));
    }

    internal static ReportStore InSqlite(DbDataSource database) => new(database, "PRAGMA journal_mode=WAL", "COLLATE binary");

    /// <summary>Beside the journal, in the order of bytes too. The lock lets one of several hubs create the table.</summary>
    public static ReportStore InPostgres(NpgsqlDataSource database) =>
        new(database, "SELECT pg_advisory_xact_lock(4158)", """COLLATE "C" """);

    /// <summary>The served days of an office, in the order of their streams; the first and the last day belong to it.</summary>
    public async IAsyncEnumerable<DayFacts> ReadAsync(string office, DateOnly from, DateOnly to,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.With($"""
            SELECT facts FROM report_days WHERE generation = {Served} AND office = @office AND day BETWEEN @from AND @to ORDER BY stream
            """, ("office", office), ("from", Text(from)), ("to", Text(to)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return ReportRow.Read(rows.GetString(0));
        }
    }

    /// <summary>Replaces a day. An older version never replaces a newer one.</summary>
    internal static Task<int> SaveAsync(MakeStatement make, long generation, ReportRow row) => ExecuteAsync(make("""
        INSERT INTO report_days(generation, stream, office, day, version, clerks, facts)
        VALUES (@generation, @stream, @office, @day, @version, @clerks, @facts)
        ON CONFLICT (generation, stream) DO UPDATE SET version = excluded.version, clerks = excluded.clerks, facts = excluded.facts
            WHERE excluded.version >= report_days.version
        """,
        [("generation", generation), ("stream", row.Queue.Stream), ("office", row.Queue.OfficeKey), ("day", Text(row.Queue.Day)),
            ("version", row.Version), ("clerks", row.Clerks), ("facts", row.Facts)]));

    /// <summary>The offices that have days with clerks, and those that have days without.</summary>
    internal async Task<IReadOnlyList<(string Office, bool Clerks)>> OfficesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.With("SELECT DISTINCT office, clerks FROM report_days");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var offices = new List<(string, bool)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            offices.Add((rows.GetString(0), rows.GetBoolean(1)));
        }

        return offices;
    }

    /// <summary>Takes the clerks out of all days of an office, in every generation.</summary>
    internal Task ForgetClerksAsync(string office, CancellationToken cancellationToken) => InTransactionAsync(async make =>
    {
        await LockAsync(make); // A save under way may have clerks too.
        var days = new List<(long Generation, string Stream, string Facts)>();
        await using (var read = make(
            "SELECT generation, stream, facts FROM report_days WHERE office = @office AND clerks", [("office", office)]))
        await using (var rows = await read.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                days.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
            }
        }

        foreach (var (generation, stream, facts) in days)
        {
            await ExecuteAsync(make("""
                UPDATE report_days SET clerks = FALSE, facts = @facts WHERE generation = @generation AND stream = @stream
                """, [("facts", ReportRow.Write(ReportRow.Read(facts).WithoutClerks())), ("generation", generation),
                    ("stream", stream)]));
        }
    }, cancellationToken);

    /// <summary>Some served days of an office that have no clerks.</summary>
    internal async Task<IReadOnlyList<QueueKey>> WithoutClerksAsync(string office, int most, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.With($"""
            SELECT stream FROM report_days WHERE generation = {Served} AND office = @office AND NOT clerks ORDER BY day DESC LIMIT {most}
            """, ("office", office));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var days = new List<QueueKey>();
        while (await rows.ReadAsync(cancellationToken))
        {
            days.Add(QueueKey.TryParseStream(rows.GetString(0), out var key) ? key.Value
                : throw new InvalidDataException("A day of the reports has no queue."));
        }

        return days;
    }

    /// <summary>Saves days that were read with their clerks, unless they have changed since.</summary>
    /// <returns>How many were saved.</returns>
    internal async Task<int> AddClerksAsync(IEnumerable<ReportRow> days, CancellationToken cancellationToken)
    {
        var saved = 0;
        await InTransactionAsync(async make =>
        {
            foreach (var day in days)
            {
                saved += await ExecuteAsync(make($"""
                    UPDATE report_days SET clerks = TRUE, version = @version, facts = @facts
                    WHERE generation = {Served} AND stream = @stream AND version <= @version
                    """, [("version", day.Version), ("facts", day.Facts),
                        ("stream", day.Queue.Stream)]));
            }
        }, cancellationToken);
        return saved;
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
