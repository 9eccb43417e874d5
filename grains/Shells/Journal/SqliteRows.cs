using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Aufruf.Grains.Journal;

/// <summary>Reads entries ahead of whoever digests them.</summary>
internal static class SqliteRows
{
    private const int RowsPerBatch = 128;
    private const int BatchesAhead = 8;

    /// <summary>Read ahead on another thread while the caller digests what it has: SQLite itself reads on the thread that asks.</summary>
    public static async IAsyncEnumerable<T> ReadAsync<T>(SqliteCommand command, Func<JournalEntry, T> digest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<T[]>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAheadAsync(command, digest, ahead.Writer, enough.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in ahead.Reader.ReadAllAsync(cancellationToken))
            {
                foreach (var entry in batch)
                {
                    yield return entry;
                }
            }
        }
        finally
        {
            await enough.CancelAsync(); // The caller may have seen enough.
            await reading;
        }
    }

    private static async Task ReadAheadAsync<T>(SqliteCommand command, Func<JournalEntry, T> digest, ChannelWriter<T[]> ahead, CancellationToken enough)
    {
        try
        {
            using var rows = await command.ExecuteReaderAsync(enough);
            var batch = new List<T>(RowsPerBatch);
            while (await rows.ReadAsync(enough))
            {
                batch.Add(digest(new JournalEntry(
                    rows.GetString(0), rows.GetInt64(1), JournalHead.FromMicroseconds(rows.GetInt64(2)),
                    rows.GetFieldValue<byte[]>(3), rows.GetFieldValue<byte[]>(4))));
                if (batch.Count == RowsPerBatch)
                {
                    await ahead.WriteAsync([.. batch], enough);
                    batch.Clear();
                }
            }

            await ahead.WriteAsync([.. batch], enough);
            ahead.Complete();
        }
        catch (Exception error)
        {
            ahead.Complete(error); // Meets the reader in the place of the next batch.
        }
    }
}
