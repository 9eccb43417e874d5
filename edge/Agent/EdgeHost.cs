using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>The parts of the program; the simulator has the same ones on simulated pins.</summary>
public static class EdgeHost
{
    public static void AddDevice(this IHostApplicationBuilder builder, EdgeOptions options, PinMap map, PinAccess pins)
    {
        Directory.CreateDirectory(options.Data);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information);
        builder.Services.AddSystemd()
            .AddSingleton(options).AddSingleton(map).AddSingleton(pins).AddSingleton(TimeProvider.System)
            .AddSingleton<IOutboxStore>(_ => new SqliteOutboxStore(options.OutboxFile))
            .AddSingleton<DeviceLoop>().AddHostedService(services => services.GetRequiredService<DeviceLoop>());
    }

    /// <summary>Runs the program; a fault of its setup is one sentence for an operator.</summary>
    /// <param name="program">False: it has found a fault and said so.</param>
    public static async Task<int> RunAsync(Func<Task<bool>> program)
    {
        try
        {
            return await program() ? 0 : 1;
        }
        catch (SetupException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }
        catch (Exception fault) when (fault is SqliteException or OutboxUnwritableException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The folder of --data cannot be used: {fault.Message}");
            return 1;
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            await Console.Error.WriteLineAsync($"A port cannot be opened: {fault.Message}");
            return 1;
        }
    }
}
