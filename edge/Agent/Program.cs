using Aufruf.Edge;
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

    await edge.RunAsync();
    return 0;
}
catch (Exception fault) when (fault is OptionsException or BoardException)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}
