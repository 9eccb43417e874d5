using Aufruf.Domain;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Grains.Journal;

/// <summary>The promises to subscriptions and to repeated requests, beside those to every writer and reader.</summary>
public abstract class FollowedJournalContract : JournalContract
{
    [Theory, InlineData("case/alsdorf.1"), InlineData("queue/alsdorf.rathaus.erdgeschoss.2026-11-23")]
    public async Task The_entry_of_a_request_is_found_in_its_stream_only(string stream)
    {
        foreach (var of in (string[])[stream, stream + "0"])
        {
            var head = JournalHead.Start;
            for (var n = 1; n <= 20; n++)
            {
                head = await Journal.AppendAsync(of, head, SmallOffice.Nine, new EntryContent<int>(Request(n), [n]).Write());
            }
        }

        var found = await Journal.FindAsync(stream, Request(7));
        Assert.Equal((stream, 7L, (RequestId?)Request(7)), (found!.Stream, found.Version, EntryContent.RequestOf(found)));
        Assert.Equal([7], EntryContent<int>.Read(found).Events);
        Assert.Null(await Journal.FindAsync(stream, Request(21)));
        Assert.Null(await Journal.FindAsync("case/another", Request(7)));
        Assert.Null((await JournalAudit.VerifyAsync(Journal, Stop)).Fault);

        static RequestId Request(int n) => new(new Guid(n, 1, 1, new byte[8]));
    }

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
