using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>The device's secret, put into its data folder when the device is paired.</summary>
public sealed class PasswordFile(EdgeOptions options, TimeProvider time, ILogger<PasswordFile> log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(1);

    /// <summary>Read anew for every connection: a device may be paired again while it runs. Waits until the file is there.</summary>
    public async Task<string> ReadAsync(CancellationToken stop)
    {
        long? said = null;
        while (true)
        {
            if (File.Exists(options.PasswordFile) && (await File.ReadAllTextAsync(options.PasswordFile, stop)).Trim() is { Length: > 0 } password)
            {
                return password;
            }

            if (said is not { } at || time.GetElapsedTime(at) > SayAgain)
            {
                said = time.GetTimestamp();
                Log.NoPassword(log, options.PasswordFile);
            }

            await Task.Delay(LookAgain, time, stop);
        }
    }
}
