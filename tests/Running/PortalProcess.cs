using System.Diagnostics;

namespace Aufruf.Tests.Running;

/// <summary>A portal of its own, as a process beside its hub.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private readonly Process _process;

    private PortalProcess(Process process, int port)
    {
        _process = process;
        Reader = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new($"http://localhost:{port}") };
        Reader.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    /// <summary>A citizen's browser.</summary>
    public HttpClient Reader { get; }

    /// <summary>Returns when it answers requests, with or without a hub.</summary>
    public static async Task<PortalProcess> StartAsync(TestHub hub, params string[] options)
    {
        var port = Ports.Next();
        string[] all = [Repository.Built("portal", "Aufruf.Portal.dll"), $"--Portal:HttpPort={port}",
            $"--Portal:Gateways=127.0.0.1:{hub.Gateway}", "--Logging:Console:LogLevel:Default=None", .. options];
        var portal = new PortalProcess(Process.Start(new ProcessStartInfo("dotnet", all))
            ?? throw new InvalidOperationException("dotnet did not start."), port);
        await hub.UntilAsync(async () => await portal.StatusOfAsync("/health/live") is 200, "The portal serves",
            () => portal._process.HasExited);
        return portal;
    }

    /// <returns>0: it does not listen.</returns>
    public async Task<int> StatusOfAsync(string path)
    {
        try
        {
            using var answer = await Reader.GetAsync(path);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>The text of a page, whatever its status.</summary>
    public async Task<string> TextOfAsync(string path)
    {
        using var answer = await Reader.GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
