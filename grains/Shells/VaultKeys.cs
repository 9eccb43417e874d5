using System.Data.Common;
using System.Security.Cryptography;
using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Aufruf.Grains;

/// <summary>The keys of the vault, kept outside the journal.</summary>
public interface IVaultKeys
{
    /// <summary>Null when there is none, or it was destroyed.</summary>
    Task<VaultKey?> FindAsync(Subject subject);

    /// <summary>The subject's key, made and durable if there was none; null: it was destroyed.</summary>
    Task<VaultKey?> FindOrMakeAsync(Subject subject, DateTimeOffset? until);

    Task DestroyAsync(Subject subject);

    /// <summary>Destroys the keys whose time is over.</summary>
    Task DestroyDueAsync(DateTimeOffset now);
}

/// <param name="Until">When it is destroyed; null: somebody destroys it.</param>
public sealed record VaultKey(byte[] Key, DateTimeOffset? Until);

/// <summary>Keys in a database's table "vault". Each is encrypted with the vault's key file, so the table alone opens nothing.</summary>
/// <remarks>A destroyed subject keeps its row without a key. A row whose time is over goes: nobody seals for a time that is past.</remarks>
public sealed partial class StoredVaultKeys : IVaultKeys, IVaultContents, IDisposable
{
    internal const string SqliteSettings = "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;";
    internal const string SqliteSchema = """
        CREATE TABLE IF NOT EXISTS vault (subject TEXT PRIMARY KEY, until INTEGER, key BLOB) STRICT;
        CREATE TABLE IF NOT EXISTS contents (subject TEXT, hash TEXT, sealed BLOB NOT NULL, PRIMARY KEY (subject, hash)) STRICT;
        """;

    private const string DestroyDue = "DELETE FROM vault WHERE until <= @now";
    private const string DeleteDue = "DELETE FROM contents WHERE subject IN (SELECT subject FROM vault WHERE until <= @now); ";

    private readonly DbDataSource _database;
    private readonly string _settings;
    private readonly string _schema;
    private readonly string _keyFile;
    private readonly string _afterDestroying;
    private readonly string _destroyDue;
    private readonly SemaphoreSlim _gate = new(1);
    private byte[]? _wrap;

    /// <summary>The channel on which PostgreSQL says that the key of a subject is destroyed.</summary>
    public const string Destroyed = "aufruf_vault";

    private StoredVaultKeys(DbDataSource database, string settings, string schema, string keyFile, string destroyDue,
        string afterDestroying = "") => (_database, _settings, _schema, _keyFile, _destroyDue, _afterDestroying) =
        (database, settings, schema, keyFile, destroyDue, afterDestroying);

    /// <summary>In a SQLite file of its own.</summary>
    /// <remarks>secure_delete overwrites deleted keys, and no write-ahead log keeps a copy.</remarks>
    public static StoredVaultKeys InSqlite(string file, string keyFile)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        var address = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 5 }.ToString();
        return new(SqliteFactory.Instance.CreateDataSource(address),
            SqliteSettings, SqliteSchema, keyFile, DeleteDue + DestroyDue);
    }

    /// <summary>In a table beside the journal's, for several hubs. All of them need the same key file.</summary>
    public static StoredVaultKeys InPostgres(NpgsqlDataSource database, string keyFile) => new(database, "", """
        SELECT pg_advisory_xact_lock(4157);
        CREATE TABLE IF NOT EXISTS vault (subject text PRIMARY KEY, until bigint, key bytea);
        CREATE TABLE IF NOT EXISTS contents (subject text, hash text, sealed bytea NOT NULL, PRIMARY KEY (subject, hash));
        """, keyFile, $"{DeleteDue}WITH gone AS ({DestroyDue} RETURNING subject) SELECT pg_notify('{Destroyed}', subject) FROM gone",
        $"; SELECT pg_notify('{Destroyed}', @subject)");

    /// <summary>Makes the table and the key file if need be.</summary>
    public async Task PrepareAsync() => await (await OpenAsync()).DisposeAsync();

    public void Dispose() => _gate.Dispose();

    public async Task<VaultKey?> FindAsync(Subject subject)
    {
        await using var connection = await OpenAsync();
        return await FindAsync(connection, subject);
    }

    public async Task<VaultKey?> FindOrMakeAsync(Subject subject, DateTimeOffset? until)
    {
        await using var connection = await OpenAsync();
        var wrapped = Cipher.Encrypt(_wrap!, subject.ToString(), RandomNumberGenerator.GetBytes(SecretFile.Bytes));
        await using var insert = connection.With(
            "INSERT INTO vault (subject, until, key) VALUES (@subject, @until, @key) ON CONFLICT (subject) DO NOTHING",
            ("subject", subject.ToString()), ("until", until is { } time ? JournalHead.ToMicroseconds(time) : DBNull.Value),
            ("key", wrapped));
        await insert.ExecuteNonQueryAsync();
        return await FindAsync(connection, subject);
    }

    public Task DestroyAsync(Subject subject) => ExecuteAsync("DELETE FROM contents WHERE subject = @subject; "
        + "INSERT INTO vault (subject) VALUES (@subject) ON CONFLICT (subject) DO UPDATE SET key = NULL, until = NULL" + _afterDestroying,
        ("subject", subject.ToString()));

    public Task DestroyDueAsync(DateTimeOffset now) =>
        ExecuteAsync(_destroyDue, ("now", JournalHead.ToMicroseconds(now)));

    private async Task<VaultKey?> FindAsync(DbConnection connection, Subject subject)
    {
        await using var select = connection.With("SELECT key, until FROM vault WHERE subject = @subject", ("subject", subject.ToString()));
        await using var row = await select.ExecuteReaderAsync();
        if (!await row.ReadAsync() || row.IsDBNull(0))
        {
            return null;
        }

        var key = Cipher.Decrypt(_wrap!, subject.ToString(), row.GetFieldValue<byte[]>(0))
            ?? throw new JournalUnavailableException($"{_keyFile} does not open the vault. Put the file back that belongs to this data.");
        return new(key, row.IsDBNull(1) ? null : JournalHead.FromMicroseconds(row.GetInt64(1)));
    }

    private async Task ExecuteAsync(string text, params (string Name, object Value)[] parameters)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.With(text, parameters);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<DbConnection> OpenAsync()
    {
        var connection = await _database.OpenConnectionAsync();
        try
        {
            await ExecuteAsync(connection, _settings);
            if (_wrap is null)
            {
                await PrepareAsync(connection);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task PrepareAsync(DbConnection connection)
    {
        await _gate.WaitAsync(); // The first callers must not make two key files.
        try
        {
            await ExecuteAsync(connection, _schema);
            await using var any = connection.With("SELECT count(*) FROM vault WHERE key IS NOT NULL");
            _wrap ??= SecretFile.Find(_keyFile) ?? (await any.ExecuteScalarAsync() is 0L ? SecretFile.Make(_keyFile)
                : throw new JournalUnavailableException(
                    $"{_keyFile} is missing: without it no personal value can be read. Put the file back."));
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string statements)
    {
        if (statements.Length > 0)
        {
            await using var command = connection.With(statements);
            await command.ExecuteNonQueryAsync();
        }
    }
}
