using Aufruf.Proxy;

if (args.Length < 3 || !int.TryParse(args[0], out var port))
{
    await Console.Error.WriteLineAsync(
        "Usage: Aufruf.Proxy PORT PORTAL HUB HUB...   such as 5300 http://localhost:5290 http://localhost:5280 http://localhost:5285");
    return 2;
}

await HubProxy.Build(port, args[2..], portal: args[1]).RunAsync();
return 0;
