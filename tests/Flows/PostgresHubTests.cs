using System.Net;
using System.Net.Http.Json;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;
using Npgsql;

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
        Assert.Contains("PostgreSQL", hub.Words, StringComparison.Ordinal);

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
        var (code, words) = await HubCommand.RunAsync("audit", $"--ConnectionStrings:Aufruf={database}");
        Assert.True(code == 0, words);
    }
}
