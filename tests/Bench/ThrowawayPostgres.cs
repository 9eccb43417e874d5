using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Aufruf.Bench;

/// <summary>A PostgreSQL of our own in a temporary folder, gone afterwards. Its settings are the server's defaults, but for the number
/// of connections.</summary>
public sealed class ThrowawayPostgres : IAsyncDisposable
{
    // A hub of the bench and the plain version beside it have a pool each.
    private const int MostConnections = 300;

    private readonly string _folder;
    private int _databases;

    private ThrowawayPostgres(string folder, int port) => (_folder, Port) = (folder, port);

    public int Port { get; }

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=aufruf;Database=postgres";

    /// <summary>Folder with initdb, pg_ctl and pgbench; null when PostgreSQL is not installed.</summary>
    public static string? Binaries { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(v => Path.Combine(v, "bin"))
            .Where(b => File.Exists(Path.Combine(b, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    public static async Task<ThrowawayPostgres> StartAsync()
    {
        var server = new ThrowawayPostgres(Directory.CreateTempSubdirectory("aufruf-pg-").FullName, FreePort());
        if (Environment.UserName == "root")
        {
            await ToolAsync("chown", "postgres", server._folder);
        }

        await AsServerAsync($"{Binaries}/initdb", "--no-sync", "-A", "trust", "-U", "aufruf", "-E", "UTF8", "-D", server.Data);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Connection string of a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"bench{++_databases}";
        await using var server = NpgsqlDataSource.Create(ConnectionString);
        await using var create = server.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return $"Host=127.0.0.1;Port={Port};Username=aufruf;Database={name}";
    }

    public Task StartAgainAsync() => AsServerAsync(
        $"{Binaries}/pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-o",
            $"-p {Port} -k {_folder} -c listen_addresses=127.0.0.1 -c max_connections={MostConnections}", "start");

    /// <summary>Ends it as a power cut would.</summary>
    public Task CutAsync() => AsServerAsync($"{Binaries}/pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    // The server refuses to run as root.
    private static Task AsServerAsync(params string[] command) =>
        Environment.UserName == "root" ? ToolAsync("runuser", ["-u", "postgres", "--", .. command]) : ToolAsync(command[0], command[1..]);

    private static async Task ToolAsync(string tool, params string[] arguments)
    {
        // A started server inherits our output: a pipe would stay open as long as it lives, so it goes to a file.
        var log = Path.GetTempFileName();
        using var process =
            Process.Start("/bin/sh", ["-c", "log=$1; shift; cd /; exec \"$@\" >\"$log\" 2>&1", "sh", log, tool, .. arguments]);
        await process.WaitForExitAsync();
        var said = await File.ReadAllTextAsync(log);
        File.Delete(log);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{tool} failed: {said}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
