using System.Data.Common;
using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Running.Backups;

/// <summary>"backup FILE" copies what a hub cannot make again, also while it runs; its keys go to the folder FILE.keys.</summary>
internal static class BackupCommand
{
    private const string Usage = "Usage: backup [FILE], restore FILE [--keys FOLDER].";

    /// <summary>Tables of one database are of one moment. A later dump of the vault has every key that the journal needs.</summary>
    internal const string UsePostgres = "The journal is in PostgreSQL. "
        + "Back it up with 'pg_dump --format=custom --exclude-table=vault', and "
        + "then the keys of personal values with 'pg_dump --format=custom --table=vault'. Put the first back with 'pg_restore --clean'. "
        + "Put the second back only if the database is lost: keys that were destroyed since would open again. Then run './run audit'.";

    public static Task<int> BackupAsync(string[] args, TimeProvider clock) => ReportAsync(async () =>
    {
        var (configuration, named) = Read(args);
        var data = CommandSettings.Data(configuration);
        var to = named ?? Path.Combine(data, "backups",
            string.Create(CultureInfo.InvariantCulture, $"aufruf-{clock.GetUtcNow():yyyyMMdd-HHmmss}.db"));
        if (File.Exists(to) || Directory.Exists(KeyFolder.Of(to)))
        {
            return await RefuseAsync($"{to} exists already. {Usage}");
        }

        if (configuration.GetConnectionString("Aufruf") is { Length: > 0 })
        {
            KeyFolder.Make(data, KeyFolder.Of(to));
            return await RefuseAsync($"{UsePostgres}\n{KeysAre(to)}");
        }

        if (CommandSettings.JournalFile(configuration) is not { } journal || !File.Exists(journal))
        {
            return await RefuseAsync($"There is no SQLite journal in {data}. {Usage}");
        }

        BackupFile.Make(data, journal, to);
        KeyFolder.Make(data, KeyFolder.Of(to));
        var report = await VerifyAsync(to, Path.Combine(KeyFolder.Of(to), KeyFolder.JournalKey));
        Console.WriteLine(report.Fault is { } fault
            ? $"BROKEN  {fault} The backup {to} is a true copy of a journal that is not sound."
            : $"Backed up {report.Entries} entries to {to}; seal {report.Seal}");
        Console.WriteLine(KeysAre(to));
        return report.Fault is null ? 0 : 1;
    });

    public static Task<int> RestoreAsync(string[] args, TimeProvider clock) => ReportAsync(async () =>
    {
        var (configuration, from) = Read(args);
        if (configuration.GetConnectionString("Aufruf") is { Length: > 0 })
        {
            return await RefuseAsync(UsePostgres);
        }

        return CommandSettings.JournalFile(configuration) is not { } journal || from is null || !File.Exists(from)
            ? await RefuseAsync($"{from ?? "The backup"} does not exist. {Usage}")
            : await Restore.RunAsync(from, configuration["keys"] ?? KeyFolder.Of(from), journal, clock);
    });

    internal static async Task<JournalAudit.Report> VerifyAsync(string file, string key)
    {
        await using var journal = new SqliteJournal(file, readOnly: true, key);
        return await JournalAudit.VerifyAsync(journal, CancellationToken.None);
    }

    internal static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 2;
    }

    private static string KeysAre(string to) => $"The keys are in {KeyFolder.Of(to)}. Keep them at another place: "
        + "with the backup they open "
        + "personal values.";

    /// <summary>The settings, and the file that stands before the first option.</summary>
    private static (IConfiguration Settings, string? File) Read(string[] args) =>
        args is [var file, ..] && !file.StartsWith('-') ? (CommandSettings.Read(args[1..]), file) : (CommandSettings.Read(args), null);

    private static async Task<int> ReportAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is DbException or IOException or InvalidDataException or UnauthorizedAccessException
            or JournalUnavailableException)
        {
            return await RefuseAsync($"Not done: {error.Message}");
        }
    }
}
