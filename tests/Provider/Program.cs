using System.Globalization;
using Aufruf.Provider;

// Usage: Aufruf.Provider [port]. The demo's customer is "alsdorf" with the password "demo".
var port = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5285;
await using var provider = await Provider.StartAsync(port, new("alsdorf", "demo"), TimeProvider.System);
Console.WriteLine($"The demo's payment provider listens at {provider.Address}");
await provider.WaitAsync();
