using System.Net;
using System.Net.Http.Json;
using Aufruf.Domain.Identity;
using Aufruf.Edge.Protocol;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.Data.Sqlite;
using MQTTnet;
using Secret = Aufruf.Hub.Identity.Secret;

namespace Aufruf.Tests.Flows;

/// <summary>The journal is tampered with, damaged, copied, put back, and opened twice.</summary>
public class JournalKeeperTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_audit_names_what_was_cut_off_deleted_forged_or_computed_anew_and_a_roll_back_since_a_seal()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        await hub.TakeAsync();
        Assert.Equal(0, await hub.StopAsync());
        var database = Path.Combine(hub.Data, "aufruf.db");
        var (sound, words) = await AuditAsync(hub);
        Assert.True(sound == 0, words);
        var seal = words.Split("seal ")[1][..64];
        var whole = await File.ReadAllBytesAsync(database, Stop);
        var queue = await OneAsync(database, $"SELECT stream FROM journal WHERE stream LIKE 'queue/{TestHub.Area}.%'");

        (string Tampering, string Expected)[] cases =
        [
            ($"DELETE FROM journal WHERE stream = '{queue}' AND version = 2",
                $"Stream {queue}: it was cut off: the hub wrote 2 entries, and 1 are there"),
            ($"DELETE FROM journal WHERE stream = '{queue}'", $"Stream {queue}: it was deleted: the hub wrote 2 entries"),
            ($"DELETE FROM journal WHERE stream = '{queue}'; DELETE FROM anchors WHERE stream = '{queue}'",
                "streams were deleted or added together with their anchors"),
            ($"UPDATE anchors SET version = 1 WHERE stream = '{queue}'; DELETE FROM journal WHERE stream = '{queue}' AND version = 2",
                "computed anew, or its anchor was forged"),
            ("DELETE FROM anchors WHERE stream = ''", "The signed number of all entries is missing or forged"),
        ];
        foreach (var (tampering, expected) in cases)
        {
            await TamperAsync(database, tampering);
            var (code, named) = await AuditAsync(hub);
            Assert.Equal(1, code);
            Assert.Contains(expected, named, StringComparison.Ordinal);
            await File.WriteAllBytesAsync(database, whole, Stop);
        }

        // The last entry is changed, and its hash computed anew.
        await ForgeAsync(database, queue, forge: entry => entry.Replace("A002", "A007", StringComparison.Ordinal), replace: true);
        Assert.Contains($"Stream {queue}: its entries were changed and their hashes computed anew", (await AuditAsync(hub)).Words,
            StringComparison.Ordinal);
        await File.WriteAllBytesAsync(database, whole, Stop);

        // The hub goes on, and the journal still has what the seal covers. A backup from before the seal has not.
        await hub.StartAgainAsync();
        await hub.TakeAsync();
        Assert.Equal(0, await hub.StopAsync());
        Assert.Equal(0, (await AuditAsync(hub, "--seal", seal)).Code);
        await TamperAsync(database, $"DELETE FROM journal WHERE stream = '{queue}' AND version > 1");
        Assert.Equal(0, (await HubCommand.RunAsync("audit", "--accept", $"--Hub:Data={hub.Data}")).ExitCode);
        Assert.Equal(0, (await AuditAsync(hub)).Code);
        var (broken, since) = await AuditAsync(hub, "--seal", seal);
        Assert.Equal(1, broken);
        Assert.Contains($"Stream {queue}: at the earlier seal it had 2 entries, and has fewer now", since, StringComparison.Ordinal);
        Assert.Equal(1, (await AuditAsync(hub, "--seal", new string('0', 64))).Code);
    }

    [Fact]
    public async Task A_forged_token_opens_nothing_whether_it_is_forged_before_the_start_or_while_the_hub_runs()
    {
        await using var hub = await TestHub.StartAsync();
        var database = Path.Combine(hub.Data, "aufruf.db");
        var stream = $"credentials/{TestHub.Office}";
        var secret = Secret.New(TestHub.Office, "forger");
        await ForgeAsync(database, stream, _ => System.Text.Encoding.UTF8.GetString(new EntryContent<CredentialsEvent>(
            new(Guid.NewGuid()),
            [new CredentialsEvent.CredentialIssued(CredentialKind.Display, "forger", secret.Hash, DateTimeOffset.UnixEpoch)])
            .Write()), replace: false);
        using var forger = hub.As(secret.Token);
        await hub.UntilTroubleAsync("journal", $"{stream} is stopped, all others go on: ");

        Assert.Equal(HttpStatusCode.Unauthorized, (await forger.GetAsync("/api/v1/offices", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hub.Clerk.GetAsync("/api/v1/offices", Stop)).StatusCode);
        await hub.StopAsync();
        await hub.StartAgainAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await forger.GetAsync("/api/v1/offices", Stop)).StatusCode);
        Assert.Contains($"{stream} is stopped, all others go on", hub.Words, StringComparison.Ordinal);
        Assert.Contains("was appended by another program than the hub", hub.Words, StringComparison.Ordinal);
        Assert.Contains("./run restore", hub.Words, StringComparison.Ordinal);
        Assert.Contains("./run restore", Assert.Single(await hub.TroublesAsync("journal")), StringComparison.Ordinal);
        Assert.True(await hub.IsReadyAsync());
    }

    [Fact]
    public async Task One_unreadable_entry_stops_its_own_area_only()
    {
        await using var hub = await TestHub.StartAsync(await ClerkDayTests.TwoAreasAsync());
        await hub.TakeAsync();
        await hub.StopAsync();
        var database = Path.Combine(hub.Data, "aufruf.db");
        var queue = await OneAsync(database, $"SELECT stream FROM journal WHERE stream LIKE 'queue/{TestHub.Area}.%'");
        await ForgeAsync(database, queue, _ => "no JSON", replace: false);
        Assert.Equal(0, (await HubCommand.RunAsync("audit", "--accept", $"--Hub:Data={hub.Data}")).ExitCode);
        Assert.Contains($"Stream {queue}, entry 2", (await AuditAsync(hub)).Words, StringComparison.Ordinal);

        await hub.StartAgainAsync();
        Assert.Contains($"{queue} is stopped, all others go on: Entry 2 of {queue} cannot be read", hub.Words, StringComparison.Ordinal);
        Assert.StartsWith($"{queue} is stopped, all others go on: Entry 2 of", Assert.Single(await hub.TroublesAsync("journal")),
            StringComparison.Ordinal);
        using (var stopped = await hub.ActAsync("1", "call-next"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, stopped.StatusCode);
        }

        await using (var box = await RawDevice.ConnectAsync(hub, "box-3"))
        {
            Assert.Equal(EventOutcome.Refused, (await box.AskAsync(box.Press())).Outcome);
        }

        await using var upstairs = await DeskWatcher.ConnectAsync(hub, $"{TestHub.Office}.obergeschoss", "11", hub.ClerkToken);
        using (var loggedIn = await hub.Clerk.PostAsync($"/api/v1/areas/{TestHub.Office}.obergeschoss/counters/11/log-in",
            JsonContent.Create(new { requestId = Guid.NewGuid() }), Stop))
        {
            Assert.Equal(HttpStatusCode.OK, loggedIn.StatusCode);
        }

        await using var printer = await RawDevice.ConnectAsync(hub, "printer-1");
        await printer.SayAsync(Topics.State, new(1, DevicePresence.Ready, null, PrinterCondition.Ready), ProtocolJson.Default.DeviceState);
        using (var entered = await hub.Clerk.PostAsJsonAsync($"/api/v1/areas/{TestHub.Office}.obergeschoss/tickets",
            new { requestId = Guid.NewGuid(), service = "trauung", language = "de", printer = "printer-1" }, Stop))
        {
            Assert.Equal(HttpStatusCode.Created, entered.StatusCode);
        }

        var slip = await printer.UntilAsync("a slip", () => printer.Commands is [var first] ? first : null);
        Assert.Equal(MqttClientPublishReasonCode.Success, await printer.SayAsync(Topics.CommandResult,
            new(1, slip.Id, CommandOutcome.Uncertain, "not-confirmed", TimeProvider.System.GetUtcNow()),
            ProtocolJson.Default.CommandResult));
        await printer.UntilAsync("its copy", () => printer.Commands is [_, var second] ? second : null);
    }

    [Fact]
    public async Task A_second_hub_on_the_same_data_is_refused_and_the_first_goes_on()
    {
        await using var hub = await TestHub.StartAsync();
        var (code, words) = await HubCommand.RunAsync($"--Hub:Data={hub.Data}", $"--Hub:Offices={hub.Offices}",
            $"--Hub:HttpPort={Ports.Next()}", $"--Hub:MqttPort={Ports.Next()}", $"--Hub:SiloPort={Ports.Next()}",
            $"--Hub:GatewayPort={Ports.Next()}");
        Assert.Equal(2, code);
        Assert.Contains("Another hub uses the data in", words, StringComparison.Ordinal);
        Assert.Contains("Stop it first", words, StringComparison.Ordinal);
        await hub.TakeAsync();
    }

    [Fact]
    public async Task A_hub_whose_disk_cannot_be_written_is_not_ready_before_the_first_press()
    {
        using var folder = new TempFolder();
        await using var disk = await SmallDisk.MountAsync(folder.File("disk"), kilobytes: 16_384);
        await using var hub = await TestHub.StartAsync(data: Path.Combine(disk.Path, "data"));
        await hub.TakeAsync();
        await hub.StopAsync();
        await disk.LockAsync();
        // SQLite needs a file beside a database that is written, so it may also refuse to open it at all.
        var refusal = await Record.ExceptionAsync(hub.StartAgainAsync);
        Assert.True(refusal is StartRefusedException ? refusal.Message.Contains("check its folder and rights", StringComparison.Ordinal)
            : refusal is null && !await hub.IsReadyAsync(), refusal?.ToString());
    }

    private static async Task<(int Code, string Words)> AuditAsync(TestHub hub, params string[] more) =>
        await HubCommand.RunAsync(["audit", $"--Hub:Data={hub.Data}", .. more]);

    private static async Task TamperAsync(string database, string statements)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = new SqliteCommand(statements + "; PRAGMA wal_checkpoint(TRUNCATE)", connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<string> OneAsync(string database, string query)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = new SqliteCommand(query, connection);
        return (string)(await command.ExecuteScalarAsync(Stop))!;
    }

    /// <summary>Writes an entry at the end of a stream, with the right hash: the forger knows everything but the key.</summary>
    private static async Task ForgeAsync(string database, string stream, Func<string, string> forge, bool replace)
    {
        List<JournalEntry> entries;
        await using (var journal = new SqliteJournal(database, readOnly: true))
        {
            entries = await journal.ReadAsync(stream, 0, Stop).ToListAsync(Stop);
        }

        var last = entries[^1];
        var before = replace ? entries.Count > 1 ? new JournalHead(entries[^2].Version, entries[^2].Hash) : JournalHead.Start
            : new JournalHead(last.Version, last.Hash);
        var text = forge(System.Text.Encoding.UTF8.GetString(last.Entry.Span));
        var forged = before.Then(stream, last.At, System.Text.Encoding.UTF8.GetBytes(text));
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = new SqliteCommand("INSERT OR REPLACE INTO journal(stream, version, at, entry, hash) "
            + "VALUES (@stream, @version, @at, @entry, @hash); PRAGMA wal_checkpoint(TRUNCATE)", connection);
        command.Parameters.AddWithValue("@stream", stream);
        command.Parameters.AddWithValue("@version", forged.Version);
        command.Parameters.AddWithValue("@at", JournalHead.ToMicroseconds(last.At));
        command.Parameters.AddWithValue("@entry", text);
        command.Parameters.AddWithValue("@hash", forged.Hash.ToArray());
        await command.ExecuteNonQueryAsync(Stop);
    }
}
