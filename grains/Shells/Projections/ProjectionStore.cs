using System.Data.Common;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Grains.Projections;

/// <summary>One filling of a projection's table.</summary>
/// <param name="Position">All entries of the journal up to there are in its rows.</param>
/// <param name="Until">When the last one was recorded.</param>
public sealed record Generation(long Number, long Position, DateTimeOffset Until);

/// <summary>The table of a projection, and how far its rows have come: one database, so that both become durable together.</summary>
/// <remarks>
/// Each row belongs to a generation. One of them is served. A rebuild fills the next one beside it, which takes its place at the end.
/// Only the one that fills a generation moves its position. So a hub that was replaced meanwhile saves nothing.
/// </remarks>
public abstract class ProjectionStore
{
    // A rebuild that has saved nothing for so long was interrupted.
    private static readonly TimeSpan Interrupted = TimeSpan.FromMinutes(1);

    private readonly DbDataSource _database;
    private readonly string _name;
    private readonly string _table;
    private readonly int _form;
    private readonly string _schema;
    private bool _isPrepared;

    /// <param name="before">A statement that a connection begins with before it creates tables.</param>
    /// <param name="table">The table of the rows; it has a column "generation".</param>
    /// <param name="form">Changes with the meaning of the rows: then they are dropped and filled again.</param>
    protected ProjectionStore(DbDataSource database, string before, string name, string table, int form, string schema) =>
        (_database, _name, _table, _form, _schema) = (database, name, table, form, $"""
            {before};
            CREATE TABLE IF NOT EXISTS projections(
                name text NOT NULL, generation bigint NOT NULL, served boolean NOT NULL, form int NOT NULL, position bigint NOT NULL,
                goal bigint NOT NULL, until bigint NOT NULL, saved bigint NOT NULL, PRIMARY KEY(name, generation));
            {schema};
            """);

    /// <summary>The served generation is found by its name in a statement of the reader, so it reads one generation only.</summary>
    protected string Served => $"(SELECT generation FROM projections WHERE name = '{_name}' AND served)";

    /// <summary>The generation that is served; null: none was begun.</summary>
    public async Task<Generation?> FindAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.With("""
            SELECT generation, position, until FROM projections WHERE name = @name AND served AND form = @form
            """, ("name", _name), ("form", _form));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? new(rows.GetInt64(0), rows.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2))) : null;
    }

    /// <summary>The generation that is served; the first time, an empty one.</summary>
    public async Task<Generation> BeginAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) ?? await BeginAgainAsync(now, cancellationToken);

    /// <summary>Drops all rows and serves an empty generation.</summary>
    public async Task<Generation> BeginAgainAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var empty = await OpenNextAsync(0, now, cancellationToken);
        await ServeAsync(empty, cancellationToken);
        return empty;
    }

    /// <summary>Opens a generation beside the served one. The rows of an interrupted rebuild are dropped.</summary>
    /// <param name="goal">The journal's end, for the progress.</param>
    public async Task<Generation> OpenNextAsync(long goal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var next = 0L;
        await InTransactionAsync(async step =>
        {
            await using (var insert = step("""
                INSERT INTO projections(name, generation, served, form, position, goal, until, saved)
                SELECT @name, coalesce(max(generation), 0) + 1, FALSE, @form, 0, @goal, 0, @now FROM projections WHERE name = @name
                RETURNING generation
                """, [("name", _name), ("form", _form), ("goal", goal), ("now", now.ToUnixTimeMilliseconds())]))
            {
                next = (long)(await insert.ExecuteScalarAsync(cancellationToken))!;
            }

            await ExecuteAsync(step("DELETE FROM projections WHERE name = @name AND generation <> @next AND NOT served",
                [("name", _name), ("next", next)]));
            await ExecuteAsync(step($"DELETE FROM {_table} WHERE generation NOT IN (SELECT generation FROM projections WHERE name = @name)",
                [("name", _name)]));
        }, cancellationToken);
        return new(next, 0, DateTimeOffset.UnixEpoch);
    }

    /// <summary>Saves changed rows together with the position up to which they are complete.</summary>
    /// <param name="save">Executes the statements, which the given function makes.</param>
    /// <exception cref="SupersededException">Another hub or a rebuild has taken the place of this generation.</exception>
    public async Task<Generation> SaveAsync(Generation filled, long position, DateTimeOffset until, DateTimeOffset now,
        Func<MakeStatement, Task> save, CancellationToken cancellationToken)
    {
        await InTransactionAsync(async step =>
        {
            // It locks the row up to the commit.
            if (await ExecuteAsync(step("""
                UPDATE projections SET position = @position, until = @until, saved = @now
                WHERE name = @name AND generation = @generation AND position = @before
                """, [("position", position), ("until", until.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()),
                    ("name", _name), ("generation", filled.Number), ("before", filled.Position)])) == 0)
            {
                throw new SupersededException($"Generation {filled.Number} of {_name} is filled by another one, or replaced.");
            }

            await save(step);
        }, cancellationToken);
        return filled with { Position = position, Until = until };
    }

    /// <summary>Serves a generation instead of the present one, whose rows are dropped.</summary>
    public Task ServeAsync(Generation complete, CancellationToken cancellationToken) => InTransactionAsync(async step =>
    {
        // The row of the present one is deleted first: what is being saved there is waited for, and then deleted too.
        await ExecuteAsync(step("DELETE FROM projections WHERE name = @name AND served", [("name", _name)]));
        if (await ExecuteAsync(step("UPDATE projections SET served = TRUE WHERE name = @name AND generation = @generation",
            [("name", _name), ("generation", complete.Number)])) == 0)
        {
            throw new SupersededException($"Another rebuild of {_name} has begun meanwhile.");
        }

        await ExecuteAsync(step($"DELETE FROM {_table} WHERE generation NOT IN (SELECT generation FROM projections WHERE name = @name)",
            [("name", _name)]));
    }, cancellationToken);

    /// <summary>How much of a running rebuild is done, 0 to 100; null: there is none.</summary>
    public async Task<int?> RebuiltAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.With(
            "SELECT position, goal FROM projections WHERE name = @name AND NOT served AND saved > @since",
            ("name", _name), ("since", (now - Interrupted).ToUnixTimeMilliseconds()));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? (int)(100 * rows.GetInt64(0) / Math.Max(1, Math.Max(rows.GetInt64(0), rows.GetInt64(1)))) : null;
    }

    /// <summary>Waits for what is being saved, and lets nothing be saved up to the end of the transaction.</summary>
    protected Task LockAsync(MakeStatement make) =>
        ExecuteAsync(make("UPDATE projections SET saved = saved WHERE name = @name", [("name", _name)]));

    protected static async Task<int> ExecuteAsync(DbCommand statement)
    {
        await using (statement)
        {
            return await statement.ExecuteNonQueryAsync();
        }
    }

    protected async Task InTransactionAsync(Func<MakeStatement, Task> work, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await work((text, parameters) =>
        {
            var statement = connection.With(text, parameters);
            statement.Transaction = transaction;
            return statement;
        });
        await transaction.CommitAsync(cancellationToken);
    }

    protected async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
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
            await connection.DisposeAsync();
            throw;
        }
    }
}

/// <summary>Makes a statement of the present transaction.</summary>
public delegate DbCommand MakeStatement(string text, (string Name, object Value)[] parameters);
