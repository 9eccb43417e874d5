using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Reports;
using Aufruf.Proxy;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Aufruf.Tests.Running;

/// <summary>Two hubs as processes on one PostgreSQL, behind the proxy of "./run cluster". Its office has one floor more.</summary>
public sealed class Cluster(Postgres postgres) : IAsyncLifetime
{
    public const string Upstairs = $"{TestHub.Office}.obergeschoss";
    public const string UpstairsService = "kfz";

    private readonly int _port = Ports.Next();
    private readonly List<HubProcess> _hubs = [];
    private string _database = "", _upstairsClerk = "";
    private WebApplication? _proxy;

    /// <summary>The hub that has run longest: the queues live there. The other has started when they were in use.</summary>
    internal HubProcess Elder => _hubs.MinBy(hub => hub.StartedAt)!;

    internal HubProcess Younger => _hubs.MaxBy(hub => hub.StartedAt)!;

    internal Uri Address => new($"http://localhost:{_port}");

    /// <summary>The hub that has printed the tokens, hired the clerks and paired the devices.</summary>
    internal TestHub First => _hubs[0];

    /// <summary>A clerk has one seat in the office, so each floor has a clerk of its own.</summary>
    internal string ClerkOf(string area) => area == Upstairs ? _upstairsClerk : First.ClerkToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.NewDatabaseAsync();
        var office = await OfficeAsync();
        string[] options = [$"--ConnectionStrings:Aufruf={_database}", "--Hub:KioskTicketsPerMinute=10000"];
        _hubs.Add(await HubProcess.StartAsync(office, options: options));
        _upstairsClerk = await First.HireInChargeAsync(TestHub.Office, "upstairs");
        _hubs.Add(await HubProcess.JoinAsync(_hubs[0]));
        _proxy = HubProxy.Build(_port, [.. _hubs.Select(hub => $"http://localhost:{hub.Http}")]);
        await _proxy.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        foreach (var hub in _hubs)
        {
            await hub.DisposeAsync();
        }
    }

    /// <summary>As systemd does: a hub that has ended starts again.</summary>
    internal async Task StartEndedAsync()
    {
        foreach (var hub in _hubs.Where(hub => hub.HasEnded))
        {
            await hub.StartAgainAsync();
        }
    }

    /// <summary>A browser that comes through the proxy, or to one hub. It waits as long as displays/shared/post.ts for one try.</summary>
    internal HttpClient As(string token, Uri? address = null) => new(new SocketsHttpHandler())
    {
        BaseAddress = address ?? Address,
        Timeout = TimeSpan.FromSeconds(4),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>Sends one request until there is an answer.</summary>
    internal static async Task<(HttpStatusCode Status, JsonNode Body)> InsistAsync(HttpClient client, string path, JsonObject request)
    {
        for (var began = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            var (status, body) = await TryAsync(client, path, request);
            if (status is not (0 or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
            {
                return (status, JsonNode.Parse(body)!);
            }

            Assert.True(began.Elapsed.TotalSeconds < 60, $"No answer to {path} within 60 s; the last try: {status} {body}");
        }
    }

    /// <summary>Status 0: there was no answer.</summary>
    internal static async Task<(HttpStatusCode Status, string Body)> TryAsync(HttpClient client, string path, JsonObject request)
    {
        try
        {
            using var answer = await client.PostAsJsonAsync(path, request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return (0, error.Message);
        }
    }

    internal async Task<IReadOnlyList<WrittenEvent>> ReadAsync()
    {
        await using var database = NpgsqlDataSource.Create(_database);
        await using var journal = new PostgresJournal(database);
        Assert.Null((await JournalAudit.VerifyAsync(journal, TestContext.Current.CancellationToken)).Fault);
        return await WrittenEvent.ReadAsync(journal);
    }

    /// <summary>The rows of the reports, as soon as they hold the whole journal.</summary>
    internal async Task<IReadOnlyList<string>> ReportRowsAsync()
    {
        await using var database = NpgsqlDataSource.Create(_database);
        await using var journal = new PostgresJournal(database);
        var store = ReportStore.InPostgres(database);
        await Elder.UntilAsync(async () => (await store.FindAsync(CancellationToken.None))?.Position
            >= await journal.LastPositionAsync(CancellationToken.None), "The reports hold the whole journal", seconds: 60);
        await using var command = database.CreateCommand("""
            SELECT stream || ' ' || version || ' ' || clerks || ' ' || facts FROM report_days
            WHERE generation = (SELECT generation FROM projections WHERE name = 'reports' AND served) ORDER BY stream
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    internal async Task RebuildReportsAsync()
    {
        var (code, words) = await HubCommand.RunAsync("reports", "rebuild", $"--Hub:Data={First.Data}",
            $"--ConnectionStrings:Aufruf={_database}");
        Assert.True(code == 0, words);
    }

    private static async Task<string> OfficeAsync()
    {
        var office = JsonNode.Parse(await File.ReadAllTextAsync(TestHub.DemoOffice))!;
        static JsonObject Name(string name) => new() { ["de"] = name };
        office["areas"]!.AsArray().Add(new JsonObject
        {
            ["id"] = Upstairs.Split('.')[^1],
            ["name"] = Name("Obergeschoss"),
            ["services"] = new JsonArray(new JsonObject
            {
                ["id"] = UpstairsService,
                ["letter"] = "K",
                ["name"] = Name("Kfz"),
                ["usualMinutes"] = 5
            }),
            ["counters"] = new JsonArray([.. Enumerable.Range(11, 4).Select(n => new JsonObject
            {
                ["id"] = $"{n}",
                ["label"] = $"{n}",
                ["services"] = new JsonArray(UpstairsService),
            })]),
        });
        office["kiosks"]![0]!["areas"]!.AsArray().Add(Upstairs.Split('.')[^1]);
        return office.ToJsonString();
    }
}
