using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Npgsql;

namespace Aufruf.Grains;

/// <summary>The key files that all hubs of one PostgreSQL have in common: copies of those that the first hub made.</summary>
/// <remarks>The database knows a fingerprint of each. A hub with another file, or without it, does not start: it would sign what the
/// others call forged, and seal what they cannot open.</remarks>
public static class SharedKeyFiles
{
    private const string OneAtATime = "SELECT pg_advisory_xact_lock(4160)";

    /// <summary>Prepares journal and vault. The first hub makes the files; hubs that start together do this one after the other.</summary>
    /// <exception cref="JournalUnavailableException">A file is missing or another one; the sentence says what to copy.</exception>
    public static async Task PrepareAsync(NpgsqlDataSource database, PostgresJournal journal, StoredVaultKeys vault, params string[] files)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var turn = await connection.BeginTransactionAsync();
        await using (var schema = connection.With($"""
            {OneAtATime};
            CREATE TABLE IF NOT EXISTS key_files(name text PRIMARY KEY, fingerprint bytea NOT NULL);
            """))
        {
            await schema.ExecuteNonQueryAsync();
        }

        foreach (var file in files)
        {
            await RequireSameAsync(connection, file);
        }

        await journal.PrepareAsync();
        await vault.PrepareAsync();
        foreach (var file in files)
        {
            await RegisterAsync(connection, file);
        }

        await turn.CommitAsync();
    }

    /// <summary>From now on this file is the right one: an operator has accepted the journal with it.</summary>
    public static async Task AcceptAsync(NpgsqlDataSource database, string file)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var forget = connection.With("DELETE FROM key_files WHERE name = @name", ("name", Path.GetFileName(file)));
        await forget.ExecuteNonQueryAsync();
        await RegisterAsync(connection, file);
    }

    private static async Task RequireSameAsync(NpgsqlConnection connection, string file)
    {
        await using var select = connection.With("SELECT fingerprint FROM key_files WHERE name = @name", ("name", Path.GetFileName(file)));
        if (await select.ExecuteScalarAsync() is byte[] known && SecretFile.Find(file) is var own
            && (own is null || !CryptographicOperations.FixedTimeEquals(known, FingerprintOf(own))))
        {
            throw new JournalUnavailableException($"{file} {(own is null ? "is missing" : "is not the file of the other hubs")}. "
                + $"All hubs of one database need the same {Path.GetFileName(file)}: copy it from the data of a hub that runs.");
        }
    }

    private static async Task RegisterAsync(NpgsqlConnection connection, string file)
    {
        if (SecretFile.Find(file) is { } own)
        {
            await using var insert = connection.With(
                "INSERT INTO key_files(name, fingerprint) VALUES (@name, @fingerprint) ON CONFLICT (name) DO NOTHING",
                ("name", Path.GetFileName(file)), ("fingerprint", FingerprintOf(own)));
            await insert.ExecuteNonQueryAsync();
        }
    }

    private static byte[] FingerprintOf(byte[] key) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes("fingerprint"));
}
