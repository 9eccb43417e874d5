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
    var pins = PinAccess.OfThisMachine();
    if (options.SelfTest)
    {
        await SelfTest.RunAsync(options, map, pins, Console.Out);
        return;
    }

    var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
    builder.AddDevice(options, map, pins);
    await builder.Build().RunAsync();
});
