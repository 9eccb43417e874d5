using System.Data.Common;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Aufruf.Tests.Grains.Journal;

/// <summary>The signed ends of streams, on real SQLite and on real PostgreSQL: what the chain of hashes alone does not show.</summary>
public abstract class AnchorTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    private protected string KeyFile => _folder.File("journal.key");

    private protected string Folder => _folder.Path;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<GroupCommitJournal> OpenAsync(bool readOnly = false, bool withKey = true);

    /// <summary>The database without the journal.</summary>
    private protected abstract DbConnection Connect();

    public abstract ValueTask InitializeAsync();

    public virtual ValueTask DisposeAsync()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return default;
    }

    /// <summary>Two streams, of two entries and of one.</summary>
    private async Task WriteAsync()
    {
        await using var journal = await OpenAsync();
        var head = await journal.AppendAsync("a.queue", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        await journal.AppendAsync("a.queue", head, SmallOffice.Nine, "{\"number\":\"A002\"}"u8.ToArray());
        await journal.AppendAsync("b.queue", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
    }

    private async Task TamperAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = Connect();
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(Stop);
    }

    private async Task<JournalAudit.Report> AuditAsync(string? earlier = null)
    {
        await using var journal = await OpenAsync(readOnly: true);
        return await JournalAudit.VerifyAsync(journal, Stop, earlier);
    }

    /// <summary>An entry with the right hash: the forger knows everything but the key.</summary>
    private async Task ForgeAsync(long version, string text)
    {
        JournalHead before;
        await using (var journal = await OpenAsync(readOnly: true, withKey: false))
        {
            before = await journal.ReadAsync("a.queue", 0, Stop).Where(e => e.Version < version)
                .Select(e => new JournalHead(e.Version, e.Hash)).LastAsync(Stop);
        }

        await TamperAsync("DELETE FROM journal WHERE stream = 'a.queue' AND version = @version", ("version", version));
        await TamperAsync("INSERT INTO journal(stream, version, at, entry, hash) VALUES ('a.queue', @version, @at, @entry, @hash)",
            ("version", version), ("at", JournalHead.ToMicroseconds(SmallOffice.Nine)), ("entry", text),
            ("hash", before.Then("a.queue", SmallOffice.Nine, Encoding.UTF8.GetBytes(text)).Hash.ToArray()));
    }

    public static TheoryData<string, string> Tamperings => new()
    {
        { "DELETE FROM journal WHERE stream = 'a.queue' AND version = 2", "a.queue: it was cut off: the hub wrote 2 entries, and 1 are" },
        { "DELETE FROM journal WHERE stream = 'b.queue'", "b.queue: it was deleted: the hub wrote 1 entries" },
        { "DELETE FROM journal WHERE stream = 'b.queue'; DELETE FROM anchors WHERE stream = 'b.queue'", "deleted or added together" },
        { "UPDATE anchors SET version = 1 WHERE stream = 'a.queue'; DELETE FROM journal WHERE stream = 'a.queue' AND version = 2",
            "computed anew, or its anchor was forged" },
        { "DELETE FROM anchors WHERE stream = 'a.queue'", "a.queue: it has no anchor" },
        { "DELETE FROM anchors WHERE stream = ''", "The signed number of all entries is missing or forged" },
        { "DELETE FROM anchors", "has no anchor" },
        { "UPDATE anchors SET version = 7 WHERE stream = ''", "The signed number of all entries is missing or forged" },
        { "DELETE FROM journal", "it was deleted" },
    };

    [Theory, MemberData(nameof(Tamperings))]
    public async Task The_audit_names_what_another_program_did(string tampering, string expected)
    {
        await WriteAsync();
        Assert.Empty((await AuditAsync()).Faults);
        await TamperAsync(tampering);
        Assert.Contains(expected, string.Join('\n', (await AuditAsync()).Faults), StringComparison.Ordinal);
    }

    [Theory, InlineData(2, "computed anew"), InlineData(3, "entry 3 was appended by another program")]
    public async Task A_forged_last_entry_with_the_right_hash_is_named_and_not_read(long version, string expected)
    {
        await WriteAsync();
        await ForgeAsync(version, "{\"number\":\"A007\"}");
        Assert.Contains(expected, (await AuditAsync()).Fault, StringComparison.Ordinal);
        await using var hub = await OpenAsync();
        var refused = await Assert.ThrowsAsync<InvalidDataException>(async () => await hub.ReadAsync("a.queue", 0, Stop).CountAsync(Stop));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await hub.ReadAsync("b.queue", 0, Stop).CountAsync(Stop)); // The others go on.
    }

    [Fact]
    public async Task A_chain_that_is_computed_anew_from_its_first_entry_is_named()
    {
        await WriteAsync();
        await TamperAsync("DELETE FROM journal WHERE stream = 'a.queue' AND version = 2");
        await ForgeAsync(2, "{\"number\":\"A001\"}");
        Assert.Contains("computed anew", (await AuditAsync()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roll_back_with_its_anchors_is_named_by_an_earlier_seal()
    {
        await WriteAsync();
        var earlier = (await AuditAsync()).Ends;
        await TamperAsync("DELETE FROM journal WHERE stream = 'a.queue' AND version = 2");
        await using (var operatorsOwn = await OpenAsync(withKey: false))
        {
            await operatorsOwn.AcceptAsync(KeyFile);
        }

        Assert.Empty((await AuditAsync()).Faults);
        Assert.Contains("at the earlier seal it had 2 entries", (await AuditAsync(earlier)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_swapped_key_is_named_and_a_lost_one_ends_the_start_with_the_way_out()
    {
        await WriteAsync();
        var key = await File.ReadAllBytesAsync(KeyFile, Stop);
        await File.WriteAllBytesAsync(KeyFile, new byte[32], Stop);
        Assert.NotEmpty((await AuditAsync()).Faults);

        File.Delete(KeyFile);
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => OpenAsync());
        Assert.Contains("journal.key is missing. Put the key back", refused.Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(KeyFile, key, Stop);
        await TamperAsync("DELETE FROM anchors");
        refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => OpenAsync());
        Assert.Contains("./run audit --accept", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_fails_before_the_first_signatures_are_written_does_not_end_the_next_one()
    {
        await using (var old = await OpenAsync(withKey: false))
        {
            await old.AppendAsync("a.queue", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        }

        // Nothing can be written to a view.
        await TamperAsync("DROP TABLE anchors");
        await TamperAsync("CREATE VIEW anchors AS SELECT stream, version, hash AS signature FROM journal WHERE version < 0");
        await Assert.ThrowsAnyAsync<DbException>(() => OpenAsync());
        await TamperAsync("DROP VIEW anchors");
        await WriteMoreAsync();
        Assert.Empty((await AuditAsync()).Faults);
    }

    [Fact]
    public async Task A_hub_that_dies_before_the_new_key_has_its_name_finds_it_at_the_next_start()
    {
        await WriteAsync();
        File.Move(KeyFile, KeyFile + ".new");
        await WriteMoreAsync();
        Assert.Empty((await AuditAsync()).Faults);
        Assert.Equal([KeyFile], Directory.GetFiles(Folder, "journal.key*"));
    }

    [Theory, InlineData(0), InlineData(31), InlineData(33)]
    public async Task A_torn_key_ends_the_start_with_a_sentence(int bytes)
    {
        await WriteAsync();
        await File.WriteAllBytesAsync(KeyFile, (await File.ReadAllBytesAsync(KeyFile, Stop)).Append((byte)7).Take(bytes).ToArray(), Stop);
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => OpenAsync());
        Assert.Equal($"{KeyFile} is damaged: a key has 32 bytes. Put the file back.", refused.Message);
    }

    [Fact]
    public async Task A_stream_that_another_hub_begins_while_it_is_read_is_not_called_deleted()
    {
        await using var hub = await OpenAsync();
        await using var other = await OpenAsync();
        foreach (var stream in Enumerable.Range(0, 40).Select(n => $"s{n}"))
        {
            var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
            {
                while (await hub.ReadAsync(stream, 0, Stop).CountAsync(Stop) == 0)
                {
                }
            }, Stop)).ToArray();
            await other.AppendAsync(stream, JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
            await Task.WhenAll(readers);
        }
    }

    [Fact]
    public async Task A_journal_of_an_older_build_is_signed_at_its_first_start()
    {
        await using (var old = await OpenAsync(withKey: false))
        {
            await old.AppendAsync("a.queue", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        }

        await TamperAsync("DROP TABLE anchors");
        Assert.Empty((await AuditAsync()).Faults);
        await WriteMoreAsync();
        Assert.Empty((await AuditAsync()).Faults);
        await TamperAsync("DELETE FROM journal WHERE stream = 'a.queue' AND version = 2");
        Assert.Contains("cut off", (await AuditAsync()).Fault, StringComparison.Ordinal);
    }

    private async Task WriteMoreAsync()
    {
        await using var journal = await OpenAsync();
        var last = await journal.ReadAsync("a.queue", 0, Stop).LastAsync(Stop);
        await journal.AppendAsync("a.queue", new(last.Version, last.Hash), SmallOffice.Nine, "{}"u8.ToArray());
    }

    [Fact]
    public async Task A_hub_and_a_command_that_write_at_once_count_every_entry()
    {
        await using (var hub = await OpenAsync())
        {
            await using var command = await OpenAsync();
            await Task.WhenAll(Enumerable.Range(0, 40).Select(n =>
                (n % 2 == 0 ? hub : command).AppendAsync($"s{n}", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray())));
        }

        var report = await AuditAsync();
        Assert.Empty(report.Faults);
        Assert.Equal(40, report.Entries);
    }
}

public sealed class SqliteAnchorTests : AnchorTests
{
    private string Database => Path.Combine(Folder, "aufruf.db");

    public override ValueTask InitializeAsync() => default;

    private protected override Task<GroupCommitJournal> OpenAsync(bool readOnly, bool withKey) =>
        Task.Run<GroupCommitJournal>(() => new SqliteJournal(Database, readOnly, withKey ? KeyFile : null));

    private protected override DbConnection Connect() => new SqliteConnection($"Data Source={Database};Pooling=False");
}

[Trait("Needs", "process")]
public sealed class PostgresAnchorTests(Postgres postgres) : AnchorTests
{
    private NpgsqlDataSource? _database;

    public override async ValueTask InitializeAsync() => _database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());

    private protected override async Task<GroupCommitJournal> OpenAsync(bool readOnly, bool withKey)
    {
        var journal = new PostgresJournal(_database!, withKey ? KeyFile : null);
        await (readOnly ? journal.PrepareToReadAsync() : journal.PrepareAsync());
        return journal;
    }

    private protected override DbConnection Connect() => _database!.CreateConnection();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (_database?.DisposeAsync() ?? default);
    }
}
