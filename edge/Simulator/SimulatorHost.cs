using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge.Simulator;

/// <summary>The agent on simulated pins, with an emulated printer and a page to press and look at.</summary>
public static partial class SimulatorHost
{
    public const string Usage = """

        The simulator takes all options of the agent, and two of its own:

          --panel 5301                   the page's port on this machine; 0 takes a free one
          --printer-emulator 9100        the emulated ESC/POS printer's port on this machine; 0 takes a free one
        """;

    /// <exception cref="SetupException">The command line or the pin map is wrong.</exception>
    public static WebApplication Build(IEnumerable<string> args)
    {
        var rest = args.ToList();
        var (panel, paper) = (TakePort(rest, "--panel"), TakePort(rest, "--printer-emulator"));
        var options = EdgeOptions.Parse(rest);
        var map = PinMap.Load(options.PinMapFile).Labelled(options.Labels);
        var pins = new SimulatedPins(map);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, panel));
        builder.Services.AddRoutingCore().AddSingleton(pins);
        if (map.Printer is { } port)
        {
            var profile = PrinterProfile.Load(Path.Combine(map.Folder, port.Profile));
            var printer = new EscPosEmulator(paper, TimeProvider.System, profile.Dots);
            builder.Services.AddSingleton(printer).AddHostedService(_ => printer);
            options = options with { Printer = options.Printer ?? new PrinterTarget.Tcp("127.0.0.1", printer.Port) };
        }

        builder.AddDevice(options, map, pins.Access);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        var app = builder.Build();
        app.MapPanel();
        app.Lifetime.ApplicationStarted.Register(() => Opened(app.Logger, string.Join(", ", app.Urls)));
        return app;
    }

    private static int TakePort(List<string> args, string name)
    {
        if (args.IndexOf(name) is var at && at < 0)
        {
            return 0;
        }

        var text = at + 1 < args.Count ? args[at + 1] : "";
        args.RemoveRange(at, Math.Min(2, args.Count - at));
        return ushort.TryParse(text, out var port) ? port : throw new SetupException($"{name} {text} is not a port: 0 to 65535.");
    }

    [LoggerMessage(3500, LogLevel.Information, "Virtual device: {Address}")]
    private static partial void Opened(ILogger log, string address);
}
