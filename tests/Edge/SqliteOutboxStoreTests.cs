using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Microsoft.Data.Sqlite;

namespace Aufruf.Tests.Edge;

public sealed class SqliteOutboxStoreTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("aufruf-edge-").FullName, "edge.db");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file) ?? throw new InvalidOperationException(), recursive: true);

    [Fact]
    public void Everything_kept_is_read_back_by_the_next_run()
    {
        var box = new Device();
        box.Press();
        box.Press();
        var events = box.Store.Read().Waiting;
        var command = new CommandRecord(Guid.NewGuid(), SteppingClock.Morning, CommandOutcome.Uncertain, "link-lost", false);
        using (var store = new SqliteOutboxStore(_file))
        {
            Assert.Equal(0, store.Read().LastSeq);
            store.Add(events[0]);
            store.Add(events[1]);
            store.Forget(1);
            store.Put(command with { Outcome = null, Reason = null });
            store.Put(command);
            store.Put(Device.Face(17));
        }

        using var again = new SqliteOutboxStore(_file);
        var contents = again.Read();
        Assert.Equal((2, Device.Face(17)), (contents.LastSeq, contents.Face));
        Assert.Equal((events[1].Id, events[1].At, 2L), Assert.Single(contents.Waiting) is var e ? (e.Id, e.At, e.Seq) : default);
        Assert.Equal(command, Assert.Single(contents.Commands));
    }

    [Fact]
    public void Only_the_newest_commands_are_remembered()
    {
        using var store = new SqliteOutboxStore(_file, new OutboxLimits { Commands = 5 });
        var ids = Enumerable.Range(0, 12).Select(_ => Guid.NewGuid()).ToList();
        ids.ForEach(id => store.Put(new CommandRecord(id, SteppingClock.Morning, CommandOutcome.Done, null, true)));
        Assert.Equal(ids[7..], store.Read().Commands.Select(c => c.Id));
    }

    [Fact]
    public void A_full_disk_is_told_and_does_not_lock_the_outbox_for_good()
    {
        var box = new Device();
        box.Press();
        using var store = new SqliteOutboxStore(_file);
        using (var other = new SqliteConnection($"Data Source={_file};Pooling=False;Default Timeout=1"))
        {
            other.Open();
            using var block = other.CreateCommand();
            block.CommandText = "CREATE TRIGGER full BEFORE UPDATE ON device BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END";
            block.ExecuteNonQuery();
            Assert.Throws<OutboxUnwritableException>(() => store.Add(box.Store.Read().Waiting[0]));
            block.CommandText = "DROP TRIGGER full";
            block.ExecuteNonQuery();
        }

        Assert.Empty(store.Read().Waiting);
        store.Add(box.Store.Read().Waiting[0]);
        Assert.Single(store.Read().Waiting);
    }
}
