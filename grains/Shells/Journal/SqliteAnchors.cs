using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Aufruf.Grains.Journal;

/// <summary>The anchors of a SQLite journal: the signed end of every stream, and the signed number of all entries.</summary>
/// <remarks>They are written with the entries, in one transaction. A chain alone does not show a cut at its end.</remarks>
internal static class SqliteAnchors
{
    /// <summary>The row with the number of all entries; no stream has an empty name.</summary>
    public const string Total = "";

    public const string Schema = """
        CREATE TABLE IF NOT EXISTS anchors(stream TEXT PRIMARY KEY, version INTEGER NOT NULL, signature BLOB NOT NULL) WITHOUT ROWID;
        """;

    private const string Upsert = """
        INSERT INTO anchors(stream, version, signature) VALUES (@stream, @version, @signature)
            ON CONFLICT(stream) DO UPDATE SET version = excluded.version, signature = excluded.signature
        """;

    public static void Write(SqliteTransaction transaction, JournalKey key, IReadOnlyList<PendingAppend> group)
    {
        using var command = transaction.Connection!.With(Upsert, ("stream", ""), ("version", 0L), ("signature", ""));
        command.Transaction = transaction;
        foreach (var last in group.GroupBy(append => append.Stream).Select(stream => stream.Last()))
        {
            Execute(command, key, last.Stream, last.Head);
        }

        Execute(command, key, Total, new(ReadTotal(transaction) + group.Count, default));
    }

    /// <summary>Signs the journal as it is: at the first start with anchors, and when an operator accepts it.</summary>
    public static void SignAll(SqliteConnection connection, JournalKey key)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using (var clear = connection.With("DELETE FROM anchors"))
        {
            clear.Transaction = transaction;
            clear.ExecuteNonQuery();
        }

        var (heads, entries) = (new List<(string Stream, JournalHead Head)>(), 0L);
        using (var read = connection.With("""
            SELECT j.stream, j.version, j.hash, (SELECT count(*) FROM journal c WHERE c.stream = j.stream) FROM journal j
            WHERE j.version = (SELECT max(version) FROM journal m WHERE m.stream = j.stream)
            """))
        {
            read.Transaction = transaction;
            using var rows = read.ExecuteReader();
            while (rows.Read())
            {
                heads.Add((rows.GetString(0), new(rows.GetInt64(1), rows.GetFieldValue<byte[]>(2))));
                entries += rows.GetInt64(3);
            }
        }

        using var command = connection.With(Upsert, ("stream", ""), ("version", 0L), ("signature", ""));
        command.Transaction = transaction;
        heads.ForEach(end => Execute(command, key, end.Stream, end.Head));
        Execute(command, key, Total, new(entries, default));
        transaction.Commit();
    }

    public static bool Exist(DbConnection connection)
    {
        using var table = connection.With("SELECT count(*) FROM sqlite_master WHERE name = 'anchors'");
        if (Convert.ToInt64(table.ExecuteScalar(), CultureInfo.InvariantCulture) == 0)
        {
            return false;
        }

        using var any = connection.With("SELECT EXISTS(SELECT 1 FROM anchors)");
        return Convert.ToInt64(any.ExecuteScalar(), CultureInfo.InvariantCulture) == 1;
    }

    private static long ReadTotal(SqliteTransaction transaction)
    {
        using var read = transaction.Connection!.With("SELECT version FROM anchors WHERE stream = ''");
        read.Transaction = transaction;
        return read.ExecuteScalar() is long total ? total : 0;
    }

    private static void Execute(DbCommand command, JournalKey key, string stream, JournalHead head)
    {
        command.Parameters[0].Value = stream;
        command.Parameters[1].Value = head.Version;
        command.Parameters[2].Value = key.Sign(stream, head);
        command.ExecuteNonQuery();
    }
}
