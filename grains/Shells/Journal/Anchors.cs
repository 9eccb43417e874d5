using System.Data.Common;
using System.Globalization;

namespace Aufruf.Grains.Journal;

/// <summary>The anchors of a journal: the signed end of every stream, and the signed number of all entries.</summary>
/// <remarks>They are written with the entries, in one transaction. A chain alone does not show a cut at its end.</remarks>
internal static class Anchors
{
    /// <summary>The row with the number of all entries; no stream has an empty name.</summary>
    private const string Total = "";

    private const string Upsert = $"INSERT INTO anchors(stream, version, signature) VALUES (@stream, @version, @signature) {OrUpdate}";

    /// <summary>The end of a statement that inserts anchors.</summary>
    public const string OrUpdate = "ON CONFLICT(stream) DO UPDATE SET version = excluded.version, signature = excluded.signature";

    public const string TotalQuery = $"SELECT version FROM anchors WHERE stream = '{Total}'";

    /// <summary>The anchors that a group changes: the number of all entries, and the end of each of its streams.</summary>
    /// <param name="total">How many entries there were before.</param>
    public static IEnumerable<(string Stream, JournalHead Head)> After(IReadOnlyList<PendingAppend> group, long total) =>
        group.GroupBy(append => append.Stream).Select(stream => (stream.Key, stream.Last().Head))
            .Prepend((Total, new(total + group.Count, default)));

    /// <summary>Writes them one by one: for a database within the process.</summary>
    public static async Task WriteAsync(DbTransaction transaction, JournalKey key, IReadOnlyList<PendingAppend> group)
    {
        await using var read = transaction.Connection!.With(TotalQuery);
        read.Transaction = transaction;
        await using var command = UpsertIn(transaction);
        foreach (var (stream, head) in After(group, await read.ExecuteScalarAsync() is long before ? before : 0))
        {
            await ExecuteAsync(command, key, stream, head);
        }
    }

    /// <summary>Signs the journal as it is: at the first start with anchors, and when an operator accepts it.</summary>
    public static async Task SignAllAsync(DbConnection connection, JournalKey key)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var clear = connection.With("DELETE FROM anchors"))
        {
            clear.Transaction = transaction;
            await clear.ExecuteNonQueryAsync();
        }

        var (heads, entries) = (new List<(string Stream, JournalHead Head)>(), 0L);
        await using (var read = connection.With("""
            SELECT j.stream, j.version, j.hash, (SELECT count(*) FROM journal c WHERE c.stream = j.stream) FROM journal j
            WHERE j.version = (SELECT max(version) FROM journal m WHERE m.stream = j.stream)
            """))
        {
            read.Transaction = transaction;
            await using var rows = await read.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                heads.Add((rows.GetString(0), new(rows.GetInt64(1), rows.GetFieldValue<byte[]>(2))));
                entries += rows.GetInt64(3);
            }
        }

        await using var command = UpsertIn(transaction);
        foreach (var (stream, head) in heads)
        {
            await ExecuteAsync(command, key, stream, head);
        }

        await ExecuteAsync(command, key, Total, new(entries, default));
        await transaction.CommitAsync();
    }

    public static async Task<bool> ExistAsync(DbConnection connection, string tableQuery)
    {
        await using var table = connection.With(tableQuery);
        if (Convert.ToInt64(await table.ExecuteScalarAsync(), CultureInfo.InvariantCulture) == 0)
        {
            return false;
        }

        await using var any = connection.With("SELECT count(*) FROM (SELECT 1 FROM anchors LIMIT 1) a");
        return Convert.ToInt64(await any.ExecuteScalarAsync(), CultureInfo.InvariantCulture) == 1;
    }

    /// <summary>How many entries the hub wrote to a stream; null: none.</summary>
    public static async Task<long?> VersionOfAsync(DbConnection connection, string stream)
    {
        await using var anchor = connection.With("SELECT version FROM anchors WHERE stream = @stream", ("stream", stream));
        return await anchor.ExecuteScalarAsync() is long version ? version : null;
    }

    /// <summary>The streams that are gone, and a wrong or forged number of entries.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(DbConnection connection, JournalKey? key)
    {
        // One statement sees one state of the journal.
        await using var command = connection.With("""
            SELECT a.stream, a.version, a.signature, CASE WHEN a.stream = '' THEN (SELECT count(*) FROM journal) ELSE 0 END
            FROM anchors a WHERE a.stream = '' OR NOT EXISTS (SELECT 1 FROM journal j WHERE j.stream = a.stream) ORDER BY a.stream DESC
            """);
        await using var rows = await command.ExecuteReaderAsync();
        var (faults, isSigned, isKnown) = (new List<string>(), false, false);
        while (await rows.ReadAsync())
        {
            var (stream, written) = (rows.GetString(0), rows.GetInt64(1));
            if (stream != Total)
            {
                faults.Add(JournalAudit.Deleted(stream, written));
                continue;
            }

            isKnown = true;
            isSigned = key is null
                || key.Sign(Total, new(written, default)).AsSpan().SequenceEqual(rows.GetFieldValue<byte[]>(2));
            faults.AddRange(JournalAudit.WrongTotal(rows.GetInt64(3), written, isSigned));
        }

        return isKnown ? faults : [.. faults, .. JournalAudit.WrongTotal(0, 0, isSigned: false)];
    }

    private static DbCommand UpsertIn(DbTransaction transaction)
    {
        var command = transaction.Connection!.With(Upsert, ("stream", ""), ("version", 0L), ("signature", Array.Empty<byte>()));
        command.Transaction = transaction;
        return command;
    }

    private static async Task ExecuteAsync(DbCommand command, JournalKey key, string stream, JournalHead head)
    {
        command.Parameters[0].Value = stream;
        command.Parameters[1].Value = head.Version;
        command.Parameters[2].Value = key.Sign(stream, head);
        await command.ExecuteNonQueryAsync();
    }
}
