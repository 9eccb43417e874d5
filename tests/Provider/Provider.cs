using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Aufruf.Provider;

/// <summary>A payment provider for demo and tests, on this machine only. No money moves.</summary>
/// <remarks>It speaks XBezahldienste and signed forms, and it fails and cheats as it is ordered to.</remarks>
internal sealed class Provider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Provider(WebApplication app, Book book, Faults faults) => (_app, Book, Faults) = (app, book, faults);

    public Book Book { get; }

    public Faults Faults { get; }

    /// <summary>The base of its addresses, with a slash at the end.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
        .Addresses.Single() + "/");

    public static async Task<Provider> StartAsync(int port, ProviderSecrets secrets, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new Provider(app, new(time), new());
        new ContractPaths(provider.Book, provider.Faults, secrets).Map(app);
        new FormPaths(provider.Book, provider.Faults, secrets).Map(app);
        new PayPage(provider.Book).Map(app);
        await app.StartAsync();
        return provider;
    }

    public Task WaitAsync() => _app.WaitForShutdownAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>The names and passwords of the provider's one customer, the authority.</summary>
internal sealed record ProviderSecrets(string User, string Password);
