using System.Diagnostics;

namespace Aufruf.Tests.Running;

/// <summary>A disk in memory that fills quickly. Needs the right to mount; without it the test is skipped.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static async Task<SmallDisk> MountAsync(string path, int kilobytes)
    {
        Directory.CreateDirectory(path);
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path) != 0)
        {
            const string missing = "No right to mount a small disk here.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("AUFRUF_REQUIRE_ALL") == "1", missing);
            Assert.Fail(missing);
        }

        return new(path);
    }

    /// <summary>Another program takes all the room that is left.</summary>
    public void FillUp()
    {
        using var file = new FileStream(System.IO.Path.Combine(Path, "other"), FileMode.Create, FileAccess.Write, FileShare.None,
            bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[1024]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public async Task GrowAsync(int kilobytes) => Assert.Equal(0, await RunAsync("mount", "-o", $"remount,size={kilobytes}k", Path));

    /// <summary>From now on it can only be read.</summary>
    public async Task LockAsync() => Assert.Equal(0, await RunAsync("mount", "-o", "remount,ro", Path));

    public async ValueTask DisposeAsync() => Assert.Equal(0, await RunAsync("umount", "-l", Path));

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]))
                ?? throw new InvalidOperationException($"{program} did not start.");
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
