using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Aufruf.Tests.Edge;

/// <summary>The real agent on simulated pins, as a process of its own, pressed through its page.</summary>
internal sealed class EdgeProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _page;
    private readonly ConcurrentQueue<string> _words = [];

    private EdgeProcess(Process process, int panel)
    {
        _process = process;
        _page = new HttpClient { BaseAddress = new Uri($"http://localhost:{panel}/") };
    }

    public static EdgeProcess Start(int panel, params string[] args)
    {
        // The agent runs on the tests' list of libraries, for they share a folder.
        var us = Path.Combine(AppContext.BaseDirectory, System.Reflection.Assembly.GetExecutingAssembly().GetName().Name ?? "");
        var start = new ProcessStartInfo("dotnet", ["exec", "--depsfile", us + ".deps.json", "--runtimeconfig", us + ".runtimeconfig.json",
            Path.Combine(AppContext.BaseDirectory, "Aufruf.Edge.Simulator.dll"), .. args, "--panel", $"{panel}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var edge = new EdgeProcess(process, panel);
        process.OutputDataReceived += (_, e) => edge._words.Enqueue(e.Data ?? "");
        process.ErrorDataReceived += (_, e) => edge._words.Enqueue(e.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return edge;
    }

    public string Words => string.Join('\n', _words);

    /// <summary>The state that the page shows; null while there is no page yet.</summary>
    public async Task<JsonElement?> LookAsync()
    {
        Assert.False(_process.HasExited, $"The agent ended by itself ({(_process.HasExited ? _process.ExitCode : 0)}): "
            + Words);
        try
        {
            return await _page.GetFromJsonAsync<JsonElement>("state", TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async Task<long> LastSeqAsync()
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            if (await LookAsync() is { } view)
            {
                return view.GetProperty("lastSeq").GetInt64();
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The page did not come up.");
    }

    public async Task<int> PostAsync(string path, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent([]) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await _page.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    /// <summary>kill -9: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _page.Dispose();
    }
}
