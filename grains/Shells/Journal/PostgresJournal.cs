using System.Data.Common;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Aufruf.Grains.Journal;

/// <summary>The journal in PostgreSQL, for several hubs or many towns.</summary>
/// <remarks>A group is one commit. The primary key fences off a second writer of a stream.</remarks>
/// <param name="database">Where it is.</param>
/// <param name="keyFile">The key that signs the ends of streams. Several hubs need the same one. Null: they are not signed.</param>
public sealed class PostgresJournal(NpgsqlDataSource database, string? keyFile = null) : GroupCommitJournal(database)
{
    // The lock lets one of several hubs that start together create the tables; it ends with the transaction of these statements.
    // The insert is planned while the table may still be empty, and the plan is kept: it must use the index.
    // The collation "C" orders by bytes: the same order on every server.
    protected override string Schema => """
        SET synchronous_commit TO on;
        SET enable_seqscan TO off;
        SELECT pg_advisory_xact_lock(4157);
        CREATE TABLE IF NOT EXISTS journal(
            stream text COLLATE "C" NOT NULL, version bigint NOT NULL, at bigint NOT NULL, entry text NOT NULL, hash bytea NOT NULL,
            PRIMARY KEY(stream, version));
        CREATE TABLE IF NOT EXISTS journal_probe(id int PRIMARY KEY, filler bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS anchors(stream text COLLATE "C" PRIMARY KEY, version bigint NOT NULL, signature bytea NOT NULL);
        """;

    protected override string Name => "the PostgreSQL journal";

    protected override string AnchorTable =>
        "SELECT count(*) FROM pg_tables WHERE tablename = 'anchors' AND schemaname = current_schema()";

    /// <summary>Creates the tables, so that the first reader finds them, and finds the key.</summary>
    public async Task PrepareAsync()
    {
        await ProbeAsync();
        if (keyFile is not null)
        {
            await FindKeyAsync(keyFile, readOnly: false);
        }
    }

    /// <summary>For audits: changes nothing.</summary>
    public Task PrepareToReadAsync() => keyFile is null ? Task.CompletedTask : FindKeyAsync(keyFile, readOnly: true);

    protected override async Task<bool> TryWriteAsync(DbConnection writer, IReadOnlyList<PendingAppend> group)
    {
        await using var transaction = Key is null ? null : await ((NpgsqlConnection)writer).BeginTransactionAsync();
        // An entry gets its version only if the entry before it is in this group or there; the table accepts none without a version.
        await using var insert = new NpgsqlCommand("""
            INSERT INTO journal(stream, version, at, entry, hash)
            SELECT stream,
                CASE WHEN version = 1 OR before = coalesce(lag(hash) OVER (PARTITION BY stream ORDER BY version),
                    (SELECT j.hash FROM journal j WHERE j.stream = a.stream AND j.version = a.version - 1)) THEN version END,
                at, entry, hash
            FROM unnest($1, $2, $3, $4, $5, $6) AS a(stream, version, before, at, entry, hash)
            """, (NpgsqlConnection)writer);
        Add(NpgsqlDbType.Text, append => append.Stream);
        Add(NpgsqlDbType.Bigint, append => append.Head.Version);
        Add(NpgsqlDbType.Bytea, append => append.Before.Hash.ToArray());
        Add(NpgsqlDbType.Bigint, append => JournalHead.ToMicroseconds(append.At));
        Add(NpgsqlDbType.Text, append => Encoding.UTF8.GetString(append.Entry.Span));
        Add(NpgsqlDbType.Bytea, append => append.Head.Hash.ToArray());
        try
        {
            await insert.PrepareAsync(); // Once per connection: the driver knows the text.
            await insert.ExecuteNonQueryAsync();
        }
        catch (PostgresException conflict)
            when (conflict.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.NotNullViolation)
        {
            return false;
        }

        if (transaction is not null && Key is not null)
        {
            await Anchors.WriteAsync(transaction, Key, group, lockTotal: "FOR UPDATE");
            await transaction.CommitAsync();
        }

        return true;

        void Add<T>(NpgsqlDbType type, Func<PendingAppend, T> value) =>
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = group.Select(value).ToArray() });
    }

    protected override string Explain(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            "The disk of the PostgreSQL server is full: free some space, the hub goes on by itself.",
        PostgresException postgres => $"PostgreSQL refused to write the journal: {postgres.MessageText} ({postgres.SqlState}).",
        _ => $"PostgreSQL cannot be reached: {error.Message} The hub goes on by itself when it is back.",
    };
}
