using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Aufruf.Hub.Running.Backups;

/// <summary>"drill": backs up a hub under load, destroys it, restores it, and says what was lost. It touches no data but its own.</summary>
internal static class DrillCommand
{
    public static async Task<int> RunAsync(string[] args, TimeProvider clock)
    {
        var requests = CommandSettings.Read(args).GetValue("requests", 500);
        var folder = Directory.CreateTempSubdirectory("aufruf-drill-").FullName;
        using var stop = new CancellationTokenSource();
        void Cancel(object? sender, ConsoleCancelEventArgs pressed)
        {
            pressed.Cancel = true; // The hub and the folder go first.
            stop.Cancel();
        }

        Console.CancelKeyPress += Cancel;
        try
        {
            return await RunAsync(folder, requests, clock, stop.Token);
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        finally
        {
            Console.CancelKeyPress -= Cancel;
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunAsync(string folder, int requests, TimeProvider clock, CancellationToken stop)
    {
        var (data, backup) = (Path.Combine(folder, "data"), Path.Combine(folder, "backup.db"));
        var journal = Path.Combine(data, "aufruf.db");
        IReadOnlyDictionary<Guid, DateTimeOffset> acknowledged;
        DateTimeOffset begun;
        string lost;
        using (var hub = await DrillHub.StartAsync(data, stop))
        {
            var presses = new DrillLoad(hub, await DrillClerk.HireAsync(data, DrillLoad.Office, clock), clock);
            var running = presses.RunAsync();
            await presses.UntilMoreAsync(requests, stop);
            begun = clock.GetUtcNow();
            if (await TimedAsync("Backup under load", () => BackupCommand.BackupAsync([backup, $"--Hub:Data={data}"], clock)) is not 0)
            {
                return 1;
            }

            await presses.UntilMoreAsync(requests, stop);
            hub.Kill();
            await running;
            acknowledged = presses.Acknowledged;
            lost = Restore.Lost(journal, backup);
        }

        Console.WriteLine($"The hub was killed with kill -9 while it answered, and {data} was deleted.");
        Directory.Delete(data, recursive: true);
        if (await TimedAsync("Restore", () => BackupCommand.RestoreAsync([backup, $"--Hub:Data={data}"], clock)) is not 0
            || await AuditCommand.RunAsync([$"--Hub:Data={data}"]) is not 0)
        {
            return 1;
        }

        await TimedAsync("Start on the restored data", async () =>
        {
            using var again = await DrillHub.StartAsync(data, stop);
            return 0;
        });
        return Judge(await RequestsAsync(journal), acknowledged, begun, lost);
    }

    /// <summary>An acknowledged press may be lost only if it came after the backup had begun.</summary>
    private static int Judge(HashSet<Guid> kept, IReadOnlyDictionary<Guid, DateTimeOffset> acknowledged, DateTimeOffset begun, string lost)
    {
        var before = acknowledged.Count(press => press.Value < begun);
        var missing = acknowledged.Where(press => !kept.Contains(press.Key)).ToList();
        var wrong = missing.Count(press => press.Value < begun);
        Console.WriteLine(lost);
        Console.WriteLine($"Of {acknowledged.Count} acknowledged requests, {missing.Count} are lost. "
            + $"Of the {before} that were acknowledged before the backup, {wrong} are lost.");
        return wrong == 0 && before > 0 ? 0 : 1;
    }

    private static async Task<HashSet<Guid>> RequestsAsync(string journal)
    {
        await using var connection = new SqliteConnection($"Data Source={journal};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = new SqliteCommand("SELECT json_extract(entry, '$.request') FROM journal", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var requests = new HashSet<Guid>();
        while (await rows.ReadAsync())
        {
            requests.Add(Guid.Parse(rows.GetString(0)));
        }

        return requests;
    }

    private static async Task<int> TimedAsync(string what, Func<Task<int>> work)
    {
        var began = Stopwatch.GetTimestamp();
        var code = await work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what} took {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s."));
        return code;
    }
}
