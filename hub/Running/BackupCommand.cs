using System.Data.Common;
using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Microsoft.Data.Sqlite;

namespace Aufruf.Hub.Running;

/// <summary>"backup" copies the SQLite journal, also beside a running hub; "restore" puts a copy back. Both verify it.</summary>
/// <remarks>Copying the files of a database in use takes half a transaction. SQLite's online backup takes a whole one.</remarks>
internal static class BackupCommand
{
    private const string Usage = "Usage: backup [--to FILE], restore --from FILE.";

    private const string UsePostgres = "The journal is in PostgreSQL. Back it up with 'pg_dump --format=custom', and keep "
        + "journal-postgresql.key of the data folder with it. Put it back with 'pg_restore --clean', then run './run audit'.";

    public static async Task<int> BackupAsync(string[] args, TimeProvider clock)
    {
        var configuration = CommandSettings.Read(args);
        if (configuration.GetConnectionString("Aufruf") is { Length: > 0 })
        {
            await Console.Error.WriteLineAsync(UsePostgres);
            return 2;
        }

        if (CommandSettings.JournalFile(configuration) is not { } file || !File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"There is no SQLite journal in {CommandSettings.Data(configuration)}. {Usage}");
            return 2;
        }

        var to = configuration["to"] ?? Path.Combine(CommandSettings.Data(configuration), "backups",
            string.Create(CultureInfo.InvariantCulture, $"aufruf-{clock.GetUtcNow():yyyyMMdd-HHmmss}.db"));
        if (File.Exists(to))
        {
            await Console.Error.WriteLineAsync($"{to} exists already. {Usage}");
            return 2;
        }

        return await ReportAsync(async () =>
        {
            Copy(file, to);
            var report = await VerifyAsync(to, CommandSettings.KeyBeside(file));
            Console.WriteLine(report.Fault is { } fault
                ? $"BROKEN  {fault} The backup {to} is a true copy of a journal that is not sound."
                : $"Backed up {report.Entries} entries to {to}; seal {report.Seal}");
            return report.Fault is null ? 0 : 1;
        });
    }

    public static async Task<int> RestoreAsync(string[] args, TimeProvider clock)
    {
        var configuration = CommandSettings.Read(args);
        if (configuration.GetConnectionString("Aufruf") is { Length: > 0 })
        {
            await Console.Error.WriteLineAsync(UsePostgres);
            return 2;
        }

        if (CommandSettings.JournalFile(configuration) is not { } file || configuration["from"] is not { } from || !File.Exists(from))
        {
            await Console.Error.WriteLineAsync($"{configuration["from"] ?? "The backup"} does not exist. {Usage}");
            return 2;
        }

        return await ReportAsync(async () =>
        {
            var data = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
            using var folder = new DataFolder(data); // Refused while a hub runs.
            var key = CommandSettings.KeyBeside(file);
            if ((await VerifyAsync(from, key)).Fault is { } fault)
            {
                Console.WriteLine($"BROKEN  {fault} Nothing was restored.");
                return 1;
            }

            var draft = file + ".restored";
            File.Delete(draft);
            Copy(from, draft);
            var aside = Path.Combine(data,
                string.Create(CultureInfo.InvariantCulture, $"before-restore-{clock.GetUtcNow():yyyyMMdd-HHmmss}"));
            SetAside(data, file, aside);
            File.Move(draft, file);
            await using (var restored = new SqliteJournal(file))
            {
                await restored.AcceptAsync(key);
            }

            var report = await VerifyAsync(file, key);
            Console.WriteLine($"Restored {report.Entries} entries from {from}. What was there before lies in {aside}.");
            return 0;
        });
    }

    /// <summary>Reports, snapshots and checkpoints follow from the journal and are made again.</summary>
    private static void SetAside(string data, string file, string aside)
    {
        Directory.CreateDirectory(aside);
        string[] databases = [file, Path.Combine(data, "reports.db"), Path.Combine(data, "subscriptions.db")];
        foreach (var old in databases.SelectMany(name => new[] { name, name + "-wal", name + "-shm" }).Where(File.Exists))
        {
            File.Move(old, Path.Combine(aside, Path.GetFileName(old)));
        }

        if (Directory.Exists(Path.Combine(data, "snapshots")))
        {
            Directory.Move(Path.Combine(data, "snapshots"), Path.Combine(aside, "snapshots"));
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(to)) ?? ".");
        var draft = to + ".draft";
        File.Delete(draft);
        using (var source = new SqliteConnection($"Data Source={from};Mode=ReadOnly;Pooling=False"))
        using (var copy = new SqliteConnection($"Data Source={draft};Pooling=False"))
        {
            source.Open();
            copy.Open();
            source.BackupDatabase(copy);
            using var whole = new SqliteCommand("PRAGMA journal_mode=DELETE", copy); // One file, without a log beside it.
            whole.ExecuteNonQuery();
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(draft, to);
    }

    private static async Task<JournalAudit.Report> VerifyAsync(string file, string key)
    {
        await using var journal = new SqliteJournal(file, readOnly: true, key);
        return await JournalAudit.VerifyAsync(journal, CancellationToken.None);
    }

    private static async Task<int> ReportAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException or JournalUnavailableException)
        {
            await Console.Error.WriteLineAsync($"Not done: {error.Message}");
            return 2;
        }
    }
}
