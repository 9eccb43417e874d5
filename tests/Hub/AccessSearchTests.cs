using System.Runtime.CompilerServices;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Audit;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>A search of the log of access reads entry after entry, however many there are.</summary>
public class AccessSearchTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static AccessQuery Query(int most) => new(Day, Day, null, null, most);

    [Fact]
    public async Task A_search_of_a_long_log_shows_its_end_and_holds_few_entries_at_once()
    {
        var journal = new LongLog(entries: 200_000);
        var found = await new AccessSearch(journal).FindAsync("town", Query(most: 200), Now);
        Assert.Equal((200_000, 200, true, "clerk-199999"), (found.Entries, found.Rows.Count, found.IsCut, found.Rows[0].Who));
        Assert.Empty(found.Faults);
        Assert.InRange(journal.MostHeld, 0, 10);
    }

    [Fact]
    public async Task A_file_of_a_long_log_has_every_row_and_holds_few_entries_at_once()
    {
        var journal = new LongLog(entries: 200_000);
        var (rows, last) = (0, "");
        await foreach (var row in new AccessSearch(journal).ReadAsync("town", Query(most: 200), Now))
        {
            (rows, last) = (rows + 1, row.Who);
        }

        Assert.Equal((200_000, "clerk-199999"), (rows, last));
        Assert.InRange(journal.MostHeld, 0, 10);
    }

    [Fact]
    public async Task A_stream_that_the_journal_refuses_is_a_fault_of_the_chain_and_the_other_rows_are_shown()
    {
        var found = await new AccessSearch(new LongLog(entries: 5) { Refuses = true }).FindAsync("town", Query(most: 200), Now);
        Assert.Equal(("It was cut off.", 5), (Assert.Single(found.Faults), found.Rows.Count));
    }

    /// <summary>One day of a log with so many entries, each made when it is read.</summary>
    private sealed class LongLog(int entries) : IJournal
    {
        private readonly string _stream = AccessLog.StreamOf("town", Day);
        private readonly Queue<WeakReference<JournalEntry>> _given = [];

        public bool Refuses { get; init; }

        /// <summary>Of the entries that were given, how many somebody still held.</summary>
        public int MostHeld { get; private set; }

        public async IAsyncEnumerable<JournalEntry> ReadAsync(
            string stream, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var head = JournalHead.Start;
            for (var nr = 0; stream == _stream && nr < entries; nr++)
            {
                await Task.CompletedTask;
                yield return Given(nr, ref head);
                if (nr % 50_000 == 49_999)
                {
                    MostHeld = Math.Max(MostHeld, Held());
                }
            }

            if (Refuses && stream == _stream)
            {
                throw new InvalidDataException("It was cut off.");
            }
        }

        private JournalEntry Given(int nr, ref JournalHead head)
        {
            var at = SmallOffice.Nine.AddMilliseconds(nr);
            var content = new EntryContent<AccessLogEvent>(new(Guid.NewGuid()), [new AccessLogEvent.AccessNoted(
                new($"clerk-{nr}", "town.rathaus", AccessKind.Search, "town.rathaus.hall", AccessWay.Desk), at)]).Write();
            head = head.Then(_stream, at, content);
            var entry = new JournalEntry(_stream, head.Version, at, content, head.Hash);
            _given.Enqueue(new(entry));
            return entry;
        }

        private int Held()
        {
            GC.Collect();
            return _given.Count(given => given.TryGetTarget(out _));
        }

        public IAsyncEnumerable<string> StreamsAsync(string kind, CancellationToken cancellationToken) =>
            (kind == AccessLog.StreamKind ? [_stream] : (string[])[]).ToAsyncEnumerable();

        public IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<JournalEntry> ReadFromAsync(long position, string kind, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<long> LastVersionAsync(string stream) => throw new NotSupportedException();

        public Task<long> LastPositionAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task NextEntry => throw new NotSupportedException();

        public Task<JournalHead> AppendAsync(string stream, JournalHead head, DateTimeOffset at, ReadOnlyMemory<byte> entry) =>
            throw new NotSupportedException();
    }
}
