using Microsoft.Data.Sqlite;

namespace Aufruf.Grains;

/// <summary>Takes the vault's keys and contents into a backup and back. They stay encrypted with the vault's key file.</summary>
public static class VaultCopies
{
    /// <summary>Copies the keys into a table "vault" of the backup.</summary>
    /// <remarks>Take them after the journal: a key is durable before the first value that is encrypted with it.</remarks>
    /// <returns>How many of them open something.</returns>
    public static long Take(SqliteConnection backup, string vaultFile)
    {
        Execute(backup, StoredVaultKeys.SqliteSchema);
        if (File.Exists(vaultFile))
        {
            Execute(backup, "ATTACH @file AS present", ("file", vaultFile));
            if (Number(backup, "SELECT count(*) FROM present.sqlite_master WHERE name = 'vault'") == 1)
            {
                Execute(backup, "INSERT INTO main.vault SELECT subject, until, key FROM present.vault");
                Execute(backup, "INSERT INTO main.contents SELECT subject, hash, sealed FROM present.contents");
            }

            Execute(backup, "DETACH present");
        }

        return Number(backup, "SELECT count(*) FROM vault WHERE key IS NOT NULL");
    }

    /// <summary>Adds the keys of a backup to the vault that is there. A key that was destroyed since stays destroyed.</summary>
    /// <param name="isOfSameKeyFile">False: the keys that are there were encrypted with another key file than the backup's, and go.</param>
    public static void PutBack(string backup, string vaultFile, bool isOfSameKeyFile)
    {
        using var vault = new SqliteConnection($"Data Source={vaultFile};Pooling=False");
        vault.Open();
        Execute(vault, StoredVaultKeys.SqliteSettings + StoredVaultKeys.SqliteSchema);
        Execute(vault, "ATTACH @file AS backup", ("file", backup));
        using var transaction = vault.BeginTransaction();
        if (!isOfSameKeyFile)
        {
            Execute(vault, "DELETE FROM main.vault WHERE key IS NOT NULL; DELETE FROM main.contents");
        }

        // A destroyed subject keeps its row without a key.
        Execute(vault, """
            INSERT INTO main.vault SELECT subject, until, key FROM backup.vault WHERE true
            ON CONFLICT (subject) DO UPDATE SET until = excluded.until, key = excluded.key WHERE vault.key IS NOT NULL
            """);
        Execute(vault, """
            INSERT INTO main.contents SELECT subject, hash, sealed FROM backup.contents
            WHERE subject IN (SELECT subject FROM main.vault WHERE key IS NOT NULL) ON CONFLICT (subject, hash) DO NOTHING
            """);
        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.With(text, parameters);
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string text)
    {
        using var command = connection.With(text);
        return (long)command.ExecuteScalar()!;
    }
}
