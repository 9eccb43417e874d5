using Aufruf.Hub.Connectors.Payments;

namespace Aufruf.Tests.Hub.Payments;

/// <summary>The demo's provider and a client for each way of signing in.</summary>
internal sealed class PaymentRoom : IAsyncDisposable
{
    private readonly List<HttpClient> _clients = [];

    private PaymentRoom(Provider.Provider provider) => Provider = provider;

    public Provider.Provider Provider { get; }

    public static PaymentOrder Order { get; } = new("claim-7.1", new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero), 1990,
        "Geburtsurkunde 2026-17, Straße", "Geburtsurkunde", new("https://aufruf.example/case/paid"),
        [new("1", "Geburtsurkunde", 1500, "20.4032"), new("2", "Zweites Exemplar", 490, null)]);

    public static async Task<PaymentRoom> OpenAsync() =>
        new(await Aufruf.Provider.Provider.StartAsync(0, new("alsdorf", "demo"), TimeProvider.System));

    public IPaymentProvider Speaking(string way) => way switch
    {
        "password" => new XBezahldienste(Kept(PaymentClient.ByPassword(Provider.Address, "alsdorf", "demo")), "alsdorf", "standesamt"),
        "token" => new XBezahldienste(Kept(PaymentClient.ByToken(Provider.Address, new(Provider.Address, "oauth/token"), "alsdorf", "demo",
            TimeProvider.System)), "alsdorf", "standesamt"),
        "form" => new RedirectPayment(Kept(PaymentClient.ByPassword(Provider.Address, "", "")), "alsdorf", "7", "demo",
            new("https://aufruf.example/notify")),
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Provider.DisposeAsync();
    }

    public HttpClient Kept(HttpClient client)
    {
        _clients.Add(client);
        return client;
    }
}
