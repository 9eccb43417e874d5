using System.Net.Sockets;
using Aufruf.Edge;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

if (args is [] or ["--help"] or ["-h"])
{
    Console.WriteLine(EdgeOptions.Usage);
    return args is [] ? 2 : 0;
}

try
{
    var options = EdgeOptions.Parse(args);
    var board = Board.Load(options.BoardFile).Labelled(options.Labels);
    using var edge = EdgeHost.Build(options, board);
    if (options.SelfTest)
    {
        await EdgeHost.SelfTestAsync(edge, options, board, Console.Out);
        return 0;
    }

    // Ports and files are opened here, so that a fault is a sentence and not a page of the host's log.
    _ = edge.Services.GetServices<IHostedService>().Count();
    await edge.RunAsync();
    return 0;
}
catch (Exception fault) when (fault is OptionsException or BoardException)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}
catch (SocketException fault)
{
    Console.Error.WriteLine($"A port of --panel or --printer-emulator cannot be opened: {fault.Message}");
    return 1;
}
catch (Exception fault) when (fault is SqliteException or OutboxUnwritableException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"The folder of --data cannot be used: {fault.Message}");
    return 1;
}
