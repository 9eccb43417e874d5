using Aufruf.Grains.Journal;

namespace Aufruf.Tests.Grains.Journal;

/// <summary>The promises to subscriptions, beside those to every writer and reader.</summary>
public abstract class FollowedJournalContract : JournalContract
{
    [Fact]
    public async Task A_follower_gets_every_entry_of_its_kind_once_and_in_order_while_others_write()
    {
        var writing = Task.WhenAll(Enumerable.Range(0, 32).Select(s => Task.Run(() =>
            AppendManyAsync($"{(s % 2 == 0 ? "queue" : "case")}/{s:00}", 20), Stop)));
        var (seen, position) = (new List<JournalEntry>(), 0L);
        while (seen.Count < 16 * 20)
        {
            var next = Journal.NextEntry;
            await foreach (var entry in Journal.ReadFromAsync(position, "queue", Stop))
            {
                Assert.True(entry.Position > position);
                position = entry.Position;
                seen.Add(entry);
            }

            await (seen.Count < 16 * 20 ? next.WaitAsync(Limit, Stop) : writing.WaitAsync(Limit, Stop));
        }

        Assert.All(seen, e => Assert.StartsWith("queue/", e.Stream, StringComparison.Ordinal));
        Assert.All(seen.GroupBy(e => e.Stream), s => Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), s.Select(e => e.Version)));
        Assert.Equal(16, seen.Select(e => e.Stream).Distinct().Count());
        Assert.True(await Journal.LastPositionAsync(Stop) >= position);
        Assert.Empty(await Journal.ReadFromAsync(position, "queue", Stop).ToListAsync(Stop));
    }
}
