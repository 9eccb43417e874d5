using Aufruf.Edge;
using Aufruf.Edge.Simulator;

if (args is [] or ["--help"] or ["-h"])
{
    Console.WriteLine(EdgeOptions.Usage);
    Console.WriteLine(SimulatorHost.Usage);
    return args is [] ? 2 : 0;
}

return await EdgeHost.RunAsync(async () =>
{
    await SimulatorHost.Build(args).RunAsync();
    return true;
});
