using System.Text.Json;
using Aufruf.Grains.Journal;

namespace Aufruf.Tests.Running;

/// <summary>One event as it stands in the journal.</summary>
internal sealed record WrittenEvent(string Stream, long Version, Guid Request, string Type, JsonElement Body)
{
    /// <summary>Everything in a hub's SQLite journal. The hub may run meanwhile.</summary>
    public static async Task<IReadOnlyList<WrittenEvent>> ReadAsync(string data)
    {
        await using var journal = new SqliteJournal(Path.Combine(data, "aufruf.db"), readOnly: true);
        return await ReadAsync(journal);
    }

    public static async Task<IReadOnlyList<WrittenEvent>> ReadAsync(GroupCommitJournal journal)
    {
        var events = new List<WrittenEvent>();
        await foreach (var entry in journal.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            var root = JsonDocument.Parse(entry.Entry).RootElement;
            events.AddRange(root.GetProperty("events").EnumerateArray().Select(e =>
                new WrittenEvent(entry.Stream, entry.Version, root.GetProperty("request").GetGuid(), e.GetProperty("$type").GetString()!, e)));
        }

        return events;
    }
}
