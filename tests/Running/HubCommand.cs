using System.Diagnostics;

namespace Aufruf.Tests.Running;

/// <summary>The hub's program run for one command, such as "audit" or "token", or for a start that must fail.</summary>
internal static class HubCommand
{
    public static async Task<(int ExitCode, string Words)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [HubProcess.Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })
            ?? throw new InvalidOperationException("dotnet did not start.");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            var (words, complaints) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(
                patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await words + await complaints);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true); // A drill has a hub.
            }
        }
    }
}
