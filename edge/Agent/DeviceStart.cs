using System.Device.Gpio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>Puts the finished parts together: the simulated sign before the first light, the link and the printer to the loop, then the fingers.</summary>
public sealed class DeviceStart(
    IServiceProvider services, EdgeOptions options, Board board, DeviceCore core, DeviceLoop loop, MqttLink link, GpioController gpio,
    TimeProvider time, ILogger<DeviceStart> log, ILogger<ButtonWatcher> watcherLog) : IHostedService, IDisposable
{
    private ButtonWatcher? _watcher;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log.Started(log, options.Device, options.Office, board.Name, board.Gpio, core.Boot, core.Depth);
        loop.Attach(link, services.GetService<SlipPrinter>());
        _watcher = new ButtonWatcher(board, gpio, time, loop, watcherLog);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Log.Stopped(log);
        return Task.CompletedTask;
    }

    public void Dispose() => _watcher?.Dispose();
}
