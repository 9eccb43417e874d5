using System.Diagnostics;

namespace Aufruf.Tests.Running;

/// <summary>The town's provider as a process that nobody here wrote: npm's oidc-provider. See tests/lib/oidc-provider.</summary>
internal sealed class TownProvider : IAsyncDisposable
{
    private static readonly SemaphoreSlim Fetching = new(1, 1);
    private static readonly string Folder = Repository.PathOf("tests", "lib", "oidc-provider");

    private readonly TempFolder _folder = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    /// <summary>The other host name makes it another site for a browser.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{Ports.Next()}");

    /// <summary>The hub's settings for it.</summary>
    public string[] Settings
    {
        get
        {
            var file = Path.Combine(_folder.Path, "secret");
            File.WriteAllText(file, InnerProvider.Secret);
            return
            [
                $"--Hub:Providers:alsdorf:Issuer={Address.GetLeftPart(UriPartial.Authority)}", "--Hub:Providers:alsdorf:ClientId=aufruf",
                $"--Hub:Providers:alsdorf:ClientSecretFile={file}", "--Hub:Providers:alsdorf:Scopes=openid profile groups",
            ];
        }
    }

    /// <summary>The hub's settings for it, as the service of citizens.</summary>
    public string[] AccountSettings =>
    [
        $"--Hub:Accounts:alsdorf:Issuer={Address.GetLeftPart(UriPartial.Authority)}",
        $"--Hub:Accounts:alsdorf:ClientId={InnerProvider.Citizens}",
        $"--Hub:Accounts:alsdorf:ClientSecretFile={_folder.Write("citizens", InnerProvider.Secret)}",
    ];

    /// <param name="hub">Where browsers enter.</param>
    /// <param name="logouts">Where its orders to end sessions go.</param>
    public async Task StartAsync(Uri hub, Uri logouts)
    {
        await FetchAsync();
        var node = new ProcessStartInfo("node",
        [
            Path.Combine(Folder, "town.js"), $"{Address.Port}", hub.GetLeftPart(UriPartial.Authority),
            logouts.GetLeftPart(UriPartial.Authority), InnerProvider.Secret,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(node) ?? throw new InvalidOperationException("node did not start.");
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data == "ready")
            {
                _ready.TrySetResult();
            }
        };
        _process.ErrorDataReceived += (_, _) => { }; // It advises on production, which this is not.
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await _ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async Task KillAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Fetches the package by its name, once.</summary>
    private static async Task FetchAsync()
    {
        await Fetching.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(Folder, "node_modules", "oidc-provider")))
            {
                using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                {
                    WorkingDirectory = Folder,
                    RedirectStandardOutput = true,
                }) ?? throw new InvalidOperationException("npm did not start.");
                await npm.StandardOutput.ReadToEndAsync();
                await npm.WaitForExitAsync();
                Assert.Equal(0, npm.ExitCode);
            }
        }
        finally
        {
            Fetching.Release();
        }
    }
}
