namespace Aufruf.Bench;

/// <summary>Hubs as processes that serve the bench's office on one new database.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aufruf-bench-").FullName;
    private readonly List<Child> _hubs = [];
    private readonly List<string> _https = [], _mqtts = [];

    private BenchCluster()
    {
    }

    public IReadOnlyList<Child> Hubs => _hubs;

    /// <summary>Their HTTP ports, with commas between.</summary>
    public string Https => string.Join(',', _https);

    public string Mqtts => string.Join(',', _mqtts);

    /// <summary>Folder with the passwords of the boxes.</summary>
    public string Passwords => Path.Combine(_folder, "hub-1", "edge");

    public string DisplayToken { get; private set; } = "";

    /// <summary>Of a clerk in each area.</summary>
    public IReadOnlyList<string> ClerkTokens { get; private set; } = [];

    /// <param name="tickets">Per area, taken beforehand.</param>
    /// <param name="options">More options of each hub.</param>
    public static async Task<BenchCluster> StartAsync(ThrowawayPostgres postgres, int hubs, string tickets, params string[] options)
    {
        var cluster = new BenchCluster();
        var database = await postgres.NewDatabaseAsync();
        for (var n = 1; n <= hubs; n++)
        {
            await cluster.StartHubAsync(n, database, tickets, options);
        }

        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in _hubs)
        {
            await hub.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The first one takes the tickets and pairs the boxes.</summary>
    private async Task StartHubAsync(int n, string database, string tickets, string[] options)
    {
        var data = Path.Combine(_folder, $"hub-{n}");
        BenchOffice.Write(Path.Combine(data, "offices"));
        foreach (var key in n == 1 ? [] : Directory.GetFiles(Path.Combine(_folder, "hub-1"), "*.key"))
        {
            File.Copy(key, Path.Combine(data, Path.GetFileName(key))); // The keys of the journal are the same on every hub.
        }

        _https.Add(PressToBoard.Port());
        _mqtts.Add(PressToBoard.Port());
        var hub = Child.Start(["hub", "postgres", data, _https[^1], _mqtts[^1], PressToBoard.Port(), PressToBoard.Port(),
            n == 1 ? tickets : "0", database, $"--Hub:PairInto={Passwords}", .. options]);
        _hubs.Add(hub);
        var tokens = (await hub.HearAsync("ready")).Split(' ');
        if (n == 1)
        {
            (DisplayToken, ClerkTokens) = (tokens[0], tokens[1].Split(','));
        }
    }
}
