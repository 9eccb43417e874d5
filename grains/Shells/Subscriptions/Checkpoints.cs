using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Aufruf.Grains.Subscriptions;

/// <summary>How far each subscription has come. A lost checkpoint costs time: its subscription reads the journal from the start.</summary>
public interface ICheckpoints
{
    /// <summary>0: the subscription has kept none.</summary>
    Task<long> FindAsync(string name, CancellationToken cancellationToken);

    Task KeepAsync(string name, long position, CancellationToken cancellationToken);
}

/// <summary>Checkpoints in a table of their own.</summary>
public sealed class Checkpoints : ICheckpoints
{
    private readonly DbDataSource _database;
    private readonly string _schema;
    private bool _isPrepared;

    private Checkpoints(DbDataSource database, string before) => (_database, _schema) = (database, $"""
        {before};
        CREATE TABLE IF NOT EXISTS checkpoints(name text PRIMARY KEY, position bigint NOT NULL);
        """);

    /// <summary>In a file of its own, so that it never waits for the journal's writer.</summary>
    public static Checkpoints InSqlite(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        var address = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ToString();
        return new(SqliteFactory.Instance.CreateDataSource(address), "PRAGMA journal_mode=WAL");
    }

    public static Checkpoints InPostgres(NpgsqlDataSource database) => new(database, "SELECT pg_advisory_xact_lock(4157)");

    public async Task<long> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.With("SELECT position FROM checkpoints WHERE name = @name", ("name", name));
        return await command.ExecuteScalarAsync(cancellationToken) is long position ? position : 0;
    }

    public async Task KeepAsync(string name, long position, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.With("""
            INSERT INTO checkpoints(name, position) VALUES (@name, @position) ON CONFLICT (name) DO UPDATE SET position = excluded.position
            """, ("name", name), ("position", position));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await _database.OpenConnectionAsync(cancellationToken);
        try
        {
            if (!_isPrepared)
            {
                await using var command = connection.With(_schema);
                await command.ExecuteNonQueryAsync(cancellationToken);
                _isPrepared = true;
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync(); // Its subscription tries again for as long as it takes.
            throw;
        }
    }
}
