using System.Diagnostics;
using System.Net;
using Aufruf.Contracts;
using Aufruf.Edge.Protocol;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The work of an operator: stop, start, audit, issue a token.</summary>
public class OperatorTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hub_that_is_told_to_stop_ends_cleanly_within_seconds_and_goes_on_where_it_was()
    {
        await using var hub = await HubProcess.StartAsync();
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        await using var board = await BoardWatcher.ConnectAsync(hub);
        await hub.TakeAsync();
        await hub.TakeAsync();
        var last = await hub.TakeAsync("wohnsitz");
        OnlyItsOwnUserMayRead(hub.Data);
        Assert.Equal(EventOutcome.Accepted, (await box.AskAsync(box.Press())).Outcome);
        await board.UntilShownAsync("A001", "3");
        var before = await box.UntilFaceAsync(face => face is { State: FaceState.Called, Waiting: 2 });

        var stopping = Stopwatch.StartNew();
        Assert.Equal(0, await hub.StopAsync());
        Assert.True(stopping.Elapsed.TotalSeconds < 5,
            $"Stopping took {stopping.Elapsed.TotalSeconds:0.0} s with a device and a board connected.");

        await hub.StartAgainAsync();
        await using var again = await RawDevice.ConnectAsync(hub, "box-3");
        var after = await again.UntilFaceAsync(_ => true);
        Assert.Equal((before.Rev, "A001", FaceState.Called, 2), (after.Rev, after.Number, after.State, after.Waiting));
        Assert.Equal("A003", (await hub.TakeAsync()).Number);
        using (var page = await hub.Anybody.GetAsync(last.StatusPath, Now))
        {
            Assert.Contains("C001", await page.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
        }

        Assert.Equal(EventOutcome.Accepted, (await again.AskAsync(again.Press())).Outcome);
        Assert.Equal("A002", (await again.UntilFaceAsync(face => face.Rev > after.Rev && face.State is FaceState.Called)).Number);
    }

    [Fact]
    public async Task An_audit_finds_a_sound_journal_sound_and_names_the_entry_that_was_changed()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        await hub.TakeAsync();
        var (sound, words) = await HubCommand.RunAsync("audit", $"--Hub:Data={hub.Data}"); // The hub may go on meanwhile.
        Assert.True(sound == 0 && words.StartsWith("SOUND", StringComparison.Ordinal), words);
        Assert.Equal(0, await hub.StopAsync());
        using var folder = new TempFolder();
        var copy = folder.File("copy.db");
        File.Copy(Path.Combine(hub.Data, "aufruf.db"), copy);
        Assert.Equal(0, (await HubCommand.RunAsync("audit", "--database", copy)).ExitCode);

        await using (var connection = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            await connection.OpenAsync(Now);
            await using var update =
                new SqliteCommand("UPDATE journal SET entry = replace(entry, 'A002', 'A007') WHERE entry LIKE '%A002%'", connection);
            Assert.Equal(1, await update.ExecuteNonQueryAsync(Now));
        }

        var (broken, sentence) = await HubCommand.RunAsync("audit", "--database", copy);
        Assert.Equal(1, broken);
        Assert.Contains($"Stream queue/{TestHub.Area}.", sentence, StringComparison.Ordinal);
        Assert.Contains("entry 2 ", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_are_issued_listed_and_revoked_by_command_beside_the_running_hub()
    {
        await using var hub = await TestHub.StartAsync();
        var (code, token) = await TokenAsync("display", "--holder", "window");
        Assert.Equal(0, code);
        using var window = hub.As(token.Trim());
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(window)); // It is known, and no desk.

        using var old = hub.As(hub.DisplayToken);
        var (_, again) = await TokenAsync("display"); // Without a holder there is no second first display.
        using var first = hub.As(again.Trim());
        Assert.Equal((HttpStatusCode.Forbidden, true),
            (await StatusAsync(first), again.Contains("~first-display~", StringComparison.Ordinal)));
        await hub.UntilAsync(async () => await StatusAsync(old) is HttpStatusCode.Unauthorized, "The old token is closed", seconds: 5);

        var (_, list) = await TokenAsync("list");
        Assert.Equal(["display first-display", "display window", "device box-3", "device printer-1", "kiosk first-kiosk"],
            list.Trim().Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2])));

        Assert.Equal(0, (await TokenAsync("revoke", "--holder", "window")).ExitCode);
        await hub.UntilAsync(async () => await StatusAsync(window) is HttpStatusCode.Unauthorized, "The revoked token is closed",
            seconds: 5);

        Task<(int ExitCode, string Words)> TokenAsync(params string[] words) =>
            HubCommand.RunAsync([.. words.Prepend("token"), "--office", TestHub.Office, $"--Hub:Data={hub.Data}"]);
    }

    [Fact]
    public async Task A_program_gets_the_key_of_a_person_by_command_and_the_journal_names_the_operator()
    {
        await using var hub = await TestHub.StartAsync();
        var (code, key) = await HubCommand.RunAsync("token", "person", "--authority", "alsdorf", "--person", TestHub.FirstClerk,
            "--name", "Fachverfahren", "--days", "30", $"--Hub:Data={hub.Data}");
        Assert.True(code == 0, key);
        using var program = hub.As(key.Trim());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program));
        var person = hub.Services.GetRequiredService<IStaffAccounts>().Find("alsdorf", TestHub.FirstClerk)!;
        var made = Assert.Single(person.Sessions, session => session.Value.Label == "Fachverfahren");
        Assert.InRange((made.Value.Until - hub.Clock.GetUtcNow()).TotalDays, 29.9, 30);
        await using var journal = new SqliteJournal(Path.Combine(hub.Data, "aufruf.db"), readOnly: true);
        var entries = journal.ReadAllAsync(Now).Select(entry => System.Text.Encoding.UTF8.GetString(entry.Entry.Span));
        Assert.Contains(await entries.ToListAsync(Now), entry => entry.Contains("key-made", StringComparison.Ordinal)
                && entry.Contains($"\"command:{Environment.UserName}\"", StringComparison.Ordinal)
                && !entry.Contains(key.Trim().Split('~')[2], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_makes_no_sense_is_refused_with_a_sentence_and_nothing_is_issued()
    {
        await using var hub = await TestHub.StartAsync();
        var before = (await WrittenAsync(hub)).Count;
        (string[] Words, string Sentence)[] wrong =
        [
            (["display", "--office", TestHub.Office, "--holder", "a~b"], "at most 60 letters"),
            (["display", "--office", TestHub.Office, "--holder", new string('a', 300)], "at most 60 letters"),
            (["display", "--office", TestHub.Office, "--holder", "box-3"], "another kind"),
            (["device", "--office", TestHub.Office, "--holder", "box-99"], "has no device 'box-99'"),
            (["display", "--office", "nowhere.amt"], "no office 'nowhere.amt'"),
            (["revoke", "--office", TestHub.Office, "--holder", "nobody"], "No credential"),
            (["revoke", "--office", TestHub.Office], "Usage: token"),
            (["clerk", "--office", TestHub.Office], "Usage: token"),
            (["person", "--authority", "alsdorf"], "Usage: token"),
            (["person", "--authority", "nowhere", "--person", "anna"], "has no people"),
            (["person", "--authority", "alsdorf", "--person", "mayor"], "no person 'mayor', but first-clerk"),
            (["person", "--authority", "alsdorf", "--person", "first-clerk", "--days", "400"], "at most a year"),
            (["mayor", "--office", TestHub.Office], "Usage: token"),
            (["0", "--office", TestHub.Office], "Usage: token"),
        ];
        foreach (var (words, sentence) in wrong)
        {
            var (code, said) = await HubCommand.RunAsync(
                [.. words.Prepend("token"), $"--Hub:Data={hub.Data}", $"--Hub:Offices={hub.Offices}"]);
            Assert.Equal(2, code);
            Assert.Contains(sentence, said, StringComparison.Ordinal);
        }

        Assert.Equal(before, (await WrittenAsync(hub)).Count);
        var (unknown, _) = await HubCommand.RunAsync("token", "display", "--office", TestHub.Office, $"--Hub:Data={hub.Data}-elsewhere");
        Assert.Equal((2, false), (unknown, Directory.Exists(hub.Data + "-elsewhere")));
    }

    [Fact]
    public async Task Two_offices_with_a_device_of_the_same_name_have_two_passwords()
    {
        await using var hub = await TestHub.StartAsync(TestOffice.WithCounters(1, "eins"));
        var first = hub.DevicePassword("knopf-1");
        await File.WriteAllTextAsync(Path.Combine(hub.Offices, "zwei.json"), TestOffice.WithCounters(1, "zwei"), Now);
        var second = Path.Combine(hub.Data, "edge", "zwei.amt", "knopf-1", "password");
        await hub.UntilAsync(() => Task.FromResult(File.Exists(second)), "The second office's device has a password");
        Assert.Equal(first, hub.DevicePassword("knopf-1"));
        var other = await File.ReadAllTextAsync(second, Now);
        foreach (var (office, password) in ((string, string)[])[("eins.amt", first), ("zwei.amt", other)])
        {
            await using var device = RawDevice.Stranger(hub, "knopf-1", password, office);
            await device.ConnectAgainAsync();
        }
    }

    private static void OnlyItsOwnUserMayRead(string data)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.NotEmpty(Directory.GetFiles(data, "*.db*"));
        foreach (var path in Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories).Append(data))
        {
            try
            {
                Assert.True((File.GetUnixFileMode(path) & Others) == 0, $"{path}: {File.GetUnixFileMode(path)}");
            }
            catch (FileNotFoundException)
            {
                // SQLite removes its helpers of a file when the last connection to it closes.
            }
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/v1/offices", Now);
        return answer.StatusCode;
    }

    private static async Task<IReadOnlyList<object>> WrittenAsync(TestHub hub)
    {
        await using var journal = new SqliteJournal(Path.Combine(hub.Data, "aufruf.db"), readOnly: true);
        return [.. await journal.ReadAllAsync(Now).Select(entry => (object)entry.Version).ToListAsync(Now)];
    }

    [Fact]
    public async Task A_hub_with_a_wrong_file_or_option_does_not_start_and_says_why()
    {
        using var folder = new TempFolder();
        folder.Write("amt.json", "{\n  \"authority\": 5,\n  \"areas\": []\n}");
        var (code, words) = await HubCommand.RunAsync($"--Hub:Offices={folder.Path}", $"--Hub:Data={folder.File("data")}");
        Assert.Equal(2, code);
        Assert.Contains("amt.json, line 2, authority: expected", words, StringComparison.Ordinal);
        Assert.Contains("'timeZone' is missing", words, StringComparison.Ordinal);
        Assert.Contains("does not start half-configured", words, StringComparison.Ordinal);

        var (port, why) = await HubCommand.RunAsync($"--Hub:Offices={folder.Path}", $"--Hub:Data={folder.File("data")}",
            "--Hub:HttpPort=70000");
        Assert.Equal(2, port);
        Assert.Contains("Hub:HttpPort must be a port", why, StringComparison.Ordinal);
        var (word, whyNot) = await HubCommand.RunAsync($"--Hub:Offices={folder.Path}", $"--Hub:Data={folder.File("data")}",
            "--Hub:MqttPort=viele");
        Assert.Equal(2, word);
        Assert.Contains("Hub:MqttPort", whyNot, StringComparison.Ordinal);
    }
}
