using Aufruf.Grains;
using Microsoft.Data.Sqlite;

namespace Aufruf.Hub.Running.Backups;

/// <summary>A backup of one moment: a SQLite file with the journal, the keys of personal values, and small files beside them.</summary>
/// <remarks>
/// Copying the files of a database in use takes half a transaction. SQLite's online backup takes a whole one.
/// The keys of personal values open nothing without vault.key, which is not in it. Reports, checkpoints, snapshots and reminders
/// follow from the journal. The mark of the clock belongs to the machine.
/// </remarks>
internal static class BackupFile
{
    /// <summary>Folders of the data whose files are taken along: the seals of earlier audits.</summary>
    private static readonly string[] Folders = ["audits"];

    private const string KeyOfVault = "vault.key";

    /// <param name="data">The hub's folder.</param>
    /// <param name="journal">The SQLite file of the journal.</param>
    public static void Make(string data, string journal, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(to)) ?? ".");
        var draft = to + ".draft";
        Copy(journal, draft);
        using (var backup = Open(draft))
        {
            Execute(backup, "CREATE TABLE beside(name TEXT PRIMARY KEY, content BLOB NOT NULL)");
            if (VaultCopies.Take(backup, Path.Combine(data, "vault.db")) > 0)
            {
                Add(backup, KeyOfVault, Convert.FromHexString(KeyFolder.PrintOf(Path.Combine(data, KeyFolder.VaultKey))));
            }

            foreach (var file in Folders.Select(folder => Path.Combine(data, folder)).Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFiles(folder)))
            {
                Add(backup, Path.GetRelativePath(data, file).Replace('\\', '/'), File.ReadAllBytes(file));
            }
        }

        File.Move(draft, to);
    }

    /// <summary>The print of the key file that opens the keys of personal values; empty when there are none.</summary>
    /// <exception cref="InvalidDataException">The file is no backup.</exception>
    public static string VaultPrint(string backup)
    {
        using var connection = Open(backup, "ReadOnly");
        using var isBackup = new SqliteCommand(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('journal', 'vault', 'contents', 'beside')", connection);
        if (isBackup.ExecuteScalar() is not 4L)
        {
            throw new InvalidDataException($"{backup} was not made by 'backup'.");
        }

        using var print = new SqliteCommand($"SELECT content FROM beside WHERE name = '{KeyOfVault}'", connection);
        return print.ExecuteScalar() is byte[] found ? Convert.ToHexStringLower(found) : "";
    }

    /// <summary>Writes the journal alone to a file.</summary>
    public static void TakeOutJournal(string backup, string to)
    {
        Copy(backup, to);
        using var journal = Open(to);
        Execute(journal, "PRAGMA secure_delete = ON; DROP TABLE vault; DROP TABLE contents; DROP TABLE beside");
    }

    /// <summary>Writes the small files that are missing in the hub's folder. A newer one stays.</summary>
    public static void PutBackFiles(string backup, string data)
    {
        using var connection = Open(backup, "ReadOnly");
        using var select = new SqliteCommand($"SELECT name, content FROM beside WHERE name <> '{KeyOfVault}'", connection);
        using var rows = select.ExecuteReader();
        while (rows.Read())
        {
            var file = Path.GetFullPath(Path.Combine(data, rows.GetString(0)));
            if (!File.Exists(file) && Folders.Any(folder => Path.GetDirectoryName(file) == Path.GetFullPath(Path.Combine(data, folder))))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, rows.GetFieldValue<byte[]>(1));
            }
        }
    }

    private static void Copy(string from, string to)
    {
        File.Delete(to);
        using var source = Open(from, "ReadOnly");
        using var copy = Open(to);
        source.BackupDatabase(copy);
        Execute(copy, "PRAGMA journal_mode=DELETE"); // One file, without a log beside it.
    }

    private static SqliteConnection Open(string file, string mode = "ReadWriteCreate")
    {
        var connection = new SqliteConnection($"Data Source={file};Mode={mode};Pooling=False;Default Timeout=5");
        connection.Open();
        return connection;
    }

    private static void Add(SqliteConnection backup, string name, byte[] content)
    {
        using var insert = new SqliteCommand("INSERT INTO beside(name, content) VALUES (@name, @content)", backup);
        insert.Parameters.AddWithValue("@name", name);
        insert.Parameters.AddWithValue("@content", content);
        insert.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = new SqliteCommand(text, connection);
        command.ExecuteNonQuery();
    }
}
