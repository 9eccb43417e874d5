using System.Net;
using System.Net.Http.Json;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Running.Backups;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>A backup of a hub at work is put back, on the same machine and on an empty one.</summary>
public class BackupTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_is_made_while_the_hub_works_and_put_back_when_it_rests()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        var backup = Path.Combine(hub.Data, "copy.db");
        using (var stop = new CancellationTokenSource())
        {
            var working = Task.Run(async () =>
            {
                for (var n = 0; n < 40 || !stop.IsCancellationRequested; n++)
                {
                    await hub.TakeAsync();
                }
            }, Stop);
            var (made, words) = await RunAsync(hub, "backup", backup);
            await stop.CancelAsync();
            Assert.True(made == 0, words);
            Assert.Contains($"The keys are in {backup}.keys. Keep them at another place", words, StringComparison.Ordinal);
            await working;
        }

        var (audited, sound) = await HubCommand.RunAsync("audit", "--database", backup);
        Assert.True(audited == 0, sound);
        Assert.DoesNotContain("The key of the anchors is not here", sound, StringComparison.Ordinal);
        var (refused, why) = await RunAsync(hub, "restore", backup);
        Assert.Equal(2, refused);
        Assert.Contains("Another hub uses the data in", why, StringComparison.Ordinal);

        var last = await hub.TakeAsync();
        await hub.StopAsync();
        var (restored, done) = await RunAsync(hub, "restore", backup);
        Assert.True(restored == 0, done);
        Assert.Matches("Lost: [0-9]+ entries that are not in the backup, from 20", done);
        await hub.StartAgainAsync();
        Assert.True(string.CompareOrdinal((await hub.TakeAsync()).Number, last.Number) <= 0);
        Assert.Equal(0, (await RunAsync(hub, "audit")).ExitCode);
        Assert.Single(Directory.GetDirectories(hub.Data, "before-restore-*"));
    }

    [Fact]
    public async Task On_an_empty_machine_a_backup_with_its_keys_brings_back_tickets_remarks_tokens_and_sessions()
    {
        using var folder = new TempFolder();
        await using var hub = await TestHub.StartAsync(data: folder.File("data"));
        var number = await EnterAsync(hub, "kommt mit Dolmetscherin");
        using var browser = await StaffBrowser.SignInAsync(hub);
        var backup = folder.File("copy.db");
        var (made, words) = await RunAsync(hub, "backup", backup);
        Assert.True(made == 0, words);
        foreach (var file in Directory.GetFiles(folder.Path, "copy.db*", SearchOption.AllDirectories).Concat(
            Directory.GetFiles(backup + ".keys", "*", SearchOption.AllDirectories)))
        {
            Assert.True(OperatingSystem.IsWindows()
                || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
            Assert.DoesNotContain("Dolmetscherin", await File.ReadAllTextAsync(file, Stop), StringComparison.Ordinal);
        }

        await hub.StopAsync();
        Directory.Delete(hub.Data, recursive: true);
        Directory.Move(backup + ".keys", folder.File("keys"));
        var (restored, done) = await RunAsync(hub, "restore", backup, "--keys", folder.File("keys"));
        Assert.True(restored == 0, done);
        Assert.Contains("Nothing was there before. Entries after", done.ReplaceLineEndings(" "), StringComparison.Ordinal);

        await hub.StartAgainAsync();
        await using var desk = await DeskWatcher.ConnectAsync(hub, TestHub.Area, "3", hub.ClerkToken);
        Assert.Equal("kommt mit Dolmetscherin", (string?)desk.Ticket(number)?["remark"]);
        Assert.Equal(HttpStatusCode.OK, await browser.LookAsync());
        var (sound, report) = await RunAsync(hub, "audit");
        Assert.True(sound == 0, report);
    }

    [Fact]
    public async Task A_key_that_was_destroyed_after_the_backup_stays_destroyed_and_a_foreign_vault_gives_way()
    {
        using var folder = new TempFolder();
        var (data, backup, queue) = (folder.File("data"), folder.File("copy.db"), Subject.Of(SmallOffice.Key));
        await using (var journal = new SqliteJournal(Path.Combine(data, "aufruf.db"), keyFile: Path.Combine(data, "journal.key")))
        {
            await journal.AppendAsync("queue/one", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        }

        var (first, later) = (new Subject("case", "first"), new Subject("case", "later"));
        await WithVaultAsync(vault => vault.FindOrMakeAsync(queue, null));
        var key = await WithVaultAsync(vault => vault.FindOrMakeAsync(first, null));
        Assert.Equal(0, await BackupCommand.BackupAsync([backup, $"--Hub:Data={data}"], TimeProvider.System));

        await WithVaultAsync(async vault =>
        {
            await vault.DestroyAsync(queue);
            return await vault.FindOrMakeAsync(later, until: null);
        });
        Assert.Equal(0, await RestoreAsync());
        Assert.Null(await WithVaultAsync(vault => vault.FindAsync(queue)));
        Assert.Equal(key!.Key, (await WithVaultAsync(vault => vault.FindAsync(first)))!.Key);
        Assert.NotNull(await WithVaultAsync(vault => vault.FindAsync(later)));

        // A hub was started on an empty folder before anybody thought of the backup.
        File.Delete(Path.Combine(data, "vault.db"));
        File.Delete(Path.Combine(data, "vault.key"));
        await WithVaultAsync(vault => vault.FindOrMakeAsync(first, until: null));
        Directory.Move(backup + ".keys", folder.File("keys"));
        Assert.Equal(2, await RestoreAsync()); // The keys are elsewhere.
        Assert.Equal(0, await RestoreAsync("--keys", folder.File("keys")));
        Assert.Equal(key.Key, (await WithVaultAsync(vault => vault.FindAsync(first)))!.Key);

        Task<int> RestoreAsync(params string[] more) =>
            BackupCommand.RestoreAsync([backup, $"--Hub:Data={data}", .. more], TimeProvider.System);

        async Task<VaultKey?> WithVaultAsync(Func<StoredVaultKeys, Task<VaultKey?>> work)
        {
            using var vault = StoredVaultKeys.InSqlite(Path.Combine(data, "vault.db"), Path.Combine(data, "vault.key"));
            return await work(vault);
        }
    }

    [Fact]
    public async Task A_drill_destroys_a_hub_under_load_and_says_what_was_lost()
    {
        var (code, words) = await HubCommand.RunAsync("drill", "--requests", "30");
        Assert.True(code == 0, words);
        Assert.Matches("Backup under load took [0-9.]+ s", words);
        Assert.Matches("SOUND   [0-9]+ entries", words);
        Assert.Matches("Lost: [0-9]+ entries that are not in the backup, from 20[^ ]+ [^ ]+ to 20", words);
        Assert.Matches("Of the [1-9][0-9]* that were acknowledged before the backup, 0 are lost", words);
        var folder = System.Text.RegularExpressions.Regex.Match(words, "and (/[^ ]+)/data was deleted").Groups[1].Value;
        Assert.False(Directory.Exists(folder));
    }

    private static Task<(int ExitCode, string Words)> RunAsync(TestHub hub, params string[] command) =>
        HubCommand.RunAsync([.. command, $"--Hub:Data={hub.Data}"]);

    /// <summary>A clerk enters a citizen with a remark.</summary>
    private static async Task<string> EnterAsync(TestHub hub, string remark)
    {
        using var answer = await hub.Clerk.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/tickets",
            new { requestId = Guid.CreateVersion7(), service = "ausweis", language = "de", remark }, Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Taken>(Stop))!.Number;
    }
}
