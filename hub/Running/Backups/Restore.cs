using System.Globalization;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Microsoft.Data.Sqlite;

namespace Aufruf.Hub.Running.Backups;

/// <summary>Puts a backup back into the folder of a hub that does not run.</summary>
/// <remarks>The journal that was there is set aside. The vault that is there stays, and gets the backup's keys.</remarks>
internal static class Restore
{
    public static async Task<int> RunAsync(string from, string keys, string journal, TimeProvider clock)
    {
        var data = Path.GetDirectoryName(Path.GetFullPath(journal)) ?? ".";
        using var folder = new DataFolder(data); // Refused while a hub runs.
        if (WhyNoVaultKey(from, keys, data) is { } missing)
        {
            return await BackupCommand.RefuseAsync(missing);
        }

        var keyApart = Path.Combine(keys, KeyFolder.JournalKey);
        var key = CommandSettings.KeyBeside(journal);
        if ((await BackupCommand.VerifyAsync(from, File.Exists(keyApart) ? keyApart : key)).Fault is { } fault)
        {
            Console.WriteLine($"BROKEN  {fault} Nothing was restored.");
            return 1;
        }

        var lost = Lost(journal, from);
        var draft = journal + ".restored";
        BackupFile.TakeOutJournal(from, draft);
        var aside = Path.Combine(data,
            string.Create(CultureInfo.InvariantCulture, $"before-restore-{clock.GetUtcNow():yyyyMMdd-HHmmss.fff}"));
        Directory.CreateDirectory(aside);
        PutBackVault(from, keys, data, aside);
        SetAside(data, journal, aside);
        File.Move(draft, journal);
        KeyFolder.PutBack(keys, data);
        BackupFile.PutBackFiles(from, data);
        await using (var restored = new SqliteJournal(journal))
        {
            await restored.AcceptAsync(key);
        }

        var report = await BackupCommand.VerifyAsync(journal, key);
        Console.WriteLine($"Restored {report.Entries} entries from {from}. {WhatWasThere(aside)}");
        Console.WriteLine(lost);
        Console.WriteLine("Tokens that were revoked since the backup are good again ('token list' shows them), "
            + "and mail that was sent since "
            + "may be sent again.");
        return 0;
    }

    private static string WhatWasThere(string aside)
    {
        if (Directory.EnumerateFileSystemEntries(aside).Any())
        {
            return $"What was there before lies in {aside}.";
        }

        Directory.Delete(aside);
        return "Nothing was there before.";
    }

    /// <summary>Why the keys of personal values in the backup could not be opened here; null when they can, or there are none.</summary>
    private static string? WhyNoVaultKey(string from, string keys, string data) =>
        BackupFile.VaultPrint(from) is var print and not "" && print != KeyFolder.PrintOf(Path.Combine(data, KeyFolder.VaultKey))
            && print != KeyFolder.PrintOf(Path.Combine(keys, KeyFolder.VaultKey))
                ? $"The vault.key of this backup is neither in {keys} nor in {data}: without it no personal value could be read. "
                    + "Name its folder with --keys. Nothing was restored."
                : null;

    private static void PutBackVault(string from, string keys, string data, string aside)
    {
        var (print, own) = (BackupFile.VaultPrint(from), Path.Combine(data, KeyFolder.VaultKey));
        var isSame = print is "" || print == KeyFolder.PrintOf(own);
        if (!isSame)
        {
            foreach (var file in ((string[])[own, Path.Combine(data, "vault.db")]).Where(File.Exists))
            {
                File.Copy(file, Path.Combine(aside, Path.GetFileName(file)));
            }

            File.Delete(own);
            KeyFolder.PutBack(keys, data);
        }

        VaultCopies.PutBack(from, Path.Combine(data, "vault.db"), isSame);
    }

    /// <summary>Reports, snapshots, checkpoints and reminders follow from the journal and are made again.</summary>
    private static void SetAside(string data, string journal, string aside)
    {
        string[] databases = [journal, Path.Combine(data, "reports.db"), Path.Combine(data, "subscriptions.db"),
            Path.Combine(data, "reminders.db")];
        foreach (var old in databases.SelectMany(name => new[] { name, name + "-wal", name + "-shm" }).Where(File.Exists))
        {
            File.Move(old, Path.Combine(aside, Path.GetFileName(old)));
        }

        if (Directory.Exists(Path.Combine(data, "snapshots")))
        {
            Directory.Move(Path.Combine(data, "snapshots"), Path.Combine(aside, "snapshots"));
        }
    }

    /// <summary>The entries that the journal here has after the backup, in number and time.</summary>
    internal static string Lost(string journal, string backup)
    {
        if (!File.Exists(journal))
        {
            return "Entries after the backup are lost: there was no journal to count them.";
        }

        try
        {
            using var connection = new SqliteConnection($"Data Source={journal};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = new SqliteCommand("""
                ATTACH @backup AS backup;
                SELECT count(*), min(at), max(at) FROM main.journal j
                WHERE NOT EXISTS (SELECT 1 FROM backup.journal b WHERE b.stream = j.stream AND b.version = j.version AND b.hash = j.hash)
                """, connection);
            command.Parameters.AddWithValue("@backup", backup);
            using var row = command.ExecuteReader();
            row.Read();
            return row.GetInt64(0) is var count and > 0
                ? string.Create(CultureInfo.InvariantCulture, $"Lost: {count} entries that are not in the backup, ")
                    + string.Create(CultureInfo.InvariantCulture, $"from {Time(row.GetInt64(1)):u} to {Time(row.GetInt64(2)):u}.")
                : "Lost: nothing.";
        }
        catch (SqliteException damaged)
        {
            return $"Entries after the backup are lost. The journal that was there cannot be read: {damaged.Message}";
        }
    }

    private static DateTimeOffset Time(long microseconds) => JournalHead.FromMicroseconds(microseconds);
}
