using System.Text;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Running.Backups;
using Aufruf.Tests.Running;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Aufruf.Tests.Hub.Cases;

/// <summary>The files of a case last as long as its key. No byte of them can change unseen.</summary>
public sealed class CaseFilesTests(Postgres postgres) : IDisposable
{
    private const string Case = "case/alsdorf.20.32.10-2026-000017", Other = "case/alsdorf.20.32.10-2026-000018";
    private static readonly byte[] Proof = Encoding.UTF8.GetBytes("Frau Ünal hat einen Ausweis.");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Database => _folder.File("vault.db");

    private static CaseFiles With(StoredVaultKeys vault) => new(new Vault(vault), vault);

    private StoredVaultKeys Open() => StoredVaultKeys.InSqlite(Database, _folder.File("vault.key"));

    [Fact]
    public async Task A_file_is_read_again_after_a_restart_and_only_in_its_own_case()
    {
        var hash = await With(Open()).KeepAsync(Case, Proof);
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(Proof, await With(Open()).OpenAsync(Case, hash));
        Assert.Null(await With(Open()).OpenAsync(Other, hash));
        Assert.NotEqual(hash, await With(Open()).KeepAsync(Case, Proof));
        await With(Open()).ForgetAsync(Case, hash);
        Assert.Null(await With(Open()).OpenAsync(Case, hash));
    }

    [Fact]
    public async Task A_file_with_a_changed_byte_is_none()
    {
        var hash = await With(Open()).KeepAsync(Case, Proof);
        await ExecuteAsync("""
            UPDATE contents SET sealed = CAST(substr(sealed, 1, length(sealed) - 1)
              || CASE substr(sealed, -1) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)
            """);
        Assert.Null(await With(Open()).OpenAsync(Case, hash));
    }

    [Fact]
    public async Task A_destroyed_case_leaves_no_file_and_takes_none()
    {
        var files = With(Open());
        var (gone, stays) = (await files.KeepAsync(Case, Proof), await files.KeepAsync(Other, Proof));
        await new Vault(Open()).DestroyAsync(Subject.Parse(Case));
        Assert.Null(await With(Open()).OpenAsync(Case, gone));
        Assert.Equal(Proof, await With(Open()).OpenAsync(Other, stays));
        Assert.Equal(1, await ExecuteAsync("SELECT count(*) FROM contents"));
        await Assert.ThrowsAsync<Aufruf.Contracts.JournalUnavailableException>(() => With(Open()).KeepAsync(Case, Proof));
    }

    [Fact]
    public async Task The_files_of_an_application_that_is_never_sent_go_at_its_end()
    {
        var end = SmallOffice.Nine;
        await With(Open()).KeepAsync("draft/alsdorf.x", Proof, end);
        await new Vault(Open()).DestroyDueAsync(end.AddSeconds(-1));
        Assert.Equal(1, await ExecuteAsync("SELECT count(*) FROM contents"));
        await new Vault(Open()).DestroyDueAsync(end);
        Assert.Equal(0, await ExecuteAsync("SELECT count(*) FROM contents"));
    }

    [Fact]
    public async Task A_backup_brings_the_files_back_and_those_of_destroyed_cases_not()
    {
        await using (var journal = new SqliteJournal(_folder.File("aufruf.db"), keyFile: _folder.File("journal.key")))
        {
            await journal.AppendAsync("queue/one", JournalHead.Start, SmallOffice.Nine, "{}"u8.ToArray());
        }

        var (gone, stays) = (await With(Open()).KeepAsync(Case, Proof), await With(Open()).KeepAsync(Other, Proof));
        var backup = _folder.File("copy.db");
        Assert.Equal(0, await BackupCommand.BackupAsync([backup, $"--Hub:Data={_folder.Path}"], TimeProvider.System));
        await new Vault(Open()).DestroyAsync(Subject.Parse(Case));
        await With(Open()).ForgetAsync(Other, stays);
        Assert.Equal(0, await BackupCommand.RestoreAsync([backup, $"--Hub:Data={_folder.Path}"], TimeProvider.System));
        Assert.Null(await With(Open()).OpenAsync(Case, gone));
        Assert.Equal(Proof, await With(Open()).OpenAsync(Other, stays));
        Assert.Equal(1, await ExecuteAsync("SELECT count(*) FROM contents"));
    }

    [Fact, Trait("Needs", "process")]
    public async Task Several_hubs_on_one_PostgreSQL_share_the_files()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        CaseFiles Hub() => With(StoredVaultKeys.InPostgres(database, _folder.File("vault.key")));
        var hash = await Hub().KeepAsync(Case, Proof);
        Assert.Equal(Proof, await Hub().OpenAsync(Case, hash));
        await new Vault(StoredVaultKeys.InPostgres(database, _folder.File("vault.key"))).DestroyAsync(Subject.Parse(Case));
        Assert.Null(await Hub().OpenAsync(Case, hash));
    }

    private async Task<long> ExecuteAsync(string text)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new SqliteCommand(text, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as long? ?? 0;
    }
}
