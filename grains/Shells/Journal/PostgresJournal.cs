using System.Data.Common;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace Aufruf.Grains.Journal;

/// <summary>The journal in PostgreSQL, for several hubs or many towns.</summary>
/// <remarks>
/// A group is one commit. The unique key fences off a second writer of a stream.
/// The hubs commit one after the other, so positions become visible in their order: no reader skips one that comes late.
/// </remarks>
/// <param name="database">Where it is.</param>
/// <param name="keyFile">The key that signs the ends of streams. Several hubs need the same one. Null: they are not signed.</param>
public sealed class PostgresJournal(NpgsqlDataSource database, string? keyFile = null, ILogger? log = null) : GroupCommitJournal(database)
{
    /// <summary>A hub holds this lock up to its commit. So the next one takes its positions after these are visible.</summary>
    internal const string CommitInTurn = "SELECT pg_advisory_xact_lock(4159)";

    private const string Grown = "aufruf_journal";

    private static readonly TimeSpan ListenAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task? _listening;

    // The lock lets one of several hubs that start together create the tables; it ends with the transaction of these statements.
    // The insert is planned while the table may still be empty, and the plan is kept: it must use the index.
    // The collation "C" orders by bytes: the same order on every server.
    // A hub that is frozen in its transaction would hold the turn of all others: PostgreSQL ends its connection after five seconds.
    protected override string Schema => $"""
        SET synchronous_commit TO on;
        SET idle_in_transaction_session_timeout TO '5s';
        SET enable_seqscan TO off;
        SELECT pg_advisory_xact_lock(4157);
        CREATE TABLE IF NOT EXISTS journal(
            position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream text COLLATE "C" NOT NULL, version bigint NOT NULL,
            at bigint NOT NULL, entry text NOT NULL, hash bytea NOT NULL, UNIQUE(stream, version));
        {RequestIndex}
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
        await using var batch = new NpgsqlBatch((NpgsqlConnection)writer);
        batch.BatchCommands.Add(new(CommitInTurn));
        // An entry gets its version only if the entry before it is in this group or there; the table accepts none without a version.
        var insert = new NpgsqlBatchCommand("""
            INSERT INTO journal(stream, version, at, entry, hash)
            SELECT stream,
                CASE WHEN version = 1 OR before = coalesce(lag(hash) OVER (PARTITION BY stream ORDER BY version),
                    (SELECT j.hash FROM journal j WHERE j.stream = a.stream AND j.version = a.version - 1)) THEN version END,
                at, entry, hash
            FROM unnest($1, $2, $3, $4, $5, $6) AS a(stream, version, before, at, entry, hash)
            ORDER BY stream, version
            """);
        Add(NpgsqlDbType.Text, append => append.Stream);
        Add(NpgsqlDbType.Bigint, append => append.Head.Version);
        Add(NpgsqlDbType.Bytea, append => append.Before.Hash.ToArray());
        Add(NpgsqlDbType.Bigint, append => JournalHead.ToMicroseconds(append.At));
        Add(NpgsqlDbType.Text, append => Encoding.UTF8.GetString(append.Entry.Span));
        Add(NpgsqlDbType.Bytea, append => append.Head.Hash.ToArray());
        batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(new($"SELECT pg_notify('{Grown}', '')"));
        batch.BatchCommands.Add(new($"{Anchors.TotalQuery} FOR UPDATE"));
        var total = 0L;
        try
        {
            await batch.PrepareAsync(); // Once per connection: the driver knows the texts.
            await using var answers = await batch.ExecuteReaderAsync();
            do
            {
                total = await answers.ReadAsync() && answers.GetValue(0) is long before ? before : 0;
            }
            while (await answers.NextResultAsync());
        }
        catch (PostgresException conflict)
            when (conflict.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.NotNullViolation)
        {
            return false;
        }

        if (transaction is not null && Key is not null)
        {
            await WriteAnchorsAsync(transaction, Key, Anchors.After(group, total).ToArray());
            await transaction.CommitAsync();
        }

        return true;

        void Add<T>(NpgsqlDbType type, Func<PendingAppend, T> value) =>
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = group.Select(value).ToArray() });
    }

    /// <summary>All in one statement: each way to the server and back makes all appends that wait longer.</summary>
    private static async Task WriteAnchorsAsync(NpgsqlTransaction transaction, JournalKey key, (string Stream, JournalHead Head)[] anchors)
    {
        await using var upsert = new NpgsqlCommand(
            $"INSERT INTO anchors(stream, version, signature) SELECT * FROM unnest($1, $2, $3) {Anchors.OrUpdate}",
            transaction.Connection, transaction)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. anchors.Select(anchor => anchor.Stream)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. anchors.Select(anchor => anchor.Head.Version)] },
                new NpgsqlParameter<byte[][]> { TypedValue = [.. anchors.Select(anchor => key.Sign(anchor.Stream, anchor.Head))] },
            },
        };
        await upsert.PrepareAsync();
        await upsert.ExecuteNonQueryAsync();
    }

    /// <summary>Other hubs write too: the first reader begins to listen to them.</summary>
    public override Task NextEntry
    {
        get
        {
            lock (_gate)
            {
                _listening ??= Task.Run(ListenAsync);
            }

            return base.NextEntry;
        }
    }

    private async Task ListenAsync()
    {
        var isHeard = true;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(_stop.Token);
                await using (var listen = new NpgsqlCommand($"LISTEN {Grown}", connection))
                {
                    await listen.ExecuteNonQueryAsync(_stop.Token);
                }

                isHeard = true;
                HasGrown(); // Something may have come before.
                while (true)
                {
                    if (!await connection.WaitAsync(AskAgain, _stop.Token))
                    {
                        await using var ask = new NpgsqlCommand("SELECT 1", connection); // A cut network says nothing by itself.
                        await ask.ExecuteNonQueryAsync(_stop.Token);
                    }

                    HasGrown(); // A notice that came with the answer to the question is not waited for again.
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                if (isHeard)
                {
                    ListenLog.CannotListen(log ?? NullLogger.Instance, error.Message);
                }

                isHeard = false;
                HasGrown(); // Readers ask by themselves meanwhile.
                await Task.Delay(ListenAgain, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await (_listening ?? Task.CompletedTask);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override string Explain(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            "The disk of the PostgreSQL server is full: free some space, the hub goes on by itself.",
        PostgresException postgres => $"PostgreSQL refused to write the journal: {postgres.MessageText} ({postgres.SqlState}).",
        _ => $"PostgreSQL cannot be reached: {error.Message} The hub goes on by itself when it is back.",
    };
}

internal static partial class ListenLog
{
    [LoggerMessage(2312, LogLevel.Warning, "What other hubs write is looked for each second: PostgreSQL cannot be listened to. {Reason}")]
    public static partial void CannotListen(ILogger log, string reason);
}
