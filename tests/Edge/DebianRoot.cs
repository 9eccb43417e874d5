using System.Collections.Concurrent;
using System.Diagnostics;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Edge;

/// <summary>A shell script that runs as root in a Debian system whose changes are forgotten: see tests/Running/debian-root.</summary>
internal sealed class DebianRoot : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _words = new();

    /// <param name="system">Folder of the system below the changes; "/" for this machine's own.</param>
    /// <param name="files">The folder that the script sees as /guide. The script is one of its files.</param>
    /// <param name="program">Folder of the program to install.</param>
    public DebianRoot(string system, TempFolder files, string program, string simulator)
    {
        var start = new ProcessStartInfo(Repository.PathOf("tests", "Running", "debian-root"), [system, files.Path, program, simulator])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!,
            "..", "..", ".."));
        _process = Process.Start(start) ?? throw new InvalidOperationException("debian-root did not start.");
        _process.OutputDataReceived += (_, e) => _words.Enqueue(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => _words.Enqueue(e.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Words => string.Join('\n', _words);

    public Task SaysAsync(string words) => Patience.Until($"'{words}' from the root", () => Words.Contains(words, StringComparison.Ordinal)
        || (_process.HasExited ? throw new InvalidOperationException($"The root ended without '{words}':\n{Words}") : false), seconds: 300);

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
