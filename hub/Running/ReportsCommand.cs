using System.Diagnostics;
using Aufruf.Contracts;
using Aufruf.Grains.Reports;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Reports;

namespace Aufruf.Hub.Running;

/// <summary>"reports rebuild": reads the whole journal into the reports again, also beside a running hub.</summary>
internal static class ReportsCommand
{
    private const string Usage =
        "Usage: reports rebuild [--Hub:Data FOLDER], or --ConnectionStrings:Aufruf for PostgreSQL.";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["rebuild", .. var rest])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var configuration = CommandSettings.Read(rest);
        var hub = HubOptions.Read(configuration);
        if (CommandSettings.JournalFile(configuration) is { } file && !File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"{file} does not exist. {Usage}");
            return 2;
        }

        await using var journal = await CommandSettings.OpenJournalAsync(configuration, readOnly: true);
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) => (e.Cancel, _) = (true, stop.CancelAsync());
        using var projection = new ReportProjection(journal, ReportSetup.Store(configuration.GetConnectionString("Aufruf"), hub.Data));
        // The offices' settings say whether figures about single clerks are kept.
        var offices = (await OfficeCopies.ReadAsync(journal)).Offices.All.ToDictionary(office => office.Key);
        return await RebuildAsync(projection, offices, stop.Token);
    }

    private static async Task<int> RebuildAsync(ReportProjection projection, Dictionary<string, Office> offices, CancellationToken stop)
    {
        var (queues, written, began) = (0, TimeSpan.Zero, Stopwatch.StartNew());
        try
        {
            await projection.RebuildAsync(offices, TimeProvider.System.GetUtcNow(), (count, key) =>
            {
                queues = count;
                if (began.Elapsed - written > TimeSpan.FromSeconds(1))
                {
                    written = began.Elapsed;
                    Console.WriteLine($"{count} queues so far, last {key}");
                }
            }, stop);
            Console.WriteLine($"Done: {queues} queues read into the reports in {began.Elapsed.TotalSeconds:0.0} s.");
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped after {queues} queues. The others are read when a report needs them, or by this command.");
            return 1;
        }
        catch (Exception error) when (error is System.Data.Common.DbException or JournalUnavailableException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"Stopped after {queues} queues: {error.Message}");
            return 2;
        }
    }
}
