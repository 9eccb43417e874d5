using System.Diagnostics;
using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Reports;
using Aufruf.Grains.Subscriptions;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Bench;

/// <summary>How fast the reports catch up with a journal from nothing, against reading the same journal raw.</summary>
/// <remarks>The journal has the entries of twelve areas over some days, in the order of their time, with signed ends.</remarks>
internal static class SubscriptionsBench
{
    private const int Areas = 12;
    private const int Days = 10;
    private const int Rounds = 5;

    private static readonly DateOnly FirstDay = new(2026, 11, 2);

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aufruf-bench-").FullName;
        try
        {
            await using (var journal = new SqliteJournal(Path.Combine(folder, "aufruf.db"), keyFile: Path.Combine(folder, "journal.key")))
            {
                await MeasureAsync("sqlite", journal, round => ReportStore.InSqlite(Path.Combine(folder, $"reports-{round}.db")));
            }

            if (ThrowawayPostgres.Binaries is null)
            {
                Console.Error.WriteLine("PostgreSQL is not installed: its figures are missing.");
                return 1;
            }

            await using var server = await ThrowawayPostgres.StartAsync();
            await using var database = Npgsql.NpgsqlDataSource.Create(server.ConnectionString);
            await using (var journal = new PostgresJournal(database, Path.Combine(folder, "journal-postgresql.key")))
            {
                await journal.PrepareAsync();
                await MeasureAsync("pg", journal, _ =>
                {
                    using var drop = database.CreateCommand("DROP TABLE IF EXISTS projections, report_days");
                    drop.ExecuteNonQuery();
                    return ReportStore.InPostgres(database);
                });
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string name, IJournal journal, Func<int, ReportStore> empty)
    {
        await WriteAsync(journal);
        List<double> raws = [], reports = [];
        var entries = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            Console.Error.WriteLine($"{name}: round {round} of {Rounds}");
            var (count, raw) = await ReadRawAsync(journal);
            var report = count / await CatchUpAsync(journal, empty(round));
            if (round > 0) // The first one warms up.
            {
                entries = count;
                raws.Add(count / raw);
                reports.Add(report);
            }
        }

        Figures.Print($"subscriptions.{name}.entries", entries, "entries");
        Figures.Print($"subscriptions.{name}.raw", raws.Median(), "entries/s");
        Figures.Print($"subscriptions.{name}.reports", reports.Median(), "entries/s");
        Figures.Print($"subscriptions.{name}.vs_raw_ratio", reports.Zip(raws, (report, raw) => report / raw).Median(), "x");
    }

    private static async Task<(int Count, double Seconds)> ReadRawAsync(IJournal journal)
    {
        var (count, began) = (0, Stopwatch.GetTimestamp());
        await foreach (var _ in journal.ReadFromAsync(0, QueueKey.StreamKind, CancellationToken.None))
        {
            count++;
        }

        return (count, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task<double> CatchUpAsync(IJournal journal, ReportStore store)
    {
        var projection = new ReportProjection(store, journal, () => new Dictionary<string, bool>(), OneHub.Only, TimeProvider.System,
            NullLogger<ReportProjection>.Instance);
        using var stop = new CancellationTokenSource();
        var end = await journal.LastPositionAsync(stop.Token);
        var began = Stopwatch.GetTimestamp();
        projection.Subscription.Hurry(end);
        var run = Task.Run(() => projection.RunAsync(stop.Token));
        await projection.Subscription.ReachAsync(end, stop.Token);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        await run;
        return seconds;
    }

    private static async Task WriteAsync(IJournal journal)
    {
        var area = SmallOffice.Area;
        var office = SmallOffice.Office with { Areas = [.. Enumerable.Range(1, Areas).Select(n => area with { Id = $"hall-{n}" })] };
        for (var day = FirstDay; day < FirstDay.AddDays(Days); day = day.AddDays(1))
        {
            var made = office.Areas.Select((own, n) => PlausibleDay.Of(office, own, day, n));
            var heads = new Dictionary<string, JournalHead>();
            var appends = new List<Task>();
            foreach (var (stream, entry) in made.SelectMany(own => own.Entries.Select(entry => (own.Key.Stream, entry)))
                .OrderBy(next => next.entry.At))
            {
                var bytes = JsonSerializer.SerializeToUtf8Bytes(
                    new { request = Guid.CreateVersion7(entry.At), events = entry.Events, refusal = entry.Refusal }, DomainJson.Options);
                var head = heads.GetValueOrDefault(stream, JournalHead.Start);
                appends.Add(journal.AppendAsync(stream, head, entry.At, bytes));
                heads[stream] = head.Then(stream, entry.At, bytes);
            }

            await Task.WhenAll(appends);
        }
    }
}
