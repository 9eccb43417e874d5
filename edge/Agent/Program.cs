using Aufruf.Edge;
using Microsoft.Extensions.Hosting;

if (args is [] or ["--help"] or ["-h"])
{
    Console.WriteLine(EdgeOptions.Usage);
    return args is [] ? 2 : 0;
}

return await EdgeHost.RunAsync(async () =>
{
    var options = EdgeOptions.Parse(args);
    var map = PinMap.Load(options.PinMapFile).Labelled(options.Labels);
    if (options.Pair is not null)
    {
        await Pairing.RunAsync(options, Console.Out);
    }

    if (options.SelfTest)
    {
        return await SelfTest.RunAsync(options, map, PinAccess.OfThisMachine, Console.Out);
    }

    var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
    builder.AddDevice(options, map, PinAccess.OfThisMachine());
    await builder.Build().RunAsync();
    return true;
});
