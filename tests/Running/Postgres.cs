using System.Diagnostics;
using System.Runtime.InteropServices;
using Aufruf.Tests.Running;
using Npgsql;

[assembly: AssemblyFixture(typeof(Postgres))]

namespace Aufruf.Tests.Running;

/// <summary>A throw-away PostgreSQL for the whole test run: started when first asked for, stopped and removed at the end.</summary>
/// <remarks>PostgreSQL refuses to run as root; then it runs as the user "postgres" of its Debian package.</remarks>
public sealed class Postgres : IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private PostgresServer? _server;

    public ValueTask InitializeAsync() => default;

    /// <summary>Connection string of a new, empty database on the shared server. Skips the test where PostgreSQL is not
    /// installed.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _server ??= await StartServerAsync();
            return await _server.NewDatabaseAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A server of one's own, to stop and start at will.</summary>
    public static async Task<PostgresServer> StartServerAsync()
    {
        if (PostgresServer.Binaries is null)
        {
            const string missing = "PostgreSQL is not installed (no /usr/lib/postgresql/*/bin/initdb).";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("AUFRUF_REQUIRE_ALL") == "1", missing);
            Assert.Fail(missing);
        }

        return await PostgresServer.StartNewAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _gate.Dispose();
    }
}

/// <summary>One PostgreSQL server in a folder of its own.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly bool AsOtherUser = Environment.UserName == "root";

    private readonly string _folder;
    private readonly int _port;
    private readonly PosixSignalRegistration _cancelled;
    private int _databases;

    private PostgresServer(string folder, int port)
    {
        (_folder, _port) = (folder, port);
        _cancelled = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => EndWithTheRun());
    }

    public static string? Binaries { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin"))
            .Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>The result of initdb, kept for the next run: one folder per version and user.</summary>
    private static string Prepared => Path.Combine(Path.GetTempPath(),
        $"aufruf-initdb-{Path.GetFileName(Path.GetDirectoryName(Binaries))}-{Environment.UserName}");

    // Two runs may start at once: the folder gets its name only when it is complete, and a rename does not replace a full folder.
    // A folder of another user is not copied: its settings could start a program.
    private const string CopyOrCreate = """
        set -e
        create() { "$initdb" --no-sync -A trust -U aufruf -E UTF8 --locale=C -D "$1"; }
        prepared=$1 data=$2 initdb=$3
        if [ ! -e "$prepared" ]; then
          new=$(mktemp -d "$prepared.XXXXXX")
          create "$new/data"
          mv -T "$new/data" "$prepared" || true
          rm -rf "$new"
        fi
        if [ -O "$prepared" ]; then cp -a "$prepared" "$data"; else create "$data"; fi
        """;

    public static async Task<PostgresServer> StartNewAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aufruf-test-pg-").FullName;
        if (AsOtherUser)
        {
            await RunAsync("chown", "postgres", folder);
        }

        var server = new PostgresServer(folder, Ports.Next());
        await RunAsOwnerAsync("/bin/sh", "-c", CopyOrCreate, "sh", Prepared, server.Data, Path.Combine(Binaries!, "initdb"));
        await server.StartAsync();
        return server;
    }

    public Task StartAsync() => AsOwnerAsync("pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"),
        "-o", $"-c listen_addresses=127.0.0.1 -c port={_port} -c unix_socket_directories='{_folder}' -c fsync=off -c max_connections=400",
            "start");

    /// <summary>As a power cut would: without a word to anybody.</summary>
    public Task CrashAsync() => AsOwnerAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await using var source = NpgsqlDataSource.Create(ConnectionTo("postgres"));
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    private string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=aufruf;Database={database};Timeout=10;Command Timeout=20;Pooling=true";

    /// <summary>A run that is cancelled disposes of nothing: then the server's own process, and no other, is ended here.</summary>
    private void EndWithTheRun()
    {
        var pidFile = Path.Combine(Data, "postmaster.pid");
        if (File.Exists(pidFile) && int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), out var pid))
        {
            using var server = Process.GetProcessById(pid);
            server.Kill();
            server.WaitForExit(TimeSpan.FromSeconds(5));
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await CrashAsync();
        }

        Directory.Delete(_folder, recursive: true);
        _cancelled.Dispose();
    }

    private static Task AsOwnerAsync(string program, params string[] arguments) =>
        RunAsOwnerAsync(Path.Combine(Binaries!, program), arguments);

    private static Task RunAsOwnerAsync(string path, params string[] arguments) =>
        AsOtherUser ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // pg_ctl's server inherits its output; a pipe would stay open as long as the server lives.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments])
        {
            WorkingDirectory = "/"
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
