using System.Diagnostics;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>A Chromium of its own, as on a board's computer: without a debugger, so that a test can freeze its processes.</summary>
internal sealed class OwnChromium : IAsyncDisposable
{
    private readonly TempFolder _profile = new();
    private readonly Process _leader;

    public OwnChromium(Uri address)
    {
        // Its processes form a group: the frozen ones are ended with the others.
        _leader = Process.Start(new ProcessStartInfo("setsid", ["/usr/bin/chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            $"--user-data-dir={_profile.Path}", address.AbsoluteUri])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _leader.BeginErrorReadLine();
        _leader.BeginOutputReadLine();
    }

    public void Freeze() => Signal("STOP", $"-{_leader.Id}");

    public void Wake() => Signal("CONT", $"-{_leader.Id}");

    /// <summary>Freezes the processes that draw pages; the rest of the browser goes on.</summary>
    public void FreezePages()
    {
        var pages = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(id => int.TryParse(id, out _) && IsPage(id!))
            .ToArray();
        Assert.NotEmpty(pages);
        foreach (var page in pages)
        {
            Signal("STOP", page!);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Signal("CONT", $"-{_leader.Id}");
        Signal("KILL", $"-{_leader.Id}");
        await _leader.WaitForExitAsync();
        _leader.Dispose();
        for (var tries = 0; ; tries++)
        {
            try
            {
                _profile.Dispose();
                return;
            }
            catch (IOException) when (tries < 50)
            {
                await Task.Delay(20); // The last of the group still writes.
            }
        }
    }

    private bool IsPage(string id)
    {
        try
        {
            // The fifth field behind the name is the group: "12 (chromium) S 1 12 ...".
            var group = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ')[2];
            return group == $"{_leader.Id}"
                && File.ReadAllText($"/proc/{id}/cmdline").Contains("--type=renderer", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // It has ended.
        }
    }

    private static void Signal(string signal, string target)
    {
        using var kill = Process.Start("kill", ["-" + signal, "--", target]);
        kill.WaitForExit();
    }
}
