using System.Diagnostics;
using Aufruf.Contracts;
using Aufruf.Domain.Offices;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Reports;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Reports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Running;

/// <summary>"reports rebuild": drops all that reports have kept and reads it from the journal again, whether the hub runs or not.</summary>
internal static class ReportsCommand
{
    private const string Usage = "Usage: reports rebuild [--Hub:Data FOLDER] [--Hub:Offices FOLDER], or --ConnectionStrings:Aufruf for PostgreSQL.";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["rebuild", .. var rest])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var configuration = CommandConfiguration.Of(rest);
        var hub = HubOptions.Read(configuration);
        var postgres = configuration.GetConnectionString("Aufruf");
        var file = Path.Combine(hub.Data, "aufruf.db");
        if (postgres is not { Length: > 0 } && !File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"{file} does not exist. {Usage}");
            return 2;
        }

        await using var journal = postgres is { Length: > 0 } ? (GroupCommitJournal)new PostgresJournal(Npgsql.NpgsqlDataSource.Create(postgres)) : new SqliteJournal(file, readOnly: true);
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) => (e.Cancel, _) = (true, stop.CancelAsync());
        using var projection = new ReportProjection(journal, ReportSetup.Store(postgres, hub.Data));
        return await RebuildAsync(projection, OfficesIn(hub), stop.Token);
    }

    private static async Task<int> RebuildAsync(ReportProjection projection, Dictionary<string, Office> offices, CancellationToken stop)
    {
        var (queues, told, began) = (0, TimeSpan.Zero, Stopwatch.StartNew());
        try
        {
            await projection.RebuildAsync(offices, TimeProvider.System.GetUtcNow(), (count, key) =>
            {
                queues = count;
                if (began.Elapsed - told > TimeSpan.FromSeconds(1))
                {
                    told = began.Elapsed;
                    Console.WriteLine($"{count} queues so far, last {key}");
                }
            }, stop);
            Console.WriteLine($"Done: {queues} queues read into the reports in {began.Elapsed.TotalSeconds:0.0} s.");
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped after {queues} queues. The others are read when a report asks for them, or by running this again.");
            return 1;
        }
        catch (Exception error) when (error is System.Data.Common.DbException or JournalUnavailableException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"Stopped after {queues} queues: {error.Message}");
            return 2;
        }
    }

    /// <summary>The offices say whether clerks are kept; where they cannot be read, nobody has switched it on.</summary>
    private static Dictionary<string, Office> OfficesIn(HubOptions hub)
    {
        try
        {
            using var book = new OfficeBook(Options.Create(hub), TimeProvider.System, NullLogger<OfficeBook>.Instance);
            return book.All.ToDictionary(office => office.Key);
        }
        catch (OfficeFilesException wrong)
        {
            Console.WriteLine($"The office files cannot be used ({wrong.Errors[0]}); nothing about single clerks is kept.");
            return [];
        }
    }
}
