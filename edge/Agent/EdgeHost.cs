using System.Device.Gpio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>What the program is made of, real and simulated: the pin map decides.</summary>
public static class EdgeHost
{
    public static IHost Build(EdgeOptions options, Board board)
    {
        if (!board.IsSimulated && (options.Panel is not null || options.PrinterEmulator is not null))
        {
            throw new OptionsException($"--panel and --printer-emulator need a simulated board; {options.BoardFile} is wired to real pins.");
        }

        Directory.CreateDirectory(options.Data);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Information);
        builder.Services.AddSystemd();
        builder.Services.AddSingleton(options).AddSingleton(board).AddSingleton(TimeProvider.System).AddSingleton<IIds, RandomIds>()
            .AddSingleton<IOutboxStore>(_ => new SqliteOutboxStore(options.OutboxFile))
            .AddSingleton(s => new DeviceCore(board.DeviceKind, s.GetRequiredService<IOutboxStore>(), s.GetRequiredService<IIds>(), s.GetRequiredService<TimeProvider>()));

        AddPins(builder.Services, board);
        builder.Services.AddSingleton<Lamp>().AddSingleton<DeviceLoop>()
            .AddSingleton<IButtonListener>(s => s.GetRequiredService<DeviceLoop>())
            .AddSingleton<IHubListener>(s => s.GetRequiredService<DeviceLoop>())
            .AddSingleton<IPrinterListener>(s => s.GetRequiredService<DeviceLoop>());
        AddPrinter(builder.Services, options, board);
        builder.Services.AddSingleton<DeviceFacts>().AddSingleton<PasswordFile>().AddSingleton(_ => new Backoff(Random.Shared)).AddSingleton<MqttLink>();

        // Started in this order, stopped in the reverse: the link says goodbye before the loop ends.
        if (options.SelfTest)
        {
            return builder.Build();
        }

        builder.Services.AddHostedService(s => s.GetRequiredService<DeviceLoop>());
        builder.Services.AddHostedService<DeviceStart>();
        if (options.PrinterEmulator is not null)
        {
            builder.Services.AddHostedService(s => s.GetRequiredService<EscPosEmulator>());
        }

        if (board.Printer is not null)
        {
            builder.Services.AddHostedService(s => s.GetRequiredService<SlipPrinter>());
        }

        builder.Services.AddHostedService(s => s.GetRequiredService<MqttLink>());
        if (options.Panel is not null)
        {
            builder.Services.AddSingleton<PanelWorld>().AddHostedService<Panel>();
        }

        return builder.Build();
    }

    /// <summary>Shows what the board has and whether it answers. Ends by itself.</summary>
    public static async Task SelfTestAsync(IHost edge, EdgeOptions options, Board board, TextWriter to)
    {
        await to.WriteLineAsync($"{board.Name}\n  pin map {board.Fingerprint}, gpio {board.Gpio}, {Bindings.Name}, debounce {board.DebounceMs} ms");
        var gpio = edge.Services.GetRequiredService<GpioController>();
        foreach (var button in board.Buttons)
        {
            gpio.OpenPin(button.Pin, board.ExternalResistor ? PinMode.Input : board.PullUp ? PinMode.InputPullUp : PinMode.InputPullDown);
            var isDown = gpio.Read(button.Pin) == (board.PullUp ? PinValue.Low : PinValue.High);
            await to.WriteLineAsync($"  button {button.Name,-8} GPIO {button.Pin,2}: {(isDown ? "DOWN (stuck, or a wire to the wrong side)" : "up")}");
        }

        await to.WriteLineAsync($"  lamp            {(board.Lamp is { } lamp ? $"GPIO {lamp,2}" : "none")}");
        if (board.Sign is { } sign)
        {
            _ = edge.Services.GetService<Tm1637Probe>();
            using var display = new Iot.Device.Tm1637.Tm1637(sign.Clk, sign.Dio, gpio, shouldDispose: false);
            display.Display([0x7F, 0x7F, 0x7F, 0x7F]);
            await to.WriteLineAsync($"  sign            GPIO {sign.Clk}/{sign.Dio}: {Bindings.IsAnswering(display) switch { true => "answers, shows 8888", false => "NO ANSWER (power, CLK and DIO swapped?)", null => "shows 8888?" }}");
        }

        if (board.Printer is not null)
        {
            if (edge.Services.GetService<EscPosEmulator>() is { } emulator)
            {
                await emulator.StartAsync(default);
            }

            var target = edge.Services.GetRequiredService<PrinterTarget>();
            await to.WriteLineAsync($"  printer         {target}: {await SlipPrinter.AskAsync(target, TimeProvider.System)}");
        }

        await to.WriteLineAsync($"  hub             {options.Hub} as {options.User}, password {(File.Exists(options.PasswordFile) ? "there" : "MISSING in " + options.PasswordFile)}");
    }

    private static void AddPins(IServiceCollection services, Board board)
    {
        if (!board.IsSimulated)
        {
            services.AddSingleton(_ => new GpioController()).AddSingleton<CounterSign>();
            return;
        }

        services.AddSingleton<SimulatedGpioDriver>();
        services.AddSingleton(s => new GpioController(s.GetRequiredService<SimulatedGpioDriver>()));
        if (board.Sign is { } pins)
        {
            services.AddSingleton(s => new Tm1637Probe(s.GetRequiredService<SimulatedGpioDriver>(), pins));
        }

        // The simulated module must listen before the first light.
        services.AddSingleton(s =>
        {
            _ = s.GetService<Tm1637Probe>();
            return new CounterSign(board, s.GetRequiredService<GpioController>(), s.GetRequiredService<TimeProvider>());
        });
    }

    private static void AddPrinter(IServiceCollection services, EdgeOptions options, Board board)
    {
        if (options.PrinterEmulator is { } port)
        {
            services.AddSingleton(s => new EscPosEmulator(port, s.GetRequiredService<TimeProvider>()));
        }

        if (board.Printer is not { } printer)
        {
            return;
        }

        services.AddSingleton(PrinterProfile.Load(Path.Combine(board.Folder, printer.Profile)));
        services.AddSingleton(s => PrinterTarget.Parse(options.Printer
            ?? (s.GetService<EscPosEmulator>() is { } emulator ? $"tcp:127.0.0.1:{emulator.Port}" : null)
            ?? printer.Target
            ?? throw new OptionsException("--printer is missing, and the pin map names no usual one.")));
        services.AddSingleton<SlipPrinter>();
    }
}
