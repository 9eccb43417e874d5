using Aufruf.Contracts;
using Aufruf.Domain.Offices;
using Aufruf.Grains;
using Aufruf.Tests.Running;
using Npgsql;

namespace Aufruf.Tests.Grains;

/// <summary>Personal values are encrypted before they reach the journal. Without the key of their subject they are gone.</summary>
public sealed class VaultTests(Postgres postgres) : IDisposable
{
    private const string Remark = "Frau Ünal kommt mit Übersetzerin 🙂", Here = "A001", There = "A002";
    private static readonly Subject Today = Subject.Of(SmallOffice.Key), Case = new("case", "alsdorf.2026-000017");
    private static readonly DateTimeOffset Midnight = SmallOffice.Office.EndOf(SmallOffice.Day);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Keys => _folder.File("vault.db");

    private string KeyFile => _folder.File("vault.key");

    private Vault Open() => new(StoredVaultKeys.InSqlite(Keys, KeyFile));

    [Fact]
    public async Task A_sealed_value_can_be_opened_also_after_a_restart_and_shows_nothing()
    {
        var vault = Open();
        var text = await vault.SealAsync(Today, Midnight, Here, Remark);
        Assert.Equal(Remark, vault.Open(Today, Here, text));
        Assert.Matches("^[A-Za-z0-9_-]+$", text);
        Assert.NotEqual(text, await vault.SealAsync(Today, Midnight, Here, Remark));
        Assert.Equal(Remark, await Open().OpenAsync(Today, Here, text));
    }

    [Fact]
    public async Task A_value_moved_to_another_place_or_subject_or_altered_opens_to_nothing()
    {
        var vault = Open();
        var text = await vault.SealAsync(Today, Midnight, Here, Remark);
        await vault.SealAsync(Case, null, Here, "x");
        Assert.Null(vault.Open(Today, There, text));
        Assert.Null(vault.Open(Case, Here, text));
        Assert.Null(vault.Open(Today, Here, text[..^2] + (text[^2] == 'A' ? 'B' : 'A') + text[^1]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("clear text, never sealed")]
    [InlineData("AAAA")]
    [InlineData("%%%")]
    public async Task A_value_that_was_never_sealed_opens_to_nothing(string? text)
    {
        var vault = Open();
        await vault.SealAsync(Today, Midnight, Here, Remark);
        Assert.Null(await vault.OpenAsync(Today, Here, text));
    }

    [Fact]
    public async Task When_the_day_is_over_its_values_are_gone_and_a_cases_are_not()
    {
        var vault = Open();
        var (todays, cases) = (await vault.SealAsync(Today, Midnight, Here, Remark), await vault.SealAsync(Case, null, Here, Remark));
        var before = await File.ReadAllBytesAsync(Keys, Stop);
        await vault.DestroyDueAsync(Midnight.AddTicks(-10));
        Assert.Equal(Remark, await Open().OpenAsync(Today, Here, todays));
        await vault.DestroyDueAsync(Midnight);
        Assert.Equal((null, Remark), (vault.Open(Today, Here, todays), vault.Open(Case, Here, cases)));
        Assert.Equal((null, Remark), (await Open().OpenAsync(Today, Here, todays), await Open().OpenAsync(Case, Here, cases)));

        // The row is overwritten, not only forgotten.
        var row = System.Text.Encoding.UTF8.GetBytes(Today.ToString());
        Assert.True(before.AsSpan().IndexOf(row) > 0);
        Assert.Equal(-1, (await File.ReadAllBytesAsync(Keys, Stop)).AsSpan().IndexOf(row));
    }

    [Fact]
    public async Task A_case_whose_key_was_destroyed_never_gets_another_one()
    {
        var vault = Open();
        var text = await vault.SealAsync(Case, null, Here, Remark);
        await vault.DestroyAsync(Case);
        Assert.Null(await vault.OpenAsync(Case, Here, text));
        foreach (var again in new[] { vault, Open() })
        {
            var error = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await again.SealAsync(Case, null, Here, "x"));
            Assert.Equal("The key of case/alsdorf.2026-000017 is destroyed: nothing more can be kept for it.", error.Message);
        }
    }

    [Fact]
    public async Task Keys_without_their_key_file_or_with_another_open_nothing_and_say_so()
    {
        var text = await Open().SealAsync(Today, Midnight, Here, Remark);
        var mine = await File.ReadAllBytesAsync(KeyFile, Stop);
        File.Delete(KeyFile);
        var missing = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Open().OpenAsync(Today, Here, text));
        Assert.Contains("is missing", missing.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
        await File.WriteAllBytesAsync(KeyFile, new byte[mine.Length], Stop);
        var wrong = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Open().OpenAsync(Today, Here, text));
        Assert.Contains("does not open the vault", wrong.Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(KeyFile, mine, Stop);
        Assert.Equal(Remark, await Open().OpenAsync(Today, Here, text));
    }

    [Theory, InlineData(0), InlineData(31)]
    public async Task A_torn_key_file_encrypts_nothing_and_is_named(int bytes)
    {
        await File.WriteAllBytesAsync(KeyFile, new byte[bytes], Stop);
        var torn = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Open().SealAsync(Today, Midnight, Here, Remark));
        Assert.Equal($"{KeyFile} is damaged: a key has 32 bytes. Put the file back.", torn.Message);
    }

    [Fact]
    public async Task A_key_that_ends_while_a_value_is_sealed_with_it_is_not_overwritten_under_it()
    {
        // AES copies the key when it begins. That moment cannot be hit, so the test looks at the key afterwards.
        var keys = new SlowKeys();
        var vault = new Vault(keys);
        await vault.SealAsync(Today, Midnight, Here, Remark);
        await vault.DestroyDueAsync(Midnight);
        Assert.Contains(keys.Given, b => b != 0);
    }

    [Fact]
    public async Task A_key_that_was_asked_for_before_its_end_is_not_known_after_it()
    {
        var keys = new SlowKeys();
        var vault = new Vault(keys);
        keys.Answers = new();
        var late = vault.SealAsync(Case, null, Here, Remark).AsTask();
        var learns = vault.LearnAsync(Case).AsTask();
        await vault.DestroyAsync(Case);
        keys.Answers.SetResult();
        var text = await late;
        await learns;
        Assert.Null(vault.Open(Case, Here, text));
    }

    /// <summary>One key, which is given when the test says so.</summary>
    private sealed class SlowKeys : IVaultKeys
    {
        public byte[] Given { get; } = [.. Enumerable.Range(1, 32).Select(n => (byte)n)];

        public TaskCompletionSource Answers { get; set; } = new();

        public SlowKeys() => Answers.SetResult();

        public async Task<VaultKey?> FindAsync(Subject subject)
        {
            await Answers.Task;
            return new(Given, Midnight);
        }

        public Task<VaultKey?> FindOrMakeAsync(Subject subject, DateTimeOffset? until) => FindAsync(subject);

        public Task DestroyAsync(Subject subject) => Task.CompletedTask;

        public Task DestroyDueAsync(DateTimeOffset now) => Task.CompletedTask;
    }

    [Fact]
    public async Task First_values_at_the_same_moment_share_one_key()
    {
        var vault = Open();
        var texts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () => await vault.SealAsync(Today, Midnight, Here, Remark), Stop)));
        foreach (var text in texts)
        {
            Assert.Equal(Remark, await Open().OpenAsync(Today, Here, text));
        }
    }

    [Fact, Trait("Needs", "process")]
    public async Task Several_hubs_on_one_PostgreSQL_share_the_keys()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        Vault Hub() => new(StoredVaultKeys.InPostgres(database, KeyFile));
        var (one, other) = (Hub(), Hub());
        Assert.Equal("x", await other.OpenAsync(Today, There, await one.SealAsync(Today, Midnight, There, "x")));
        var (todays, cases) = (await one.SealAsync(Today, Midnight, Here, Remark), await other.SealAsync(Case, null, Here, Remark));
        Assert.Equal(Remark, await one.OpenAsync(Case, Here, cases));
        await one.DestroyDueAsync(Midnight);
        Assert.Equal((null, Remark), (await Hub().OpenAsync(Today, Here, todays), await Hub().OpenAsync(Case, Here, cases)));
        // The case of another authority keeps its key.
        var theirs = new Subject("case", "aachen.2026-000017");
        var there = await other.SealAsync(theirs, null, Here, Remark);
        await one.DestroyAsync(Case);
        Assert.Equal((null, Remark), (await Hub().OpenAsync(Case, Here, cases), await other.OpenAsync(theirs, Here, there)));
        Assert.Equal(Remark, await Hub().OpenAsync(theirs, Here, there));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
