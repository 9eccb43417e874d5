using System.Diagnostics;
using Aufruf.Contracts;
using Aufruf.Grains.Reports;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Reports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Hub.Running;

/// <summary>"reports rebuild": reads the whole journal into new rows of the reports, also beside a running hub.</summary>
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
        // The offices' settings say whether figures about single clerks are kept.
        var clerks = ReportSetup.ClerksIn((await OfficeCopies.ReadAsync(journal)).Offices);
        var projection = new ReportProjection(ReportSetup.Store(configuration.GetConnectionString("Aufruf"), hub.Data), journal,
            () => clerks, OneHub.Only, TimeProvider.System, NullLogger<ReportProjection>.Instance);
        return await RebuildAsync(projection, stop.Token);
    }

    private static async Task<int> RebuildAsync(ReportProjection projection, CancellationToken stop)
    {
        var began = Stopwatch.StartNew();
        try
        {
            await projection.RebuildAsync(percent => Console.WriteLine($"{percent} %"), stop);
            Console.WriteLine($"Done in {began.Elapsed.TotalSeconds:0.0} s: the reports are read from the new rows.");
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped: the reports are read from the rows before. A new rebuild begins at the start.");
            return 1;
        }
        catch (Exception error) when (error is System.Data.Common.DbException or JournalUnavailableException or SupersededException)
        {
            await Console.Error.WriteLineAsync($"Stopped, and the reports are read from the rows before: {error.Message}");
            return 2;
        }
    }
}
