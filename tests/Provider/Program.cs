using System.Globalization;
using Aufruf.Provider;
using Aufruf.Provider.Accounts;

if (args is not [var pay, var signIn, var residents])
{
    Console.Error.WriteLine("Usage: Aufruf.Provider PORT SIGN-IN-PORT RESIDENTS. Its customer is alsdorf with the password demo.");
    return 2;
}

await using var provider = await Provider.StartAsync(PortOf(pay), new("alsdorf", "demo"), TimeProvider.System);
await using var accounts = new DemoAccounts(PortOf(signIn), residents, "demo", "alsdorf");
await accounts.OpenAsync();
Console.WriteLine($"The demo's payment provider listens at {provider.Address}, its sign-in at {accounts.Issuer}");
await provider.WaitAsync();
return 0;

static int PortOf(string text) => int.Parse(text, CultureInfo.InvariantCulture);
