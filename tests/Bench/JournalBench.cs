using System.Diagnostics;
using System.Globalization;
using System.Text;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Microsoft.Data.Sqlite;

namespace Aufruf.Bench;

/// <summary>Appends one at a time and from 64 grains, against what the same database can do at most by itself.</summary>
internal static class JournalBench
{
    private const int Writers = 64;

    // A real entry of a call: request id and one event.
    private static readonly byte[] Entry = Encoding.UTF8.GetBytes(
        """{"request":"0193a5c2-7b1e-7c33-9d52-0f6f6d1f2a11","events":[{"$type":"ticket-called", """
        + """ "ticket":"0193a5c2-7b1e-7c33-9d52-0f6f6d1f2a12","counter":"3","at":"2026-11-23T09:14:05.1200000+00:00"}],"refusal":null}""");

    public static async Task<int> RunAsync()
    {
        var rounds = 3;
        var sqlite = new List<(double[] One, double Many, double Limit)>();
        for (var i = 0; i < rounds; i++)
        {
            Console.Error.WriteLine($"round {i + 1} of {rounds}: sqlite");
            var one = await OneAtATimeOnSqliteAsync(3000);
            sqlite.Add((one, await InFolderAsync(async file =>
            {
                await using var journal = new SqliteJournal(file);
                return await ManyAsync(journal, 60_000);
            }), await InFolderAsync(file => SqliteLimitAsync(file, 60_000))));
        }

        Report("sqlite", sqlite.Select(r => r.One), sqlite.Select(r => r.Many));
        Figures.Print("journal.sqlite.batch_loop", sqlite.Select(r => r.Limit).Median(), "rows/s");
        Figures.Print("journal.sqlite.vs_batch_loop_ratio", sqlite.Select(r => r.Many / r.Limit).Median(), "x");

        if (ThrowawayPostgres.Binaries is null)
        {
            Console.Error.WriteLine("PostgreSQL is not installed: its figures are missing.");
            return 1;
        }

        await using var server = await ThrowawayPostgres.StartAsync();
        var postgres = new List<(double[] One, double Many, double Bench1, double Bench64)>();
        await using var database = Npgsql.NpgsqlDataSource.Create(server.ConnectionString);
        for (var i = 0; i < rounds; i++)
        {
            Console.Error.WriteLine($"round {i + 1} of {rounds}: postgres");
            await using (var journal = new PostgresJournal(database))
            {
                await journal.PrepareAsync();
                var one = await OneAtATimeAsync(journal, $"one-{i}", 3000);
                var many = await ManyAsync(journal, 60_000, $"r{i}");
                postgres.Add((one, many, await PgbenchAsync(server, 1), await PgbenchAsync(server, Writers)));
            }
        }

        Report("pg", postgres.Select(r => r.One), postgres.Select(r => r.Many));
        Figures.Print("journal.pg.pgbench1", postgres.Select(r => r.Bench1).Median(), "tps");
        Figures.Print("journal.pg.pgbench64", postgres.Select(r => r.Bench64).Median(), "tps");
        Figures.Print("journal.pg.vs_pgbench64_ratio", postgres.Select(r => r.Many / r.Bench64).Median(), "x");
        Figures.Print("journal.pg.one.vs_pgbench1_ratio", postgres.Select(r => 1000 / r.One.At(0.5) / r.Bench1).Median(), "x");
        return 0;
    }

    public static Task<double[]> OneAtATimeOnSqliteAsync(int count) => InFolderAsync(async file =>
    {
        await using var journal = new SqliteJournal(file);
        return await OneAtATimeAsync(journal, "queue/one", count);
    });

    /// <summary>One at a time, one every 1/rate seconds: between two appends disk and processor go to sleep, as between two
    /// presses.</summary>
    public static Task<double[]> PacedOnSqliteAsync(int rate, int count) => InFolderAsync(async file =>
    {
        await using var journal = new SqliteJournal(file);
        await OneAtATimeAsync(journal, "queue/warm", 500);
        var (head, latencies) = (JournalHead.Start, new List<double>(count));
        await Task.Factory.StartNew(() => Pace.Run(rate, count, _ =>
        {
            var began = Stopwatch.GetTimestamp();
            head = journal.AppendAsync("queue/paced", head, TimeProvider.System.GetUtcNow(), Entry).GetAwaiter().GetResult();
            latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }), TaskCreationOptions.LongRunning);
        return latencies.Sorted();
    });

    private static void Report(string name, IEnumerable<double[]> one, IEnumerable<double> many)
    {
        Figures.Print($"journal.{name}.one.p50", one.Select(o => o.At(0.5)).Median(), "ms");
        Figures.Print($"journal.{name}.one.p99", one.Select(o => o.At(0.99)).Median(), "ms");
        Figures.Print($"journal.{name}.grains64", many.Median(), "appends/s");
    }

    private static async Task<double[]> OneAtATimeAsync(IJournal journal, string stream, int count)
    {
        var head = JournalHead.Start;
        var latencies = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            head = await journal.AppendAsync(stream, head, TimeProvider.System.GetUtcNow(), Entry);
            if (i >= count / 10)
            {
                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return latencies.Sorted();
    }

    private static async Task<double> ManyAsync(IJournal journal, int count, string prefix = "many")
    {
        await StreamsAsync("warm", count / 10);
        var began = Stopwatch.GetTimestamp();
        await StreamsAsync("timed", count);
        return count / Writers * Writers / Stopwatch.GetElapsedTime(began).TotalSeconds;

        Task StreamsAsync(string phase, int all) => Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var head = JournalHead.Start;
            for (var i = 0; i < all / Writers; i++)
            {
                head = await journal.AppendAsync($"queue/{prefix}-{phase}-{w}", head, TimeProvider.System.GetUtcNow(), Entry);
            }
        })));
    }

    /// <summary>The database's own limit: one loop, the same table, 64 rows a commit, no hash, no hand-over.</summary>
    private static async Task<double> SqliteLimitAsync(string file, int count)
    {
        await using (new SqliteJournal(file))
        {
            // Creates the table.
        }

        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using (var pragma = connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA synchronous=FULL";
            pragma.ExecuteNonQuery();
        }

        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO journal(stream, version, at, entry, hash) VALUES ($stream, $version, 0, $entry, $hash)";
        var stream = insert.Parameters.AddWithValue("$stream", "");
        var version = insert.Parameters.AddWithValue("$version", 0L);
        insert.Parameters.AddWithValue("$entry", Encoding.UTF8.GetString(Entry));
        insert.Parameters.AddWithValue("$hash", new byte[32]);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count / Writers; i++)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var w = 0; w < Writers; w++)
            {
                stream.Value = $"queue/limit-{w}";
                version.Value = i + 1L;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return count / Writers * Writers / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>PostgreSQL's own load generator: one simple prepared insert per transaction, the same row.</summary>
    private static async Task<double> PgbenchAsync(ThrowawayPostgres server, int clients)
    {
        await using (var database = Npgsql.NpgsqlDataSource.Create(server.ConnectionString))
        {
            await using var table = database.CreateCommand(
                "DROP TABLE IF EXISTS plain; CREATE TABLE plain(stream text NOT NULL, version bigserial, at bigint NOT NULL, "
                + "entry text NOT NULL, hash bytea NOT NULL, PRIMARY KEY(stream, version))");
            await table.ExecuteNonQueryAsync();
        }

        // A colon would begin one of pgbench's variables; a semicolon is as long.
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script,
            $"INSERT INTO plain(stream, at, entry, hash) VALUES ('stream-' || :client_id, 0, '{Encoding.UTF8.GetString(Entry)
                .Replace(':', ';')}', '\\x00')\n");
        var start = new ProcessStartInfo(Path.Combine(ThrowawayPostgres.Binaries!, "pgbench"),
            ["-n", "-M", "prepared", "-c", clients.ToString(CultureInfo.InvariantCulture), "-j", "2", "-T", "5", "-f", script, "-h",
                "127.0.0.1",
             "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", "aufruf", "postgres"])
        { RedirectStandardOutput = true };
        using var pgbench = Process.Start(start)!;
        var output = await pgbench.StandardOutput.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        File.Delete(script);
        var line = output.Split('\n').FirstOrDefault(l => l.StartsWith("tps = ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"pgbench said nothing of its speed: {output}");
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private static async Task<T> InFolderAsync<T>(Func<string, Task<T>> measure)
    {
        var folder = Directory.CreateTempSubdirectory("aufruf-bench-").FullName;
        try
        {
            return await measure(Path.Combine(folder, "aufruf.db"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
