using System.Net;
using System.Net.Http.Json;
using Aufruf.Domain.Identity;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;
using Npgsql;
using Secret = Aufruf.Hub.Identity.Secret;

namespace Aufruf.Tests.Flows;

/// <summary>A hub whose journal is in PostgreSQL, and a PostgreSQL that is not always there.</summary>
public class PostgresHubTests
{
    [Fact]
    public async Task The_hub_outlives_a_crash_of_its_database_and_keeps_every_promise()
    {
        await using var server = await Postgres.StartServerAsync();
        var database = await server.NewDatabaseAsync();
        await using var hub = await TestHub.StartAsync(options: [$"--ConnectionStrings:Aufruf={database}"]);
        var requests = Enumerable.Range(0, 10).Select(_ => Guid.CreateVersion7()).ToArray();
        var numbers = (await Task.WhenAll(requests.Select(request => hub.TakeAsync(request: request)))).Select(t => t.Number).ToArray();
        using (var called = await hub.ActAsync("3", "call-next"))
        {
            Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        }

        await server.CrashAsync();
        var lost = Guid.CreateVersion7();
        using (var refused = await hub.AtKiosk.PostAsJsonAsync($"/api/v1/kiosks/{TestHub.Kiosk}/tickets",
            new { requestId = lost, service = "ausweis", language = "de" }, TestContext.Current.CancellationToken))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"),
                (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        }

        Assert.False(await hub.IsReadyAsync());
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains("PostgreSQL", StringComparison.Ordinal)),
            "The log names the database");

        await server.StartAsync();
        await hub.UntilAsync(hub.IsReadyAsync, "The hub is ready again without a restart", seconds: 20);
        Assert.Equal("A011", (await hub.TakeAsync(request: lost)).Number);
        foreach (var (request, number) in requests.Zip(numbers))
        {
            Assert.Equal(number, (await hub.TakeAsync(request: request)).Number);
        }

        await using var journal = new PostgresJournal(NpgsqlDataSource.Create(database));
        var written = await WrittenEvent.ReadAsync(journal);
        Assert.Equal([.. numbers.Order(), "A011"], written.Where(e => e.Type == "ticket-taken")
            .Select(e => e.Body.GetProperty("number").GetString()));
        Assert.Null((await JournalAudit.VerifyAsync(journal, TestContext.Current.CancellationToken)).Fault);
        string[] there = [$"--ConnectionStrings:Aufruf={database}", $"--Hub:Data={hub.Data}"];
        var (code, words) = await HubCommand.RunAsync(["audit", .. there]);
        Assert.True(code == 0, words);
        Assert.DoesNotContain("The key of the anchors is not here", words, StringComparison.Ordinal);

        // A backup takes the keys, which are not in the database, and names the programs for the rest.
        var backup = Path.Combine(hub.Data, "copy");
        foreach (var command in (string[])["backup", "restore"])
        {
            var (refused, why) = await HubCommand.RunAsync([command, backup, .. there]);
            Assert.Equal(2, refused);
            Assert.Contains("'pg_dump --format=custom --exclude-table=vault'", why, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(Path.Combine(backup + ".keys", "journal-postgresql.key")));

        // The ends of streams are signed here too, and a token forged with the right hash opens nothing.
        var secret = Secret.New(TestHub.Office, "forger");
        await ForgeAsync(database, $"credentials/{TestHub.Office}", new EntryContent<CredentialsEvent>(new(Guid.NewGuid()),
            [new CredentialsEvent.CredentialIssued(CredentialKind.Display, "forger", secret.Hash, DateTimeOffset.UnixEpoch)]).Write());
        (code, words) = await HubCommand.RunAsync(["audit", .. there]);
        Assert.Equal(1, code);
        Assert.Contains("was appended by another program than the hub", words, StringComparison.Ordinal);
        await hub.StopAsync();
        await hub.StartAgainAsync();
        using var forger = hub.As(secret.Token);
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await forger.GetAsync("/api/v1/offices", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(2, (await HubCommand.RunAsync(["audit", "--accept", .. there])).ExitCode); // Not while the hub runs.
        await hub.StopAsync();
        Assert.Equal(0, (await HubCommand.RunAsync(["audit", "--accept", .. there])).ExitCode);
        Assert.Equal(0, (await HubCommand.RunAsync(["audit", .. there])).ExitCode);
    }

    private static async Task ForgeAsync(string database, string stream, byte[] entry)
    {
        await using var journal = new PostgresJournal(NpgsqlDataSource.Create(database));
        var last = await journal.ReadAsync(stream, 0, TestContext.Current.CancellationToken)
            .LastAsync(TestContext.Current.CancellationToken);
        await journal.AppendAsync(stream, new(last.Version, last.Hash), last.At, entry); // Without the key.
    }
}
