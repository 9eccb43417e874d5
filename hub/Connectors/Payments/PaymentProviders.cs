using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Connectors.Payments;

/// <summary>The payment providers of all authorities that have one.</summary>
internal sealed class PaymentProviders : IDisposable
{
    private readonly List<HttpClient> _clients = [];
    private readonly Dictionary<string, (string Name, IPaymentProvider Is)> _known = [];

    /// <param name="known">Each by its authority, with its kind.</param>
    internal PaymentProviders(Dictionary<string, (string Name, IPaymentProvider Is)> known) => _known = known;

    public PaymentProviders(IOptions<HubOptions> hub, PublicAddress address, TimeProvider clock)
    {
        foreach (var (authority, options) in hub.Value.Payments)
        {
            _known[authority] = (options.Kind, Connect(authority, options, address, clock));
        }
    }

    /// <summary>Where a provider says that it has news of an attempt.</summary>
    public static string HintPathOf(string authority) => $"/payments/{authority}/hint";

    public bool Has(string authority) => _known.ContainsKey(authority);

    /// <summary>The kind of the provider, for the journal; null: there is none.</summary>
    public string? NameOf(string authority) => _known.TryGetValue(authority, out var known) ? known.Name : null;

    public IPaymentProvider? Of(string authority) => _known.TryGetValue(authority, out var known) ? known.Is : null;

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private IPaymentProvider Connect(string authority, PaymentOptions options, PublicAddress address, TimeProvider clock)
    {
        var at = new Uri(options.Address.TrimEnd('/') + "/");
        var client = (options.Kind, options.SignIn) switch
        {
            (PaymentOptions.Form, _) => PaymentClient.Unsigned(at),
            (_, PaymentOptions.Token) => PaymentClient.ByToken(at, new(options.TokenAddress), options.User, options.Secret, clock),
            (_, PaymentOptions.Password) => PaymentClient.ByPassword(at, options.User, options.Secret),
            _ => PaymentClient.ByCertificate(at, options.ReadCertificate()),
        };
        client.Timeout = options.Patience;
        _clients.Add(client);
        return options.Kind is PaymentOptions.Form
            ? new RedirectPayment(client, options.User, options.Project, options.Secret,
                new($"{address.Citizens ?? address.OnThisMachine}{HintPathOf(authority)}"))
            : new XBezahldienste(client, options.Originator, options.Endpoint);
    }
}
