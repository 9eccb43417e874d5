using System.Data;
using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Aufruf.Grains.Journal;

/// <summary>The journal in PostgreSQL, for several hubs or many towns.</summary>
/// <remarks>One statement, one round trip and one commit per group. The primary key fences off a second writer of a stream on another hub.</remarks>
public sealed class PostgresJournal(NpgsqlDataSource database) : GroupCommitJournal
{
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _insert;

    public override async IAsyncEnumerable<JournalEntry> ReadAfterAsync(string stream, long version, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT stream, version, at, entry, hash FROM journal WHERE stream = $1 AND version > $2 ORDER BY version");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        await foreach (var entry in RowsAsync(command, cancellationToken))
        {
            yield return entry;
        }
    }

    public override async Task<long> LastVersionAsync(string stream)
    {
        await using var command = database.CreateCommand("SELECT coalesce(max(version), 0) FROM journal WHERE stream = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        return await command.ExecuteScalarAsync() is long last ? last : 0;
    }

    public override async IAsyncEnumerable<JournalEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // "C" orders by bytes: the same order on every server, whatever its language.
        await using var command = database.CreateCommand("""SELECT stream, version, at, entry, hash FROM journal ORDER BY stream COLLATE "C", version""");
        await foreach (var entry in RowsAsync(command, cancellationToken))
        {
            yield return entry;
        }
    }

    private static async IAsyncEnumerable<JournalEntry> RowsAsync(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new JournalEntry(
                rows.GetString(0), rows.GetInt64(1), JournalHead.FromMicroseconds(rows.GetInt64(2)),
                Encoding.UTF8.GetBytes(rows.GetString(3)), rows.GetFieldValue<byte[]>(4));
        }
    }

    protected override async ValueTask<bool> TryWriteAsync(IReadOnlyList<PendingAppend> group)
    {
        var insert = _insert ?? await OpenWriterAsync();
        insert.Parameters[0].Value = group.Select(a => a.Stream).ToArray();
        insert.Parameters[1].Value = group.Select(a => a.Head.Version).ToArray();
        insert.Parameters[2].Value = group.Select(a => JournalHead.ToMicroseconds(a.At)).ToArray();
        insert.Parameters[3].Value = group.Select(a => Encoding.UTF8.GetString(a.Entry.Span)).ToArray();
        insert.Parameters[4].Value = group.Select(a => a.Head.Hash.ToArray()).ToArray();
        insert.Parameters[5].Value = group.Select(a => a.MustFollow).ToArray();
        try
        {
            await insert.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException conflict) when (conflict.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.NotNullViolation)
        {
            return false;
        }
    }

    protected override async ValueTask WriteProbeAsync()
    {
        _ = _insert ?? await OpenWriterAsync();
        await using var probe = new NpgsqlCommand(
            "INSERT INTO journal_probe(id, filler) VALUES (1, repeat('x', 4096)) ON CONFLICT (id) DO UPDATE SET filler = excluded.filler", _connection);
        await probe.ExecuteNonQueryAsync();
    }

    protected override async ValueTask CloseWriterAsync()
    {
        var (insert, connection) = (_insert, _connection);
        (_insert, _connection) = (null, null);
        if (insert is not null)
        {
            await insert.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    protected override string Explain(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "The disk of the PostgreSQL server is full: free some space, the hub goes on by itself.",
        PostgresException postgres => $"PostgreSQL refused to write the journal: {postgres.MessageText} ({postgres.SqlState}).",
        _ => $"PostgreSQL cannot be reached: {error.Message} The hub goes on by itself when it is back.",
    };

    private async Task<NpgsqlCommand> OpenWriterAsync()
    {
        _connection = await database.OpenConnectionAsync();
        // The lock keeps two hubs that start together from creating the tables at once (IF NOT EXISTS alone may collide); it ends with the transaction of these statements.
        await using (var schema = new NpgsqlCommand("""
            SET synchronous_commit TO on;
            SET enable_seqscan TO off; -- The insert is planned while the table may still be empty, and kept.
            SELECT pg_advisory_xact_lock(4157);
            CREATE TABLE IF NOT EXISTS journal(
                stream text NOT NULL, version bigint NOT NULL, at bigint NOT NULL, entry text NOT NULL, hash bytea NOT NULL,
                PRIMARY KEY(stream, version));
            CREATE TABLE IF NOT EXISTS journal_probe(id int PRIMARY KEY, filler text NOT NULL);
            """, _connection))
        {
            await schema.ExecuteNonQueryAsync();
        }

        // Without the entry it must follow, an entry gets no version; and a version is what no entry can be without.
        var insert = new NpgsqlCommand("""
            INSERT INTO journal(stream, version, at, entry, hash)
            SELECT stream,
                CASE WHEN follows IS NULL OR (SELECT j.hash FROM journal j WHERE j.stream = a.stream AND j.version = a.version - 1) = follows THEN version END,
                at, entry, hash
            FROM unnest($1, $2, $3, $4, $5, $6) AS a(stream, version, at, entry, hash, follows)
            """, _connection);
        foreach (var type in (NpgsqlDbType[])[NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Bytea, NpgsqlDbType.Bytea])
        {
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
        }

        await insert.PrepareAsync();
        return _insert = insert;
    }

    /// <summary>Creates the tables, so that the first reader finds them.</summary>
    public async Task PrepareAsync()
    {
        await ProbeAsync();
    }
}
